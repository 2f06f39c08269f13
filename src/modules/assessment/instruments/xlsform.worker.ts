import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { convert } from '#xforms/convert.ts';
import { identifyingQuestions } from '#xforms/identifying.ts';
import { describe } from '#xforms/instrument.ts';
import { readXlsx } from '#xforms/readXlsx.ts';
import { Refusal } from '#xforms/refusal.ts';
import type { Workbook } from '#xforms/workbook.ts';

const { bytes, fileName } = z.object({ bytes: z.instanceof(Uint8Array), fileName: z.string() }).parse(workerData);

/** A form id from the file's name, for a spreadsheet whose settings name none. */
const idFromName = fileName.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}_.-]+/gu, '_') || 'form';

/** The workbook with a version on its settings sheet. */
function withVersion(workbook: Workbook, version: string): Workbook {
	const isSettings = (name: string): boolean => name.trim().toLowerCase() === 'settings';
	const settings = workbook.sheets.find((sheet) => isSettings(sheet.name));
	const [head = [], values = []] = settings?.rows ?? [];
	const at = head.findIndex((title) => title.trim().toLowerCase() === 'version');
	const column = at === -1 ? head.length : at;
	const put = (row: readonly string[], value: string): string[] => Array.from({ length: Math.max(row.length, column + 1) }, (_, i) => (i === column ? value : (row[i] ?? '')));
	const sheet = { name: 'settings', rows: [put(head, 'version'), put(values, version)] };
	return { sheets: [...workbook.sheets.filter((each) => !isSettings(each.name)), sheet] };
}

async function read() {
	try {
		const workbook = await readXlsx(bytes);
		const first = convert(workbook, { formId: idFromName });
		if (!first.ok) return first;
		const named = (first.form.version ?? '').trim() !== '';
		// Collection apps tell forms apart by their version, so that every form needs one.
		const version = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
		const result = named ? first : convert(withVersion(workbook, version), { formId: idFromName });
		if (!result.ok) return result;
		const model = describe(result.form);
		return { ok: true, model, xml: result.xml, warnings: result.warnings, identifying: identifyingQuestions(model), versionGiven: !named };
	} catch (cause) {
		if (cause instanceof Refusal) return { ok: false, errors: [cause.problem] };
		throw cause;
	}
}

parentPort?.postMessage(await read());

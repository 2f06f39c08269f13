import { z } from 'zod';
import { inLimitedWorker, WorkStopped } from '#platform/limited-worker.server.ts';
import { problem } from '#platform/problem.ts';
import { problemOf } from '#xforms/refusal.ts';
import type { Workbook } from '#xforms/workbook.ts';
import { checkWorkbook } from './check.ts';
import { workbookSchema, xlsFormResult, type XlsFormResult } from './xlsform.ts';

/** What one spreadsheet may use; a 3,000-question form in five languages takes about a tenth of it. */
const limits = { megabytes: 384, seconds: 25 };

/**
 * Reads an `.xlsx` file as an XLSForm in a thread of its own, with limits on memory and time.
 * @param fileName gives the form id where the spreadsheet names none
 * @returns the instrument, or everything that is wrong with sheet, row and column; a file that outgrows the limits is
 *   reported as too large
 */
export function readXlsForm(bytes: Uint8Array, fileName: string): Promise<XlsFormResult> {
	return inWorker({ bytes, fileName });
}

/**
 * The sheets of an `.xlsx` file as they stand, whether or not they make an instrument; within the same limits.
 * @throws Problem `table.unreadable` (400) where there are none
 */
export async function readSheets(bytes: Uint8Array): Promise<Workbook> {
	try {
		const read = z.object({ sheets: workbookSchema.nullable() }).parse(await inLimitedWorker('#modules/assessment/instruments/xlsform.worker.ts', { bytes }, limits));
		if (read.sheets !== null) return read.sheets;
	} catch (cause) {
		if (!(cause instanceof WorkStopped)) throw cause;
	}
	throw problem('table.unreadable', 400);
}

/** Cells up to which sheets are read at once, in a few milliseconds; larger ones go to a thread of their own. */
const small = 12_000;

/** Checks sheets that were written in the browser, as {@link readXlsForm} checks a file. */
export async function checkSheets(workbook: Workbook, formId: string): Promise<XlsFormResult> {
	const cells = workbook.sheets.reduce((sum, sheet) => sum + sheet.rows.length * (sheet.rows[0]?.length ?? 0), 0);
	return cells <= small ? checkWorkbook(workbook, formId) : inWorker({ workbook, fileName: formId });
}

async function inWorker(data: { fileName: string } & ({ bytes: Uint8Array } | { workbook: Workbook })): Promise<XlsFormResult> {
	try {
		return xlsFormResult.parse(await inLimitedWorker('#modules/assessment/instruments/xlsform.worker.ts', data, limits));
	} catch (cause) {
		if (!(cause instanceof WorkStopped)) throw cause;
		const error =
			cause.reason === 'died'
				? problemOf('xlsform.unreadable', {}, { detail: 'damaged file' })
				: problemOf('xlsform.too-large', {}, { what: cause.reason, limit: cause.reason === 'time' ? `${limits.seconds} s` : `${limits.megabytes} MB` });
		return { ok: false, errors: [{ ...error, facts: { ...error.facts } }] };
	}
}

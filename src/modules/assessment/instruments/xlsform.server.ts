import { inLimitedWorker, WorkStopped } from '#platform/limited-worker.server.ts';
import { problemOf } from '#xforms/refusal.ts';
import { xlsFormResult, type XlsFormResult } from './xlsform.ts';

/** What one spreadsheet may use; a 3,000-question form in five languages takes about a tenth of it. */
const limits = { megabytes: 384, seconds: 25 };

/**
 * Reads an `.xlsx` file as an XLSForm in a thread of its own, with limits on memory and time.
 * @param fileName gives the form id where the spreadsheet names none
 * @returns the instrument, or everything that is wrong with sheet, row and column; a file that outgrows the limits is
 *   reported as too large
 */
export async function readXlsForm(bytes: Uint8Array, fileName: string): Promise<XlsFormResult> {
	try {
		return xlsFormResult.parse(await inLimitedWorker('#modules/assessment/instruments/xlsform.worker.ts', { bytes, fileName }, limits));
	} catch (cause) {
		if (!(cause instanceof WorkStopped)) throw cause;
		const error =
			cause.reason === 'died'
				? problemOf('xlsform.unreadable', {}, { detail: 'damaged file' })
				: problemOf('xlsform.too-large', {}, { what: cause.reason, limit: cause.reason === 'time' ? `${limits.seconds} s` : `${limits.megabytes} MB` });
		return { ok: false, errors: [{ ...error, facts: { ...error.facts } }] };
	}
}

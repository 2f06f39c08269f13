import type { Tx } from '#platform/database.server.ts';
import { formatDay } from '#ui/format.ts';
import { localText, type Locale } from '#platform/locales.ts';
import { m } from '#paraglide/messages.js';
import { startJob } from '#platform/jobs.server.ts';
import { locales } from '#platform/locale.ts';
import { permit } from '#platform/permit.server.ts';
import { newId } from '#platform/ids.ts';
import { reviewText } from '../answers.ts';
import { exportSubmissions } from '../permits.ts';
import { mostAtOnce, statesOf, type ExportChoice } from './choice.ts';
import type { ExportOrder } from './order.ts';
import { exportName, exportAnswersTask } from './export.tasks.ts';
import { labelLanguages } from './language.ts';
import { exportWords } from './make-words.ts';
import { countWanted, roundsOf, stateTimeZone, type Counted, type ExportRound } from './read.server.ts';

/** What an export would be: looked at before anything is written. */
export type Looked = { readonly rounds: readonly ExportRound[]; readonly counted: Counted; readonly atOnce: boolean };

/** Counts what an export would hold, and says whether it can be had at once. @throws Problem `not-found`, `not-permitted` */
export async function lookAt(tx: Tx, programmeId: string, roundId: string, choice: ExportChoice): Promise<Looked> {
	const ids = [...new Set([roundId, ...choice.others])];
	for (const id of ids) await permit(tx, exportSubmissions, id);
	await stateTimeZone(tx, programmeId);
	const counted = await countWanted(tx, ids, choice);
	return { rounds: await roundsOf(tx, programmeId, ids), counted, atOnce: counted.submissions <= mostAtOnce && !choice.attachments };
}

export type Asking = { readonly programmeId: string; readonly roundId: string; readonly personId: string; readonly locale: Locale; readonly choice: ExportChoice };

/** The order of a download. */
export async function downloadOrder(tx: Tx, asking: Asking, looked: Looked): Promise<{ order: ExportOrder; name: string }> {
	const { programmeId, roundId, personId, locale, choice } = asking;
	const words = exportWords(locale, await filterWords(tx, choice, locale), languageName(looked, choice));
	return { order: { id: newId(), personId, programmeId, roundId, jobId: null, choice, locale, words }, name: nameOf(looked, roundId) };
}

/** Hands an export to a job. @returns the job's id */
export async function exportAsJob(tx: Tx, asking: Asking, looked: Looked): Promise<string> {
	const { programmeId, roundId, locale, choice } = asking;
	const title = Object.fromEntries(locales.map((each) => [each, m.exports_job_title({}, { locale: each })]));
	const payload = { programmeId, roundId, choice, locale, name: nameOf(looked, roundId), filter: await filterWords(tx, choice, locale), language: languageName(looked, choice) };
	return startJob(tx, { task: exportAnswersTask.name, programmeId, title, payload });
}

const nameOf = ({ rounds, counted }: Looked, roundId: string): string => exportName(rounds.find((round) => round.id === roundId)?.code ?? 'S', counted);

const languageName = ({ rounds }: Looked, { language }: ExportChoice): string =>
	labelLanguages(rounds.map((round) => round.instrument)).find((each) => each.key === language)?.name ?? language;

/** What an export is narrowed to, in sentences for its own pages. */
async function filterWords(tx: Tx, choice: ExportChoice, locale: Locale): Promise<string[]> {
	const place = choice.place ? await tx.selectFrom('network.place').select('name').where('id', '=', choice.place).executeTakeFirst() : undefined;
	const day = (value: string): string => formatDay(value, locale, 'UTC');
	return [
		`${m.exports_states({}, { locale })}: ${statesOf(choice).map((state) => reviewText(state, locale)).join(', ')}`,
		...(choice.replaced ? [m.exports_replaced({}, { locale })] : []),
		...(choice.from ? [`${m.exports_from({}, { locale })} ${day(choice.from)}`] : []),
		...(choice.to ? [`${m.exports_to({}, { locale })} ${day(choice.to)}`] : []),
		...(place ? [`${m.exports_place({}, { locale })}: ${localText(place.name, locale).text}`] : [])
	];
}

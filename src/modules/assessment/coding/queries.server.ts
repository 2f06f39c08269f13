import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { isLocale, localeFacts, type Locale, type LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { shownName, shownNameIfAny } from '#platform/shown-name.ts';
import { coderKey } from './agreement.server.ts';
import type { Code } from './codebook.ts';
import { codeColumns } from './codebook-commands.server.ts';
import { stepsLeft } from './steps.server.ts';

/** The codebook of a programme, in no order; `treeOf` gives it one. */
export const listCodes = (tx: Tx, programmeId: string): Promise<Code[]> =>
	tx.selectFrom('assessment.code').select(codeColumns).where('programmeId', '=', programmeId).execute();

/** How many interviews and segments stand under each code, of what the actor sees. */
export async function codeUse(tx: Tx, programmeId: string): Promise<Map<string, number>> {
	const rows = await tx.selectFrom('assessment.segment').select(['codeId', sql<string>`count(*)`.as('count')]).where('programmeId', '=', programmeId).groupBy('codeId').execute();
	return new Map(rows.map(({ codeId, count }) => [codeId, Number(count)]));
}

/** The latest changes of the codebook, newest first. */
export const codebookHistory = (tx: Tx, programmeId: string, most = 200) =>
	tx
		.selectFrom('assessment.codingStep as s')
		.leftJoin('network.person as p', 'p.id', 's.personId')
		.select(['s.id', 's.position', 's.verb', 's.changes', 's.undone', 's.madeAt', shownNameIfAny('p').as('person')])
		.where('s.programmeId', '=', programmeId)
		.where('s.codingId', 'is', null)
		.orderBy('s.position', 'desc')
		.limit(most)
		.execute();

export type InterviewRow = {
	id: string; number: number; kind: string; organisationType: string | null; heldOn: string | null; language: string; consentLevel: string;
	place: LocalText | null; round: LocalText | null; codings: number; done: number; codersWanted: number; agreed: boolean; erased: boolean; madeUp: boolean;
};

/** The interviews one reads, newest first. */
export async function listInterviews(tx: Tx, programmeId: string): Promise<InterviewRow[]> {
	const { rows } = await sql<InterviewRow>`select i.id, i.number, i.kind, i.organisation_type, i.held_on::text as held_on, i.language, i.consent_level, i.coders_wanted,
			p.name as place, r.name as round, i.erased_at is not null as erased, i.made_up,
			count(c.id) filter (where c.kind <> 'agreed')::int as codings, count(c.done_at) filter (where c.kind <> 'agreed')::int as done,
			coalesce(bool_or(c.kind = 'agreed'), false) as agreed
		from assessment.interview i left join network.place p on p.id = i.place_id left join assessment.round r on r.id = i.round_id
			left join assessment.coding c on c.interview_id = i.id
		where i.programme_id = ${programmeId} group by i.id, p.name, r.name order by i.number desc`.execute(tx);
	return rows;
}

/** One coding of an interview, as its page lists it. `seen`: its segments are shown to the actor. */
export type CodingOf = { id: string; kind: 'coder' | 'agreed' | 'imported'; label: string; key: string; coder: string | null; mine: boolean; written: boolean; seen: boolean; doneAt: Date | null };
export type SegmentOf = { id: string; codingId: string; codeId: string; starts: number; ends: number; memo: string };

const codingsOf = async (tx: Tx, interviewId: string): Promise<CodingOf[]> => {
	const { rows } = await sql<CodingOf>`select c.id, c.kind, c.label, ${coderKey} as key, network.shown_name(p) as coder, c.done_at, coalesce(c.coder_id = platform.actor_person(), false) as mine,
			c.id = any((select assessment.written_codings())::uuid[]) as written, c.id = any((select assessment.seen_codings())::uuid[]) as seen
		from assessment.coding c left join network.person p on p.id = c.coder_id where c.interview_id = ${interviewId} order by c.created_at, c.id`.execute(tx);
	return rows;
};

/** An interview with its text, the codings of it, and the segments one may see. @throws Problem `not-found` */
export async function getInterview(tx: Tx, programmeId: string, id: string) {
	const interview = await tx
		.selectFrom('assessment.interview as i')
		.leftJoin('network.place as p', 'p.id', 'i.placeId')
		.leftJoin('assessment.round as r', 'r.id', 'i.roundId')
		.selectAll('i')
		.select(['p.name as place', 'r.name as round', 'r.number as roundNumber', sql<boolean>`assessment.is_unblinded(i.id)`.as('unblinded')])
		.where('i.id', '=', id)
		.where('i.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!interview) throw notFound();
	const codings = await codingsOf(tx, id);
	const segments: SegmentOf[] = await tx
		.selectFrom('assessment.segment as s')
		.innerJoin('assessment.coding as c', 'c.id', 's.codingId')
		.select(['s.id', 's.codingId', 's.codeId', 's.starts', 's.ends', 's.memo'])
		.where('c.interviewId', '=', id)
		.orderBy('s.starts')
		.orderBy('s.ends', 'desc')
		.execute();
	const memos = await tx
		.selectFrom('assessment.interviewMemo as m')
		.innerJoin('assessment.coding as c', 'c.id', 'm.codingId')
		.select(['m.codingId', 'm.memo'])
		.where('c.interviewId', '=', id)
		.execute();
	const quotations = await tx
		.selectFrom('assessment.quotation')
		.select(['id', 'number', 'words', 'consentLevel', 'segmentId'])
		.where('interviewId', '=', id)
		.orderBy('number')
		.execute();
	return { interview, language: languageOf(interview.language), codings, segments, memos, quotations };
}
export type InterviewPage = Awaited<ReturnType<typeof getInterview>>;

/** The language of an interview, for the `lang` of its words. */
export const languageOf = (language: string): { locale: Locale; lang: string } => {
	const locale = isLocale(language) ? language : 'uz';
	return { locale, lang: localeFacts[locale].lang };
};

/** What can be undone and redone in a coding. */
export const codingSteps = (tx: Tx, programmeId: string, codingId: string) => stepsLeft(tx, { programmeId, codingId });

/** Who is named to read interviews outside a round, and who could be. */
export async function interviewAnalysts(tx: Tx, programmeId: string) {
	return tx
		.selectFrom('assessment.interviewAnalyst as a')
		.innerJoin('network.person as p', 'p.id', 'a.personId')
		.select(['p.id', shownName('p').as('displayName')])
		.where('a.programmeId', '=', programmeId)
		.orderBy(shownName('p'))
		.execute();
}

/** Rounds whose interviews the actor may take in and read. */
export const myRounds = (tx: Tx, programmeId: string) =>
	tx
		.selectFrom('assessment.round')
		.select(['id', 'number', 'name'])
		.where('programmeId', '=', programmeId)
		.where(sql<boolean>`id = any((select assessment.analysed_rounds())::uuid[])`)
		.orderBy('number', 'desc')
		.execute();

/** Names of the programme's places in every language they have: what masking help looks for beside its own lists. */
export async function placeNames(tx: Tx, programmeId: string): Promise<string[]> {
	const rows = await tx.selectFrom('network.place').select('name').where('programmeId', '=', programmeId).where('kind', '<>', 'country').execute();
	return [...new Set(rows.flatMap(({ name }) => Object.values(name).flatMap((text) => (text ? [text, text.replace(/\s+(?:viloyati|tumani|shahri|mahallasi|MFY|вилояти|тумани|шаҳри|маҳалласи|область|район|махалля)$/u, '')] : []))))];
}

import { sql } from 'kysely';
import type { ReleaseFigure } from '#modules/releases/commands.server.ts';
import type { Tx } from '#platform/database.server.ts';
import type { Locale } from '#platform/locales.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { notFound } from '#platform/problem.ts';
import { fold } from '#platform/search-fold.ts';
import { editionSchema, type Edition } from './edition.ts';

/** Briefings of a programme that the actor may see, newest first. */
export const listBriefings = (tx: Tx, programmeId: string, { search = '', state }: { search?: string; state?: string | undefined } = {}) => {
	let query = tx
		.selectFrom('policy.briefing')
		.select(['id', 'number', 'slug', 'title', 'locales', 'state', 'publishedAt', 'updatedAt'])
		.where('programmeId', '=', programmeId)
		.orderBy('number', 'desc');
	if (search) query = query.where('search', 'like', `%${fold(search).replace(/[%_\\]/g, '\\$&')}%`);
	if (state) query = query.where('state', '=', state);
	return query.execute();
};

/** A briefing with its blocks and what each is bound to. @throws Problem `not-found` */
export async function getBriefing(tx: Tx, programmeId: string, id: string) {
	const briefing = await tx
		.selectFrom('policy.briefing')
		.selectAll()
		.where('id', '=', id)
		.where('programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!briefing) throw notFound();
	return { ...briefing, code: codeOf('briefing', briefing.number), blocks: await blocksOf(tx, id) };
}
export type BriefingWithBlocks = Awaited<ReturnType<typeof getBriefing>>;
export type Block = BriefingWithBlocks['blocks'][number];

/** The blocks of a briefing in order, each with its evidence as this actor sees it: two statements, however many blocks. */
async function blocksOf(tx: Tx, briefingId: string) {
	const rows = await tx
		.selectFrom('policy.briefingBlock as b')
		.leftJoin('assessment.figure as f', 'f.id', 'b.figureId')
		.leftJoin('assessment.figureProtected as c', 'c.figureId', 'b.figureId')
		.leftJoin('assessment.round as r', 'r.id', 'f.roundId')
		.leftJoin('network.programme as p', 'p.id', 'b.programmeId')
		.leftJoin('assessment.quotation as q', 'q.id', 'b.quotationId')
		.leftJoin('assessment.finding as e', 'e.id', 'b.findingId')
		.leftJoin('policy.recommendation as n', 'n.id', 'b.recommendationId')
		.leftJoin('network.organisation as o', 'o.id', 'n.addressedTo')
		.select([
			'b.id', 'b.position', 'b.kind', 'b.words',
			'f.id as figureId', 'f.number as figureNumber', 'f.title as figureTitle', 'f.measure', 'f.unit', 'f.n', 'f.cutOff',
			'f.queryVersion', 'f.comparedRoundId', 'f.resultSha256', 'f.question', 'f.split', 'f.roundId', 'r.name as roundName', 'c.cells',
			'p.thresholdPeople', 'p.thresholdSurvivors',
			'q.id as quotationId', 'q.number as quotationNumber', 'q.words as quotationWords', 'q.spokenBy', 'q.saidOn', 'q.consentLevel',
			'e.id as findingId', 'e.number as findingNumber', 'e.statement', 'e.state as findingState',
			'n.id as recommendationId', 'n.number as recommendationNumber', 'n.title as recommendationTitle', 'n.body as recommendationBody',
			'n.state as recommendationState', 'o.name as addressedTo',
			sql<boolean | null>`case when e.id is not null then cardinality(assessment.untold_scores(array[e.id])) > 0 end`.as('findingUntold')
		])
		.where('b.briefingId', '=', briefingId)
		.orderBy('b.position')
		.execute();
	const fallen = await fallenEvidence(tx, rows.flatMap((row) => [row.figureId, row.quotationId].flatMap((id) => id ?? [])));
	return rows.map((row) => ({ ...row, code: codeOfBlock(row), evidenceFallen: fallen.has(row.figureId ?? row.quotationId ?? '') }));
}

type Numbers = { figureNumber: number | null; quotationNumber: number | null; findingNumber: number | null; recommendationNumber: number | null };

/** What a block's evidence is called: `F-03`; empty for text. */
function codeOfBlock(row: Numbers): string {
	if (row.figureNumber !== null) return codeOf('figure', row.figureNumber);
	if (row.quotationNumber !== null) return codeOf('quotation', row.quotationNumber);
	if (row.findingNumber !== null) return codeOf('finding', row.findingNumber);
	return row.recommendationNumber === null ? '' : codeOf('recommendation', row.recommendationNumber);
}

/** Figures and quotations that findings cited, all of which have been withdrawn since. */
async function fallenEvidence(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
	if (ids.length === 0) return new Set();
	const { rows } = await sql<{ id: string }>`
		select id from (
			select c.figure_id as id, f.state from assessment.finding_figure c join assessment.finding f on f.id = c.finding_id
			union all select c.quotation_id, f.state from assessment.finding_quotation c join assessment.finding f on f.id = c.finding_id
		) cited where id = any(${ids}::uuid[]) group by id having bool_and(state = 'withdrawn')`.execute(tx);
	return new Set(rows.map(({ id }) => id));
}

/** A figure block as the ledger takes it; null for other blocks, and for a figure that the actor may not see. */
export function releaseFigureOf(block: Block): ReleaseFigure | null {
	const { figureId, queryVersion, cutOff, resultSha256, unit } = block;
	if (!figureId || queryVersion === null || !cutOff || !resultSha256) return null;
	const threshold = (unit === 'survivors' ? block.thresholdSurvivors : block.thresholdPeople) ?? 10;
	return { id: figureId, code: block.code, queryVersion, cutOff, resultSha256, threshold };
}

/** The published edition of a briefing in a language, or in the one of its languages that comes closest. @throws Problem `not-found` */
export async function publishedEdition(tx: Tx, slug: string, locale: Locale): Promise<{ edition: Edition; locales: string[] }> {
	const rows = await tx
		.selectFrom('policy.briefing as b')
		.innerJoin('policy.briefingEdition as e', 'e.briefingId', 'b.id')
		.select(['e.locale', 'e.content'])
		.where('b.slug', '=', slug)
		.where('b.state', '=', 'published')
		.execute();
	const order: string[] = [locale, ...(locale === 'uz-Cyrl' ? ['uz'] : []), ...(locale === 'kaa' ? ['uz', 'uz-Cyrl'] : []), 'ru', 'en', 'uz', 'uz-Cyrl', 'kaa'];
	const chosen = [...rows].sort((a, b) => order.indexOf(a.locale) - order.indexOf(b.locale))[0];
	if (!chosen) throw notFound();
	return { edition: editionSchema.parse(chosen.content), locales: rows.map((row) => row.locale) };
}

/** When the briefing at a public address was withdrawn; null where it was not, or never was there. */
export async function withdrawnOn(tx: Tx, slug: string): Promise<Date | null> {
	const { rows } = await sql<{ at: Date | null }>`select policy.withdrawn_on(${slug}) as at`.execute(tx);
	return rows[0]?.at ?? null;
}

/** A briefing's edition as it went out, in a language or the first that there is; null for a draft. */
export async function keptEdition(tx: Tx, briefingId: string, locale: Locale): Promise<Edition | null> {
	const rows = await tx.selectFrom('policy.briefingEdition').select(['locale', 'content']).where('briefingId', '=', briefingId).orderBy('locale').execute();
	const kept = rows.find((row) => row.locale === locale) ?? rows[0];
	return kept ? editionSchema.parse(kept.content) : null;
}

/** What can be bound into a briefing: the programme's evidence as this actor sees it. */
export async function bindingOptions(tx: Tx, programmeId: string) {
	const [figures, quotations, findings, recommendations] = await Promise.all([
		tx.selectFrom('assessment.figure').select(['id', 'number', 'title as text']).where('programmeId', '=', programmeId).orderBy('number', 'desc').limit(200).execute(),
		tx.selectFrom('assessment.quotation').select(['id', 'number', 'words as text']).where('programmeId', '=', programmeId).orderBy('number', 'desc').limit(200).execute(),
		tx.selectFrom('assessment.finding').select(['id', 'number', 'statement as text']).where('programmeId', '=', programmeId).where('state', '=', 'stands').orderBy('number', 'desc').limit(200).execute(),
		tx.selectFrom('policy.recommendation').select(['id', 'number', 'title as text']).where('programmeId', '=', programmeId).where('state', 'in', ['delivered', 'answered']).orderBy('number', 'desc').limit(200).execute()
	]);
	return { figures, quotations, findings, recommendations };
}

import { sql } from 'kysely';
import { standsStill } from '#modules/assessment/withdrawal/marks.server.ts';
import type { ReleaseFigure } from '#modules/releases/commands.server.ts';
import type { Tx } from '#platform/database.server.ts';
import type { Locale } from '#platform/locales.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { notFound } from '#platform/problem.ts';
import { fold } from '#platform/search-fold.ts';
import { askedBy } from './asked.server.ts';
import { comparisonFacts } from './comparisons.server.ts';
import { editionSchema, type Edition } from './edition.ts';
import type { Fallen, FallenSince } from './fallen.ts';

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
	return { ...briefing, code: codeOf('briefing', briefing.number), blocks: await blocksOf(tx, programmeId, id) };
}
export type BriefingWithBlocks = Awaited<ReturnType<typeof getBriefing>>;
export type Block = BriefingWithBlocks['blocks'][number];

/** The blocks of a briefing in order, each with its evidence as this actor sees it: a few statements, however many blocks, and some for each comparison of rounds. */
async function blocksOf(tx: Tx, programmeId: string, briefingId: string) {
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
			'f.queryVersion', 'f.comparedRoundId', 'f.mappings', 'f.resultSha256', 'f.question', 'f.split', 'f.filter', 'f.query', 'f.roundId', 'r.name as roundName', 'c.cells',
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
	const boundTo = (row: { figureId: string | null; quotationId: string | null; findingId: string | null }): string | null => row.figureId ?? row.quotationId ?? row.findingId;
	const fallen = await fallenEvidence(tx, programmeId, rows.flatMap((row) => boundTo(row) ?? []));
	const comparisons = await comparisonFacts(tx, rows);
	const asked = await askedBy(tx, rows);
	return rows.map((row) => ({ ...row, code: codeOfBlock(row), fallen: fallen.get(boundTo(row) ?? '') ?? null, comparison: comparisons.get(row.figureId ?? '') ?? null, asked: asked.get(row.figureId ?? '') ?? null }));
}

type Numbers = { figureNumber: number | null; quotationNumber: number | null; findingNumber: number | null; recommendationNumber: number | null };

/** What a block's evidence is called: `F-03`; empty for text. */
function codeOfBlock(row: Numbers): string {
	if (row.figureNumber !== null) return codeOf('figure', row.figureNumber);
	if (row.quotationNumber !== null) return codeOf('quotation', row.quotationNumber);
	if (row.findingNumber !== null) return codeOf('finding', row.findingNumber);
	return row.recommendationNumber === null ? '' : codeOf('recommendation', row.recommendationNumber);
}

/** How evidence has fallen: it was withdrawn itself, every finding that cited it was, or (a finding) nothing that it rests on stands. */
export type FallenNow = 'withdrawn' | 'findings-withdrawn' | 'on-nothing';

/** Which figures, quotations and findings have fallen, and how. */
async function fallenEvidence(tx: Tx, programmeId: string, ids: readonly string[]): Promise<ReadonlyMap<string, FallenNow>> {
	if (ids.length === 0) return new Map();
	const { rows } = await sql<{ id: string; how: FallenNow }>`
		with asked as (select unnest(${[...ids]}::uuid[]) as id),
		cited as (
			select finding_id, figure_id as id from assessment.finding_figure union all select finding_id, quotation_id from assessment.finding_quotation
			union all select finding_id, document_id from assessment.finding_document union all select finding_id, score_id from assessment.finding_score),
		gone as (select id from assessment.withdrawn_evidence(${programmeId}::uuid))
		select id, 'withdrawn' as how from gone where id in (select id from asked)
		union all select c.id, 'findings-withdrawn' from cited c join assessment.finding f on f.id = c.finding_id
			where c.id in (select id from asked) group by c.id having bool_and(f.state = 'withdrawn')
		union all select c.finding_id, 'on-nothing' from cited c
			where c.finding_id in (select id from asked) group by c.finding_id having bool_and(c.id in (select id from gone))`.execute(tx);
	// Withdrawn itself is said before anything else.
	return new Map([...rows].reverse().map(({ id, how }) => [id, how]));
}

/** A figure block as the ledger takes it; null for other blocks, and for a figure that the actor may not see. */
export function releaseFigureOf(block: Block): ReleaseFigure | null {
	const { figureId, queryVersion, cutOff, resultSha256, unit } = block;
	if (!figureId || queryVersion === null || !cutOff || !resultSha256) return null;
	const threshold = (unit === 'survivors' ? block.thresholdSurvivors : block.thresholdPeople) ?? 10;
	return { id: figureId, code: block.code, queryVersion, cutOff, resultSha256, threshold };
}

/**
 * The published edition of a briefing in a language, or in the one of its languages that comes closest, and what of it has fallen since.
 * @throws Problem `not-found`
 */
export async function publishedEdition(tx: Tx, slug: string, locale: Locale): Promise<{ edition: Edition; locales: string[]; fallen: Fallen }> {
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
	const edition = editionSchema.parse(chosen.content);
	return { edition, locales: rows.map((row) => row.locale), fallen: await fallenSince(tx, slug, edition) };
}

/** What of the briefing at a public address has been withdrawn since it went out, by its place in the edition. */
async function fallenSince(tx: Tx, slug: string, { blocks }: Edition): Promise<Fallen> {
	const { rows } = await sql<FallenSince & { kind: string; nth: number }>`select kind, nth, how, fell_at from policy.fallen_since(${slug})`.execute(tx);
	const fallen: Record<number, FallenSince> = {};
	for (const { kind, nth, how, fellAt } of rows) {
		const at = blocks.flatMap((block, i) => (block.kind === kind ? [i] : []))[nth - 1];
		if (at !== undefined) fallen[at] ??= { how, fellAt };
	}
	return fallen;
}

/** When the briefing at a public address was withdrawn, and its programme's time zone; null where it was not, or never was there. */
export async function withdrawnOn(tx: Tx, slug: string): Promise<{ at: Date; timeZone: string } | null> {
	const { rows } = await sql<{ at: Date; timeZone: string }>`select at, time_zone from policy.withdrawn_on(${slug})`.execute(tx);
	return rows[0] ?? null;
}

/** A briefing's edition as it went out, in a language or the first that there is, and what of it has fallen since; null for a draft. */
export async function keptEdition(tx: Tx, briefingId: string, locale: Locale): Promise<{ edition: Edition; fallen: Fallen } | null> {
	const rows = await tx
		.selectFrom('policy.briefingEdition as e')
		.innerJoin('policy.briefing as b', 'b.id', 'e.briefingId')
		.select(['e.locale', 'e.content', 'b.slug'])
		.where('e.briefingId', '=', briefingId)
		.orderBy('e.locale')
		.execute();
	const kept = rows.find((row) => row.locale === locale) ?? rows[0];
	if (!kept) return null;
	const edition = editionSchema.parse(kept.content);
	return { edition, fallen: await fallenSince(tx, kept.slug, edition) };
}

/** What can be bound into a briefing: the programme's evidence as this actor sees it. */
export async function bindingOptions(tx: Tx, programmeId: string) {
	const [figures, quotations, findings, recommendations] = await Promise.all([
		tx.selectFrom('assessment.figure').select(['id', 'number', 'title as text']).where('programmeId', '=', programmeId).where(standsStill('assessment.figure.id')).orderBy('number', 'desc').limit(200).execute(),
		tx.selectFrom('assessment.quotation').select(['id', 'number', 'words as text']).where('programmeId', '=', programmeId).where(standsStill('assessment.quotation.id')).orderBy('number', 'desc').limit(200).execute(),
		tx.selectFrom('assessment.finding').select(['id', 'number', 'statement as text']).where('programmeId', '=', programmeId).where('state', '=', 'stands').orderBy('number', 'desc').limit(200).execute(),
		tx.selectFrom('policy.recommendation').select(['id', 'number', 'title as text']).where('programmeId', '=', programmeId).where('state', 'in', ['delivered', 'answered']).orderBy('number', 'desc').limit(200).execute()
	]);
	return { figures, quotations, findings, recommendations };
}

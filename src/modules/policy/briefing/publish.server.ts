import { getProgramme, type ProgrammeFacts } from '#modules/network/queries.server.ts';
import { enterRelease, refusalOf } from '#modules/releases/commands.server.ts';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { journal } from '#platform/journal.server.ts';
import { isLocale, localText, type Locale, type LocalText } from '#platform/locales.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem, type Facts } from '#platform/problem.ts';
import { referencesIn, unboundClaims } from './claims.ts';
import { editionSchema, type Edition, type EditionBlock } from './edition.ts';
import { getBriefing, releaseFigureOf, type Block, type BriefingWithBlocks } from './queries.server.ts';

/** Something that stands against publishing: the code of its message, and the block it is about (from 1; 0: the whole). */
export type Objection = { code: string; position: number; facts: Facts };

/** Whether a text is there in a language; the two Uzbek scripts count as one. */
const isIn = (text: LocalText | null, locale: Locale): boolean => {
	if (!text) return false;
	const also: Partial<Record<Locale, Locale>> = { uz: 'uz-Cyrl', 'uz-Cyrl': 'uz' };
	const other = also[locale];
	return Boolean(text[locale]) || (other !== undefined && Boolean(text[other]));
};

const localesOf = (briefing: BriefingWithBlocks): Locale[] => briefing.locales.filter(isLocale);

/**
 * Everything that stands against publishing a briefing: missing words, numbers that rest on nothing, evidence that has
 * fallen or may not go out, figures with small cells. Empty when nothing does. Shown while one writes, asked again at publishing.
 */
export async function objectionsTo(tx: Tx, briefing: BriefingWithBlocks): Promise<Objection[]> {
	const objections: Objection[] = [];
	const codes = new Set(briefing.blocks.map((block) => block.code));
	if (briefing.blocks.length === 0) objections.push({ code: 'briefing.empty', position: 0, facts: {} });
	for (const locale of localesOf(briefing)) {
		if (!isIn(briefing.title, locale)) objections.push({ code: 'briefing.title-missing', position: 0, facts: { locale } });
	}
	for (const block of briefing.blocks) {
		const object = (code: string, facts: Facts = {}): void => void objections.push({ code, position: block.position, facts });
		if (block.kind === 'heading' || block.kind === 'text') objectToWords(block, localesOf(briefing), codes, object);
		await objectToEvidence(tx, block, object);
	}
	return objections;
}

type Object = (code: string, facts?: Facts) => void;

function objectToWords(block: Block, languages: readonly Locale[], codes: ReadonlySet<string>, object: Object): void {
	for (const locale of languages) if (!isIn(block.words, locale)) object('briefing.words-missing', { locale });
	for (const text of Object.values(block.words)) {
		for (const excerpt of unboundClaims(text)) object('briefing.claim-unbound', { excerpt });
		for (const code of referencesIn(text)) if (!codes.has(code)) object('briefing.reference-unknown', { code });
	}
}

/** The ledger judges counts and shares of one round; means, sums and comparisons it does not judge, so they do not go out. */
const isReleasable = ({ measure, comparedRoundId }: Block): boolean => (measure === 'count' || measure === 'share') && comparedRoundId === null;

async function objectToEvidence(tx: Tx, block: Block, object: Object): Promise<void> {
	const { code } = block;
	if (block.evidenceFallen) object('briefing.evidence-withdrawn', { code });
	switch (block.kind) {
		case 'figure': {
			const figure = releaseFigureOf(block);
			if (!figure) return object('briefing.evidence-unseen', { code });
			if (!isReleasable(block)) return object('briefing.figure-kind', { code });
			const refusal = await refusalOf(tx, figure);
			if (refusal) object(refusal, { code, threshold: figure.threshold });
			return;
		}
		case 'quotation':
			if (block.quotationId === null) return object('briefing.evidence-unseen', { code });
			if (block.consentLevel === 'internal') object('briefing.quotation-internal', { code });
			return;
		case 'finding':
			if (block.findingState !== 'stands') object('briefing.finding-not-standing', { code });
			return;
		case 'recommendation':
			if (block.recommendationState !== 'delivered' && block.recommendationState !== 'answered') object('briefing.recommendation-not-delivered', { code });
	}
}

/**
 * Publishes a briefing in all its languages: judged once more, entered in the ledger, its editions written down.
 * @throws Problem `briefing.not-draft`, `briefing.objections` (409)
 */
export async function publishBriefing(tx: Tx, permit: Permit<'briefing.publish'>, today: string): Promise<void> {
	const { id, programmeId } = permit.subject;
	await tx.selectFrom('policy.briefing').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
	const briefing = await getBriefing(tx, programmeId, id);
	if (briefing.state !== 'draft') throw problem('briefing.not-draft', 409);
	const objections = await objectionsTo(tx, briefing);
	if (objections.length > 0) throw problem('briefing.objections', 409, { count: objections.length });
	const programme = await getProgramme(tx, programmeId);
	const release = await enterRelease(tx, permit, {
		kind: 'briefing',
		title: briefing.title,
		figures: briefing.blocks.flatMap((block) => releaseFigureOf(block) ?? []),
		content: (releaseCode) => localesOf(briefing).map((locale) => editionOf(briefing, programme, locale, { releaseCode, publishedOn: today }))
	});
	for (const edition of release.content) {
		await tx
			.insertInto('policy.briefingEdition')
			.values({ programmeId, briefingId: id, locale: edition.locale, content: JSON.stringify(edition) })
			.execute();
	}
	const after = { state: 'published', publishedAt: momentOf(tx), releaseId: release.id };
	await tx.updateTable('policy.briefing').set(after).where('id', '=', id).execute();
	await journal(tx, permit, { table: 'policy.briefing', id, before: { state: 'draft' }, after });
}

/** One language of a briefing as it goes out. */
export function editionOf(briefing: BriefingWithBlocks, programme: ProgrammeFacts, locale: Locale, as: { releaseCode: string; publishedOn: string }): Edition {
	const say = (text: LocalText | null): string => localText(text ?? {}, locale).text;
	return editionSchema.parse({
		version: 1,
		locale,
		code: briefing.code,
		title: say(briefing.title),
		summary: say(briefing.summary),
		...as,
		programme: {
			name: say(programme.name),
			timeZone: programme.timeZone,
			statement: say(programme.funderStatement),
			disclaimer: say(programme.funderDisclaimer),
			demonstration: programme.demonstration
		},
		blocks: briefing.blocks.flatMap((block) => editionBlock(block, locale, say) ?? [])
	});
}

function editionBlock(block: Block, locale: Locale, say: (text: LocalText | null) => string): EditionBlock | null {
	switch (block.kind) {
		case 'heading':
		case 'text':
			return { kind: block.kind, text: say(block.words) };
		case 'figure': {
			const figure = releaseFigureOf(block);
			if (!figure || block.n === null || !block.cutOff) return null;
			return {
				kind: 'figure',
				figureId: figure.id,
				code: block.code,
				title: say(block.figureTitle),
				source: say(block.roundName),
				measure: block.measure === 'share' ? 'share' : 'count',
				unit: block.unit === 'survivors' ? 'survivors' : 'people',
				n: block.n,
				cutOff: block.cutOff.toISOString(),
				queryVersion: figure.queryVersion,
				sha256: figure.resultSha256.toString('hex'),
				series: figure.cells.series.map((series) => say(series.label)),
				rows: figure.cells.rows.map((row) => ({ label: say(row.label), cells: row.cells.flatMap((cell) => (typeof cell === 'string' ? [] : cell)) }))
			};
		}
		case 'quotation': {
			const words = localText(block.quotationWords ?? {}, locale);
			return { kind: 'quotation', words: words.text, lang: words.locale, spokenBy: say(block.spokenBy), saidOn: block.saidOn };
		}
		case 'finding':
			return { kind: 'finding', code: block.code, statement: say(block.statement) };
		case 'recommendation':
			return { kind: 'recommendation', code: block.code, title: say(block.recommendationTitle), body: say(block.recommendationBody), addressedTo: say(block.addressedTo) };
		default:
			return null;
	}
}

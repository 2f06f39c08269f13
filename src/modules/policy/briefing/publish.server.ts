import { getProgramme, type ProgrammeFacts } from '#modules/network/queries.server.ts';
import { enterRelease, type Patterns } from '#modules/releases/commands.server.ts';
import type { Pattern } from '#modules/releases/judge/verdict.ts';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { journal } from '#platform/journal.server.ts';
import { isLocale, localText, type Locale, type LocalText } from '#platform/locales.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem, type Facts } from '#platform/problem.ts';
import { nameOf } from './claims/claim.ts';
import { claimsIn, excerptOf, referencesIn, unboundClaims } from './claims/claims.ts';
import { editionSchema, type Edition, type EditionBlock } from './edition.ts';
import type { Object } from './evidence/evidence.ts';
import { evidenceKinds } from './evidence/kinds.ts';
import { judgedFigures, type Judged } from './judged.server.ts';
import { numbersNotShown } from './numbers.ts';
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

const fallenObjections = { withdrawn: 'briefing.piece-withdrawn', 'findings-withdrawn': 'briefing.evidence-withdrawn', 'on-nothing': 'briefing.finding-on-nothing' } as const;

const localesOf = (briefing: BriefingWithBlocks): Locale[] => briefing.locales.filter(isLocale);

/**
 * Everything that stands against publishing a briefing: missing words, numbers that rest on nothing or that no figure shows,
 * evidence that has fallen or may not go out, figures of which nothing safe can be shown. Empty when nothing does. Shown while
 * one writes, asked again at publishing.
 */
export function objectionsTo(briefing: BriefingWithBlocks, judged: Judged): Objection[] {
	const objections: Objection[] = [];
	const codes = new Set(briefing.blocks.map((block) => block.code));
	const patternOf = (code: string): Pattern | undefined => judged.patterns.get(briefing.blocks.find((block) => block.code === code)?.figureId ?? '');
	const { refused } = judged;
	if (briefing.blocks.length === 0) objections.push({ code: 'briefing.empty', position: 0, facts: {} });
	if (refused) objections.push({ code: refused.code, position: briefing.blocks.find((block) => refused.ids.includes(block.figureId ?? ''))?.position ?? 0, facts: { code: refused.figures } });
	for (const locale of localesOf(briefing)) {
		if (!isIn(briefing.title, locale)) objections.push({ code: 'briefing.title-missing', position: 0, facts: { locale } });
	}
	objectToHead(briefing, codes, (code, facts = {}) => void objections.push({ code, position: 0, facts }));
	for (const block of briefing.blocks) {
		const object: Object = (code, facts = {}) => void objections.push({ code, position: block.position, facts });
		if (block.kind === 'heading' || block.kind === 'text') objectToWords(block, localesOf(briefing), codes, object);
		if (refused === null) objectToNumbers(block, patternOf, object);
		if (block.fallen !== null && block.findingState !== 'withdrawn') object(fallenObjections[block.fallen], { code: block.code });
		evidenceKinds[block.kind]?.objectTo(block, object);
	}
	return objections;
}

/**
 * Title and summary stand before all evidence and bind none. A number about people may stand there only when the same number stands in the
 * briefing with what it rests on: in a paragraph that names its evidence, which is asked for what it shows as every paragraph is, or in
 * a finding.
 */
function objectToHead({ title, summary, blocks }: BriefingWithBlocks, codes: ReadonlySet<string>, object: Object): void {
	const bound = new Set(blocks.flatMap(boundNumbers));
	for (const text of [title, summary].flatMap((words) => Object.values(words))) {
		if (claimsIn(text).some((claim) => !bound.has(nameOf(claim)))) object('briefing.claim-in-head', { excerpt: excerptOf(text) });
		for (const code of referencesIn(text)) if (!codes.has(code)) object('briefing.reference-unknown', { code });
	}
}

/** The numbers that a block states with what they rest on, in any of its languages. */
function boundNumbers({ kind, words, statement }: Block): string[] {
	const texts = kind === 'finding' ? Object.values(statement ?? {}) : Object.values(words).flatMap((text) => text.split(/\n{2,}/)).filter((paragraph) => referencesIn(paragraph).length > 0);
	return texts.flatMap((text) => claimsIn(text).map(nameOf));
}

function objectToWords(block: Block, languages: readonly Locale[], codes: ReadonlySet<string>, object: Object): void {
	for (const locale of languages) if (!isIn(block.words, locale)) object('briefing.words-missing', { locale });
	for (const text of Object.values(block.words)) {
		for (const excerpt of unboundClaims(text)) object('briefing.claim-unbound', { excerpt });
		for (const code of referencesIn(text)) if (!codes.has(code)) object('briefing.reference-unknown', { code });
	}
}

/** In every language: a text, or a figure's own title, must not say what is held back. */
function objectToNumbers(block: Block, patternOf: (code: string) => Pattern | undefined, object: Object): void {
	const texts = block.kind === 'figure' ? Object.values(block.figureTitle ?? {}).map((title) => `${title} [${block.code}]`) : Object.values(block.words);
	for (const number of new Set(texts.flatMap((text) => numbersNotShown(text, patternOf)))) object('briefing.number-not-shown', { number });
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
	const objections = objectionsTo(briefing, await judgedFigures(tx, briefing));
	if (objections.length > 0) throw problem('briefing.objections', 409, { count: objections.length });
	const programme = await getProgramme(tx, programmeId);
	const release = await enterRelease(tx, permit, {
		kind: 'briefing',
		title: briefing.title,
		figures: briefing.blocks.flatMap((block) => releaseFigureOf(block) ?? []),
		content: (releaseCode, patterns) => localesOf(briefing).map((locale) => editionOf(briefing, programme, locale, { releaseCode, publishedOn: today, patterns }))
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
export function editionOf(briefing: BriefingWithBlocks, programme: ProgrammeFacts, locale: Locale, as: { releaseCode: string; publishedOn: string; patterns: Patterns }): Edition {
	const say = (text: LocalText | null): string => localText(text ?? {}, locale).text;
	const { releaseCode, publishedOn, patterns } = as;
	return editionSchema.parse({
		version: 1,
		locale,
		code: briefing.code,
		title: say(briefing.title),
		summary: say(briefing.summary),
		releaseCode,
		publishedOn,
		programme: {
			name: say(programme.name),
			timeZone: programme.timeZone,
			statement: say(programme.funderStatement),
			disclaimer: say(programme.funderDisclaimer),
			demonstration: programme.demonstration
		},
		blocks: briefing.blocks.flatMap((block): EditionBlock[] => {
			if (block.kind === 'heading' || block.kind === 'text') return [{ kind: block.kind, text: say(block.words) }];
			return [evidenceKinds[block.kind]?.edition(block, { locale, say, patterns }) ?? []].flat();
		})
	});
}

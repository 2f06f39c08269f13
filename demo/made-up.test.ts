import { describe, expect, it } from 'vitest';
import { locales } from '#platform/locales.ts';
import { directory } from './directory.ts';
import { baseline } from './instrument/baseline.ts';
import { madeUp } from './made-up.ts';
import * as programme from './programme.ts';

type Texts = Partial<Record<(typeof locales)[number], string>>;

/** Every text in several languages, wherever it stands. */
function* textsIn(value: unknown): Generator<Texts> {
	if (typeof value !== 'object' || value === null) return;
	if ('uz' in value && 'en' in value) yield Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
	else for (const part of Object.values(value)) yield* textsIn(part);
}

const keys = (list: readonly { key: string }[]): Set<string> => new Set(list.map(({ key }) => key));
const {
	organisations, accounts, figures, quotations, documents, findings, gaps, priorities, responses, results, recommendations,
	commitments, changes, briefing, services
} = madeUp;

describe('the demonstration', () => {
	it('has six services in three regions and thirteen gaps', () => {
		expect(services).toHaveLength(6);
		expect(new Set(services.map(({ region }) => region)).size).toBe(3);
		expect(gaps).toHaveLength(13);
		expect(programme.stages).toHaveLength(4);
		expect(programme.outcomes).toHaveLength(4);
	});

	it('says everything in five languages, with the letters each of them has', () => {
		const all = [...textsIn(madeUp), ...textsIn(directory), ...textsIn(programme)];
		expect(all.length).toBeGreaterThan(100);
		for (const texts of all) {
			for (const locale of locales) expect(texts[locale] ?? '', JSON.stringify(texts)).not.toBe('');
			expect(texts.uz).not.toMatch(/['`´‘’]|[oOgG]ʼ/);
			expect(texts.kaa).not.toMatch(/['`´‘’ʻʼ]/);
			expect(texts.ru).not.toMatch(/[ʻʼ]/);
		}
	});

	it('cites only what is there', () => {
		const has = (set: Set<string>, cited: readonly string[] | undefined) => (cited ?? []).every((key) => set.has(key));
		const evidence = (e: { figures?: readonly string[]; quotations?: readonly string[]; documents?: readonly string[] }) =>
			has(keys(figures), e.figures) && has(keys(quotations), e.quotations) && has(keys(documents), e.documents) &&
			[e.figures, e.quotations, e.documents].some((list) => (list ?? []).length > 0);
		for (const finding of findings) expect(evidence(finding.evidence), finding.key).toBe(true);
		for (const gap of gaps) expect(gap.findings.length > 0 && has(keys(findings), gap.findings), gap.key).toBe(true);
		for (const response of responses) {
			expect(response.gaps.length + response.priorities.length, response.key).toBeGreaterThan(0);
			expect(has(keys(gaps), response.gaps) && has(keys(priorities), response.priorities), response.key).toBe(true);
			expect(keys(organisations).has(response.owner), response.key).toBe(true);
		}
		for (const result of results) expect(has(keys(responses), result.responses) && evidence(result.evidence), result.key).toBe(true);
		for (const { gaps: onGaps, results: onResults, to, key } of recommendations) {
			expect(has(keys(gaps), onGaps) && has(keys(results), onResults) && keys(organisations).has(to), key).toBe(true);
		}
		for (const { recommendation, by, key } of commitments) expect(recommendations.find((r) => r.key === recommendation)?.to, key).toBe(by);
		for (const change of changes) expect(keys(commitments).has(change.commitment) && evidence(change.evidence), change.key).toBe(true);
		for (const block of briefing.blocks) {
			if ('key' in block) expect([figures, quotations, findings, recommendations].some((list) => keys(list).has(block.key)), block.key).toBe(true);
		}
		for (const account of accounts) expect(account.organisation === null || keys(organisations).has(account.organisation), account.key).toBe(true);
	});

	it('takes its figures from questions of the instrument', () => {
		const questions = new Set(baseline.survey.map(({ name }) => name));
		for (const { question, split } of figures) expect(questions.has(question) && (split === undefined || questions.has(split)), question).toBe(true);
	});

	it('happens in order: evidence, gap, response, result, recommendation, answer, commitment, change', () => {
		const day = <T extends { key: string }>(list: readonly T[], key: string, of: (item: T) => number): number => {
			const item = list.find((one) => one.key === key);
			if (item === undefined) throw new Error(key);
			return of(item);
		};
		for (const gap of gaps) for (const f of gap.findings) expect(day(findings, f, (x) => x.day), gap.key).toBeLessThanOrEqual(gap.day);
		for (const response of responses) for (const g of response.gaps) expect(day(gaps, g, (x) => x.day), response.key).toBeLessThanOrEqual(response.starts);
		for (const result of results) for (const r of result.responses) expect(day(responses, r, (x) => x.ends), result.key).toBeLessThanOrEqual(result.day);
		for (const rec of recommendations) for (const r of rec.results) expect(day(results, r, (x) => x.day), rec.key).toBeLessThanOrEqual(rec.delivered);
		for (const rec of recommendations) if (rec.answer) expect(rec.answer.day).toBeGreaterThanOrEqual(rec.delivered);
		for (const c of commitments) expect(day(recommendations, c.recommendation, (x) => x.answer?.day ?? 0), c.key).toBeLessThanOrEqual(c.made);
		for (const c of changes) expect(day(commitments, c.commitment, (x) => x.made), c.key).toBeLessThanOrEqual(c.day);
		const past = [...findings, ...gaps, ...results, ...changes, ...quotations, ...documents].map((item) => item.day);
		expect(Math.max(...past)).toBeLessThan(0);
		expect(Math.min(...past)).toBeGreaterThan(programme.programme.demonstrationDays.starts);
	});

	it('cites words and documents only after they were there', () => {
		for (const cites of [...findings, ...results, ...changes]) {
			const cited = [...quotations.filter(({ key }) => cites.evidence.quotations?.includes(key)), ...documents.filter(({ key }) => cites.evidence.documents?.includes(key))];
			for (const { key, day } of cited) expect(day, `${cites.key} cites ${key}`).toBeLessThanOrEqual(cites.day);
		}
	});

	it('cites figures only after they were counted', () => {
		const closed = (key: string) => madeUp.rounds[figures.find((figure) => figure.key === key)?.round ?? 'repeat'].counted;
		for (const cites of [...findings, ...results, ...changes]) {
			for (const key of cites.evidence.figures ?? []) expect(closed(key), cites.key).toBeLessThanOrEqual(cites.day);
		}
	});

	it('names no real organisation in what is made up', () => {
		const real = directory.map(({ name }) => name.en);
		const said = JSON.stringify(madeUp);
		for (const name of real) expect(said.includes(name), name).toBe(false);
	});

	it('shows threads that are whole and threads that are broken', () => {
		expect(gaps.filter(({ shows }) => shows.startsWith('broken')).length).toBe(5);
		expect(gaps.filter(({ shows }) => shows.startsWith('late')).length).toBe(1);
		expect(responses.some(({ gaps: cited }) => cited.includes('g2'))).toBe(false);
		expect(results.some(({ responses: cited }) => cited.includes('t5'))).toBe(false);
		expect(recommendations.find(({ key }) => key === 'c7')).toMatchObject({ delivered: -31 });
		expect(recommendations.find(({ key }) => key === 'c7')?.answer).toBeUndefined();
	});
});

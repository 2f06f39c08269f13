import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { toldGroups, type Published, type Range } from '../attacker.ts';

/** What a reader knows of a figure beside its numbers: what its title says, and the questionnaire, which is public. */
export type Understood = {
	readonly question: string;
	readonly section: string;
	/** What its columns stand for; none where it has one. */
	readonly split: string | null;
	/** The rounds it is about; of two, columns stand in pairs. */
	readonly rounds: readonly string[];
};

/** A number as the page and its CSV show it. */
type Shown = { readonly count: number | null; readonly share: number | null };
/** A figure as anybody can read it. */
export type ReadFigure = { readonly code: string; readonly title: string; readonly columns: readonly string[]; readonly rows: readonly { readonly label: string; readonly cells: readonly Shown[] }[]; readonly sizes: readonly number[] };

const digits = (text: string): number | null => (/^[\d\s.,]+$/.test(text.trim()) ? Number(text.replace(/\D/g, '')) : null);

/** Reads the figures of a public page, in English: counts from its tables, shares from the file beside it, and how many it says it is about. */
export async function readFigures(page: Page, base: string, slug: string): Promise<ReadFigure[]> {
	await page.goto(`${base}/en/b/${slug}`);
	const tables = await page.locator('figure.chart').evaluateAll((figures) => {
		/** What is said below a figure, up to the next part of the page. */
		const following = (figure: Element): string[] => {
			const said: string[] = [];
			for (let next = figure.nextElementSibling; next && !next.matches('figure, h2, .finding, blockquote, section'); next = next.nextElementSibling) if (next.matches('p.small')) said.push(next.textContent);
			return said;
		};
		return figures.map((figure) => ({
			title: figure.querySelector('.title')?.textContent?.trim() ?? '',
			said: [figure.querySelector('.source')?.textContent ?? '', ...following(figure)].join('\n'),
			columns: [...figure.querySelectorAll('th[scope=colgroup]')].map((head) => head.textContent?.trim() ?? ''),
			heads: [...figure.querySelectorAll('thead tr:last-child th[scope=col]')].map((head) => head.textContent?.trim() ?? ''),
			rows: [...figure.querySelectorAll('tbody tr')].map((row) => ({ label: row.querySelector('th')?.textContent?.trim() ?? '', cells: [...row.querySelectorAll('td')].map((cell) => cell.textContent?.trim() ?? '') }))
		}));
	});
	const csv = z.array(z.array(z.string())).parse(parse((await (await fetch(`${base}/en/b/${slug}/figures.csv`)).text()).replace('\ufeff', ''), { relax_column_count: true, skip_empty_lines: true }));
	return tables.map(({ title, said, columns: across, heads, rows: lines }) => {
		// More groups than a picture can tell apart stand below each other: "Yes · City".
		const listed = across.length === 0 && lines.every(({ label }) => label.includes(' · '));
		const from = csv.findIndex(([, second]) => second === title);
		const width = heads.slice(1).length / Math.max(1, across.length);
		const shown = (label: string, cells: readonly string[], i: number): Shown => {
			const line = csv.slice(from + 1).find(([first]) => first === label) ?? [];
			return { count: digits(cells[i * width] ?? ''), share: shareOf(line[i + 1]) };
		};
		const [code = '', name = ''] = title.split(' · ', 2);
		const sizes = [...said.matchAll(/n\s=\s([\d\s.,]*\d)/g)].flatMap((found) => digits(found[1] ?? '') ?? []);
		if (!listed) {
			const columns = across.length === 0 ? [''] : across;
			return { code, title: name, columns, sizes, rows: lines.map(({ label, cells }) => ({ label, cells: columns.map((_, i) => shown(label, cells, i)) })) };
		}
		const parts = lines.map(({ label, cells }) => ({ row: label.split(' · ')[0] ?? '', column: label.split(' · ').slice(1).join(' · '), cell: shown(label, cells, 0) }));
		const columns = [...new Set(parts.map(({ column }) => column))];
		const rows = [...Map.groupBy(parts, ({ row }) => row)].map(([label, of]) => ({ label, cells: columns.map((column) => of.find((each) => each.column === column)?.cell ?? { count: null, share: null }) }));
		return { code, title: name, columns, sizes, rows };
	});
}

const shareOf = (text: string | undefined): number | null => (text !== undefined && /^[01](\.\d+)?(e-\d+)?$/.test(text) ? Number(text) : null);

/** A question or a way of splitting as the attacker writes people down by it; `null`: she was not asked. */
type Trait = { readonly name: string; readonly section: string; readonly answers: readonly string[] };
export type Told = Range & { readonly round: string; readonly group: string };
type Group = Readonly<Record<string, string | readonly string[]>>;

/** By what everybody is written down, and asked of everybody who was asked anything. */
const everybody = 'respondent';

/**
 * Lays all figures together, round by round: writes down every kind of person there can be, and looks which small groups the published
 * numbers leave no choice about. Shares nothing with what protects them.
 */
export async function attackTogether(figures: readonly (ReadFigure & Understood)[], threshold: number): Promise<Told[]> {
	const told: Told[] = [];
	for (const round of new Set(figures.flatMap(({ rounds }) => rounds))) {
		const about = figures.filter(({ rounds }) => rounds.includes(round));
		const traits = traitsIn(about, round);
		const kinds = kindsBy(traits);
		const of = (group: Group): number[] => kinds.flatMap((kind, i) => (Object.entries(group).every(([name, answer]) => (typeof answer === 'string' ? kind[name] === answer : answer.includes(kind[name] ?? ''))) ? [i] : []));
		const published: Published[] = about.flatMap((figure) => learnedFrom(figure, round).map(({ group, value }) => ({ of: of(group), value })));
		const groups = about.flatMap((figure) => groupsOf(figure, traits));
		const unique = [...new Map(groups.map((group) => [JSON.stringify(group), group])).values()];
		const found = await toldGroups(kinds.length, published, unique.map(of), threshold);
		const names = new Map(unique.map((group) => [of(group).join(), JSON.stringify(group)]));
		told.push(...found.map(({ low, high, of: members }) => ({ low, high, round, group: names.get(members.join()) ?? '' })));
	}
	return told;
}

function traitsIn(figures: readonly (ReadFigure & Understood)[], round: string): Trait[] {
	const traits = new Map<string, { section: string; answers: Set<string> }>();
	const add = (name: string, section: string, answers: readonly string[]): void => {
		const trait = traits.get(name) ?? { section, answers: new Set() };
		for (const answer of answers) trait.answers.add(answer);
		traits.set(name, trait);
	};
	for (const figure of figures) {
		add(figure.question, figure.section, figure.rows.map(({ label }) => label));
		if (figure.split !== null) add(figure.split, everybody, columnsOf(figure, round).map(({ answer }) => answer));
	}
	return [...traits].map(([name, { section, answers }]) => ({ name, section, answers: [...answers] }));
}

/** Every kind of person: the questions of one section are asked together or not at all. */
function kindsBy(traits: readonly Trait[]): Record<string, string | null>[] {
	const sections = Map.groupBy(traits, ({ section }) => section);
	let kinds: Record<string, string | null>[] = [{}];
	for (const [section, within] of sections) {
		let answered: Record<string, string | null>[] = [{}];
		for (const { name, answers } of within) answered = answered.flatMap((kind) => answers.map((answer) => ({ ...kind, [name]: answer })));
		const options = section === everybody ? answered : [...answered, Object.fromEntries(within.map(({ name }) => [name, null]))];
		kinds = kinds.flatMap((kind) => options.map((option) => ({ ...kind, ...option })));
	}
	return kinds;
}

/** The columns of a figure that are about a round, by what they stand for. */
function columnsOf({ columns, rounds }: ReadFigure & Understood, round: string): { at: number; answer: string }[] {
	const pairs = rounds.length;
	return columns.flatMap((column, at) => {
		if (at % pairs !== rounds.indexOf(round)) return [];
		return [{ at, answer: pairs === 1 ? column : column.split(' · ').slice(0, -1).join(' · ') }];
	});
}

/** All that a figure says about a round: its cells, what its shares are of, and how many it is about. */
function learnedFrom(figure: ReadFigure & Understood, round: string): { group: Group; value: number | null }[] {
	// Whoever gave an answer that the figure leaves out is not in its base either.
	const asked: Group = { [figure.question]: figure.rows.map(({ label }) => label) };
	const columns = columnsOf(figure, round).map(({ at, answer }) => ({ at, group: figure.split === null ? {} : { [figure.split]: answer } }));
	const cells = figure.rows.flatMap(({ label, cells: row }) => columns.map(({ at, group }) => ({ group: { ...group, [figure.question]: label }, value: row[at]?.count ?? null })));
	const bases = columns.flatMap(({ at, group }) =>
		figure.rows.flatMap(({ cells: row }) => {
			const { count, share } = row[at] ?? { count: null, share: null };
			return count && share ? [{ group: { ...asked, ...group }, value: Math.round(count / share) }] : [];
		})
	);
	const size = figure.rounds.length === 1 ? figure.sizes[0] : figure.sizes.at(figure.rounds.indexOf(round) - figure.rounds.length);
	return [...cells, ...bases, ...(size === undefined ? [] : [{ group: asked, value: size }])];
}

/** The groups that a figure's question and all ways of splitting tell apart. */
function groupsOf({ question }: Understood, traits: readonly Trait[]): Group[] {
	let groups: Group[] = [{}];
	for (const { name, section, answers } of traits) {
		if (name !== question && section !== everybody) continue;
		groups = groups.flatMap((group) => [...(name === question ? [{ ...group, [name]: answers }] : [group]), ...answers.map((answer) => ({ ...group, [name]: answer }))]);
	}
	return groups;
}

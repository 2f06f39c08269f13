import { sql, type RawBuilder } from 'kysely';
import { protectMultiple, protectTable, withMargins } from '#disclosure/protect.ts';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { problem } from '#platform/problem.ts';
import type { Instrument, InstrumentQuestion } from '#xforms/instrument.ts';
import { figureCellsSchema, type Cell, type FigureCells } from './cells.ts';
import { bandLabels, byPlace, countableQuestions, instrumentLocalText, mostSeries, splittingQuestions } from './figure.ts';

/** What is counted: people of a round by their answer to a question, split by another or by place. */
export type FigureQuery = {
	readonly roundId: string;
	/** Only answers from this place and those below it. */
	readonly placeId: string | null;
	readonly measure: 'count' | 'share';
	/** XPath of the question. */
	readonly question: string;
	/** XPath of a question, `@place`, or nothing. */
	readonly split: string | null;
	/** Where the bands of a number begin, ascending. */
	readonly bands: readonly number[];
	/** Answers received later are left out. */
	readonly cutOff: Date;
};

/** A figure as counted: people who answered the question (and belong to a group of the split), exactly and as it may be shown. */
export type CountedFigure = { n: number; exact: FigureCells; shown: FigureCells; withheld: number };

type Head = { key: string; label: LocalText };
type Counts = { heads: Head[]; series: Head[]; counts: number[][]; asked: number[]; multiple: boolean };

/**
 * Counts a figure over the answers that the acting person may read (row security: a named analyst's).
 * Answers replaced by a later edit are not counted.
 * @param threshold the smallest count of people that may be shown
 * @throws Problem `figure.question-unknown`, `figure.bands-needed`, `figure.split-too-many`, `figure.too-few` (409)
 */
export async function countFigure(tx: Tx, instrument: Instrument, query: FigureQuery, threshold: number): Promise<CountedFigure> {
	const table = await count(tx, instrument, query);
	const n = table.asked.reduce((sum, people) => sum + people, 0);
	if (n < threshold) throw problem('figure.too-few', 409, { n: threshold });
	const exact = cellsOf(table, () => true, () => true);
	const shown = protectedCells(table, threshold);
	const withheld = shown.rows.flatMap((row) => row.cells).filter((cell) => typeof cell === 'string').length;
	return { n, exact: figureCellsSchema.parse(exact), shown: figureCellsSchema.parse(shown), withheld };
}

function protectedCells(table: Counts, threshold: number): FigureCells {
	const { counts, asked } = table;
	if (table.multiple) {
		const { published, asked: sizes } = protectMultiple(counts, asked, threshold);
		return cellsOf(table, (i, j) => published[i]?.[j] ?? false, (j) => sizes[j] ?? false);
	}
	const { published } = protectTable(withMargins(counts), threshold);
	return cellsOf(table, (i, j) => published[i]?.[j] ?? false, (j) => published[counts.length]?.[j] ?? false);
}

function cellsOf({ heads, series, counts, asked }: Counts, isShown: (i: number, j: number) => boolean, isSizeShown: (j: number) => boolean): FigureCells {
	const cell = (i: number, j: number): Cell => {
		if (!isShown(i, j)) return 'withheld';
		const people = counts[i]?.[j] ?? 0;
		const size = asked[j] ?? 0;
		// A share tells the size of its group as well as the count.
		return { count: people, share: isSizeShown(j) && size > 0 ? people / size : null };
	};
	return { series, rows: heads.map((head, i) => ({ ...head, cells: series.map((_, j) => cell(i, j)) })) };
}

async function count(tx: Tx, instrument: Instrument, query: FigureQuery): Promise<Counts> {
	const question = countableQuestions(instrument).find((each) => each.xpath === query.question);
	if (!question) throw problem('figure.question-unknown', 409, {}, 'question');
	const number = question.type === 'integer';
	if (number && query.bands.length === 0) throw problem('figure.bands-needed', 409, {}, 'bands');
	const multiple = question.type === 'select_multiple';
	const rows = await countRows(tx, query, question, splittingQuestions(instrument).find((each) => each.xpath === query.split));
	const heads = headsOf(instrument, question, query.bands, rows.map((row) => row.answer));
	const series = await seriesOf(tx, instrument, query, [...new Set(rows.map((row) => row.series))]);
	const at = (answer: string | null, key: string): number => rows.find((row) => row.answer === answer && row.series === key)?.people ?? 0;
	return {
		heads,
		series,
		multiple,
		counts: heads.map((head) => series.map(({ key }) => at(head.key, key))),
		asked: series.map(({ key }) => at(null, key))
	};
}

type CountRow = { answer: string | null; series: string; people: number };

/**
 * An answer if it stands on the form, or `@other`: what was sent may be anything, and its text is nobody's category. Blank stays blank.
 */
function listed(said: RawBuilder<unknown>, question: InstrumentQuestion | undefined): RawBuilder<unknown> {
	const names = (question?.choices ?? []).map((choice) => choice.name);
	return sql`case when ${said} = '' then '' when ${said} is null then null when ${said} = any(${names}::text[]) then ${said} else '@other' end`;
}

/** One statement: people by answer and group, and by group alone (`answer` null). */
async function countRows(tx: Tx, query: FigureQuery, asked: InstrumentQuestion, splitBy: InstrumentQuestion | undefined): Promise<CountRow[]> {
	const multiple = asked.type === 'select_multiple';
	const number = asked.type === 'integer';
	const { roundId, placeId, question, split, bands, cutOff } = query;
	const said = sql`btrim(s.answers ->> ${question}::text)`;
	const group = split === null ? sql`''` : split === byPlace ? sql`s.place_id::text` : listed(sql`btrim(s.answers ->> ${split}::text)`, splitBy);
	const category = number ? sql`width_bucket(a.said::numeric, ${[...bands]}::numeric[])::text` : listed(sql`a.said`, asked);
	const valid = number ? sql`and ${said} ~ '^[+-]?[0-9]{1,15}$'` : sql``;
	const each = multiple ? sql`cross join lateral (select distinct ${listed(sql`word`, asked)} as answer from regexp_split_to_table(a.said, '\\s+') word) c` : sql`cross join lateral (select ${category} as answer) c`;
	const here = placeId === null ? sql`` : sql`and s.place_id in (select p.id from network.place p where p.path <@ (select top.path from network.place top where top.id = ${placeId}))`;
	const { rows } = await sql<{ answer: string | null; series: string; people: string }>`
		with a as materialized (
			select s.id, ${said} as said, ${group} as series from assessment.submission s
			where s.round_id = ${roundId} and s.superseded_by is null and s.review_state <> 'rejected' and s.received_at <= ${cutOff}
				and ${said} <> '' ${valid} and ${group} is not null ${split === null ? sql`` : sql`and ${group} <> ''`} ${here}
		)
		select null as answer, series, count(*) as people from a group by series
		union all
		select c.answer, a.series, count(*) as people from a ${each} group by c.answer, a.series`.execute(tx);
	return rows.map((row) => ({ ...row, people: Number(row.people) }));
}

const notListed: LocalText = { uz: 'roʻyxatda yoʻq', ru: 'нет в списке', kaa: 'dizimde joq', en: 'not on the list' };

/** The answers in the order of the form, and last what does not stand on it. */
function headsOf(instrument: Instrument, question: InstrumentQuestion, bands: readonly number[], sent: readonly (string | null)[]): Head[] {
	if (question.type === 'integer') return bandLabels(bands).map((label, i) => ({ key: String(i), label: { uz: label, ru: label, kaa: label, en: label } }));
	const heads = (question.choices ?? []).map((choice) => ({ key: choice.name, label: instrumentLocalText(choice.labels, instrument.defaultLanguage, choice.name) }));
	return sent.includes('@other') ? [...heads, { key: '@other', label: notListed }] : heads;
}

async function seriesOf(tx: Tx, instrument: Instrument, { split }: FigureQuery, found: readonly string[]): Promise<Head[]> {
	if (split === null) return [{ key: '', label: {} }];
	if (split !== byPlace) {
		const question = splittingQuestions(instrument).find((each) => each.xpath === split);
		if (!question) throw problem('figure.question-unknown', 409, {}, 'split');
		const heads = headsOf(instrument, question, [], found);
		if (heads.length > mostSeries) throw problem('figure.split-too-many', 409, { most: mostSeries }, 'split');
		return heads;
	}
	if (found.length > mostSeries) throw problem('figure.split-too-many', 409, { most: mostSeries }, 'split');
	if (found.length === 0) return [{ key: '', label: {} }];
	const places = await tx.selectFrom('network.place').select(['id', 'name']).where('id', 'in', [...found]).orderBy('search').orderBy('id').execute();
	return places.map(({ id, name }) => ({ key: id, label: name }));
}

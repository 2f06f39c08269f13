import type { z } from 'zod';
import { isId } from '#platform/ids.ts';
import { measures, querySchema, queryVersion, type Condition, type Query, type Split } from './query.ts';

/** One line of the filter: about a question, a place or a day; joined to the line before by "or", else by "and". */
export type FilterLine = { readonly about: string; readonly is: readonly string[]; readonly from: string; readonly to: string; readonly not: boolean; readonly or: boolean };

/** A figure in the making, as it stands in the address: it works without script, and the link shows the same again. */
export type Draft = {
	readonly of: string;
	readonly measure: string;
	readonly bands: string;
	readonly any: readonly string[];
	readonly refused: readonly string[];
	readonly base: string;
	readonly splits: readonly { readonly by: string; readonly bands: string }[];
	readonly weight: string;
	readonly place: string;
	readonly compare: string;
	readonly lines: readonly FilterLine[];
	/** Whether refusals have been looked at: else the likely ones are proposed. */
	readonly looked: boolean;
};

/** Filter lines at most. */
export const mostLines = 8;
export const aboutPlace = '@place';
export const aboutDay = '@received';

const short = (text: string | null): string => (text ?? '').slice(0, 1000);

/** Reads a draft from an address; whatever makes no sense there counts as not said. */
export function readDraft(params: URLSearchParams): Draft {
	const one = (name: string): string => short(params.get(name));
	const list = (name: string): string[] => params.getAll(name).filter((text) => text !== '').slice(0, 500);
	const lines = Array.from({ length: mostLines }, (_, i): FilterLine => {
		const name = `f${i + 1}`;
		return { about: one(name), is: list(`${name}is`), from: one(`${name}from`), to: one(`${name}to`), not: one(`${name}not`) === '1', or: one(`${name}or`) === '1' };
	}).filter((line) => line.about !== '');
	return {
		of: one('of'),
		measure: one('measure') === '' ? 'share' : one('measure'),
		bands: one('bands'),
		any: list('any'),
		refused: list('refused'),
		base: one('base') === 'asked' ? 'asked' : 'answered',
		splits: [1, 2].map((i) => ({ by: one(`split${i}`), bands: one(`split${i}bands`) })),
		weight: one('weight'),
		place: isId(one('place')) ? one('place') : '',
		compare: isId(one('compare')) ? one('compare') : '',
		lines,
		looked: one('looked') === '1'
	};
}

/** Numbers written one after the other; decimals with a point. */
const numbers = (text: string): number[] => text.split(/[\s,;]+/).filter((part) => part !== '').map(Number);

function splitOf({ by, bands }: Draft['splits'][number]): Split | null {
	if (by === '') return null;
	if (by === '@region' || by === '@district') return { by: 'place', level: by === '@region' ? 'region' : 'district' };
	if (by === '@place') return { by: 'place', level: 'exact' };
	return by === '@month' ? { by: 'month' } : { by: 'answer', path: by, bands: numbers(bands) };
}

/** What a filter line asks; null while it is not filled in. `numbers`: paths answered by a number, and by a day. */
function conditionOf(line: FilterLine, kind: (path: string) => string | undefined): Condition | null {
	const inner = plainCondition(line, kind(line.about));
	return inner && line.not ? { not: inner } : inner;
}

function plainCondition({ about, is, from, to }: FilterLine, kind: string | undefined): Condition | null {
	if (about === aboutPlace) return is.length === 0 ? null : { places: [...is] };
	if (about === aboutDay) return from === '' && to === '' ? null : { ...(from === '' ? {} : { receivedFrom: from }), ...(to === '' ? {} : { receivedTo: to }) };
	if (kind === 'choice' || kind === 'choices') return is.length === 0 ? null : { answer: about, is: [...is] };
	if (kind === 'number' || kind === 'date') {
		const said = (text: string): number => (kind === 'number' ? Number(text) : Date.parse(text) / 86_400_000);
		return from === '' && to === '' ? null : { answer: about, ...(from === '' ? {} : { from: said(from) }), ...(to === '' ? {} : { to: said(to) }) };
	}
	return kind === undefined ? null : { answered: about };
}

/** Lines joined by "or" make one group; all groups have to hold. */
export function conditionFrom(lines: readonly FilterLine[], kind: (path: string) => string | undefined): Condition | null {
	const groups: Condition[][] = [];
	for (const line of lines) {
		const condition = conditionOf(line, kind);
		if (condition === null) continue;
		if (line.or && groups.length > 0) groups.at(-1)?.push(condition);
		else groups.push([condition]);
	}
	const all = groups.map((group): Condition => (group.length === 1 && group[0] ? group[0] : { any: group }));
	return all.length === 0 ? null : all.length === 1 && all[0] ? all[0] : { all };
}

/** The query of a draft, or what does not fit in it. */
export function draftQuery(draft: Draft, roundId: string, kind: (path: string) => string | undefined): z.ZodSafeParseResult<Query> {
	const measure = measures.find((each) => each === draft.measure) ?? 'share';
	const of = kind(draft.of);
	const counts = measure === 'count' || measure === 'share';
	const listed = of === 'choice' || of === 'choices';
	return querySchema.safeParse({
		v: queryVersion,
		roundId,
		measure,
		of: draft.of,
		bands: counts && of === 'number' ? numbers(draft.bands) : [],
		anyOf: listed && draft.any.length > 0 ? draft.any : null,
		refused: listed ? draft.refused : [],
		base: draft.base,
		splits: draft.splits.map(splitOf).filter((split) => split !== null),
		where: conditionFrom(draft.lines, kind),
		weight: draft.weight === '' ? null : draft.weight
	});
}

const splitParams = (split: Split): { by: string; bands: string } => {
	if (split.by === 'month') return { by: '@month', bands: '' };
	if (split.by === 'place') return { by: split.level === 'exact' ? '@place' : `@${split.level}`, bands: '' };
	return { by: split.path, bands: split.bands.join(', ') };
};

/** The address of a draft that comes to this query: for changing a saved figure. */
export function draftParams(query: Query, placeId: string | null, comparedRoundId: string | null, kind: (path: string) => string | undefined): URLSearchParams {
	const params = new URLSearchParams({ of: query.of, measure: query.measure, base: query.base, looked: '1' });
	const set = (name: string, value: string | null): void => {
		if (value !== null && value !== '') params.set(name, value);
	};
	set('bands', query.bands.join(', '));
	for (const key of query.anyOf ?? []) params.append('any', key);
	for (const key of query.refused) params.append('refused', key);
	query.splits.forEach((split, i) => {
		const { by, bands } = splitParams(split);
		set(`split${i + 1}`, by);
		set(`split${i + 1}bands`, bands);
	});
	set('weight', query.weight);
	set('place', placeId);
	set('compare', comparedRoundId);
	let line = 0;
	for (const group of query.where === null ? [] : 'all' in query.where ? query.where.all : [query.where]) {
		for (const [i, each] of ('any' in group ? group.any : [group]).entries()) {
			line += 1;
			addLine(params, `f${line}`, each, kind);
			if (i > 0) params.set(`f${line}or`, '1');
		}
	}
	return params;
}

function addLine(params: URLSearchParams, name: string, condition: Condition, kind: (path: string) => string | undefined): void {
	if ('not' in condition) {
		params.set(`${name}not`, '1');
		addLine(params, name, condition.not, kind);
	} else if ('places' in condition) {
		params.set(name, aboutPlace);
		for (const place of condition.places) params.append(`${name}is`, place);
	} else if ('answer' in condition) {
		params.set(name, condition.answer);
		if ('is' in condition) for (const key of condition.is) params.append(`${name}is`, key);
		else {
			const said = (value: number): string => (kind(condition.answer) === 'date' ? new Date(value * 86_400_000).toISOString().slice(0, 10) : String(value));
			if (condition.from !== undefined) params.set(`${name}from`, said(condition.from));
			if (condition.to !== undefined) params.set(`${name}to`, said(condition.to));
		}
	} else if ('answered' in condition) params.set(name, condition.answered);
	else if (!('all' in condition) && !('any' in condition)) {
		params.set(name, aboutDay);
		if (condition.receivedFrom !== undefined) params.set(`${name}from`, condition.receivedFrom);
		if (condition.receivedTo !== undefined) params.set(`${name}to`, condition.receivedTo);
	}
}

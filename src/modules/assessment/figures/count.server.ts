import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { problem } from '#platform/problem.ts';
import { instrumentSchema, type Instrument } from '#xforms/instrument.ts';
import { slabsOf } from './blocks.server.ts';
import { isAverage, mostGroups, pathsOf, type Condition, type Query } from './query.ts';
import type { Recode } from './mapping.ts';
import { resultOf, type Counted, type Sampling } from './result.ts';
import { samplingSchema } from './sampling.ts';
import { startTally, tallySlab, type Tally } from './tally.ts';
import { isAround, variablesOf, type Variable } from './variables.ts';

/** What a round's figures are counted with. */
export type Basis = {
	readonly roundId: string;
	readonly programmeId: string;
	readonly versionId: string;
	readonly timeZone: string;
	readonly instrument: Instrument;
	readonly variables: readonly Variable[];
	readonly unit: 'people' | 'survivors';
	readonly threshold: number;
	readonly sampling: Sampling | null;
};

/** @throws Problem `not-found` through the caller's permit; the round is expected to be there */
export async function basisOf(tx: Tx, roundId: string): Promise<Basis> {
	const found = await tx
		.selectFrom('assessment.round as r')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.innerJoin('network.programme as p', 'p.id', 'r.programmeId')
		.leftJoin('assessment.roundSampling as s', 's.roundId', 'r.id')
		.select(['r.unit', 'r.programmeId', 'v.id as versionId', 'v.model', 'p.thresholdPeople', 'p.thresholdSurvivors', 'p.timeZone', 's.design', 's.population'])
		.where('r.id', '=', roundId)
		.executeTakeFirstOrThrow();
	const { unit, programmeId, versionId, timeZone, thresholdPeople, thresholdSurvivors, design, population } = found;
	const instrument = instrumentSchema.parse(found.model);
	const sampling = design === null ? null : samplingSchema.parse({ design, population });
	const survivors = unit === 'survivors';
	return {
		roundId, programmeId, versionId, timeZone, instrument, sampling,
		variables: variablesOf(instrument),
		unit: survivors ? 'survivors' : 'people',
		threshold: survivors ? thresholdSurvivors : thresholdPeople
	};
}

/**
 * Holds a query against the instrument it is about.
 * @throws Problem `figure.question-unknown`, `figure.measure-unfit`, `figure.bands-needed`, `figure.split-unfit`, `figure.weight-unfit` (409)
 */
export function checkQuery(query: Query, variables: readonly Variable[]): Variable {
	const byPath = new Map(variables.map((each) => [each.path, each]));
	const of = byPath.get(query.of);
	if (!of) throw problem('figure.question-unknown', 409, {}, 'of');
	if (pathsOf(query).some((path) => !byPath.has(path))) throw problem('figure.question-unknown', 409, {}, 'of');
	if (isAverage(query.measure) ? of.kind !== 'number' : of.kind === 'date') throw problem('figure.measure-unfit', 409, {}, 'measure');
	if (!isAverage(query.measure) && of.kind === 'number' && query.bands.length === 0) throw problem('figure.bands-needed', 409, {}, 'bands');
	if (query.anyOf !== null && of.kind !== 'choice' && of.kind !== 'choices') throw problem('figure.measure-unfit', 409, {}, 'anyOf');
	for (const [i, split] of query.splits.entries()) {
		if (split.by !== 'answer') continue;
		const variable = byPath.get(split.path);
		const fits = variable && isAround(of, variable) && (variable.kind === 'choice' || (variable.kind === 'number' && split.bands.length > 0));
		if (!fits) throw problem('figure.split-unfit', 409, {}, `split${i + 1}`);
	}
	if (query.weight !== null) {
		const weight = byPath.get(query.weight);
		const weighed = query.measure === 'share' || query.measure === 'mean';
		if (!weight || weight.kind !== 'number' || !isAround(of, weight) || !weighed) throw problem('figure.weight-unfit', 409, {}, 'weight');
	}
	return of;
}

/** What a comparison adds: choices counted as categories, groups that only the other round has. */
export type Beside = { readonly recodes?: ReadonlyMap<string, Recode>; readonly alsoFound?: readonly (readonly string[])[] };

export type Tallied = { readonly counted: Counted; readonly tally: Tally; readonly variable: Variable; readonly submissions: number };

type Place = { id: string; path: string; kind: string; name: LocalText };

/**
 * Counts a figure over the answers that the acting person may read (row security: a named analyst's): those that count and
 * were received up to the cut-off.
 * @throws Problem what {@link checkQuery} refuses, and `figure.split-too-many` (409)
 */
export async function countQuery(tx: Tx, basis: Basis, query: Query, cutOff: Date, beside: Beside = {}): Promise<Tallied> {
	const of = checkQuery(query, basis.variables);
	const places = await tx.selectFrom('network.place').select(['id', 'path', 'kind', 'name']).where('programmeId', '=', basis.programmeId).orderBy('search').orderBy('id').execute();
	const variables = new Map(basis.variables.map((each) => [each.path, each]));
	const ground = { variables, cutOff: cutOff.getTime(), dayOf: dayIn(basis.timeZone), ...placesGround(places), ...beside };
	const tally = startTally();
	let submissions = 0;
	const paths = pathsOf(query);
	const needed = basis.variables.filter((each) => paths.includes(each.path));
	const wanted = { roundId: basis.roundId, all: basis.variables, needed, cutOff: cutOff.getTime(), byDay: query.splits.some((split) => split.by === 'month') || asksDay(query.where) };
	for await (const slab of slabsOf(tx, wanted)) {
		tallySlab(tally, slab, query, of, ground);
		submissions += slab.places.length - slab.holes.size;
		if (tally.groups.size > mostGroups) throw problem('figure.split-too-many', 409, { most: mostGroups }, 'split1');
	}
	const counted = resultOf(tally, { ...basis, variables, query, places, submissions, ...beside });
	if (counted.exact.series.length > mostGroups) throw problem('figure.split-too-many', 409, { most: mostGroups }, 'split1');
	return { counted, tally, variable: of, submissions };
}

function asksDay(condition: Condition | null): boolean {
	if (condition === null) return false;
	if ('all' in condition) return condition.all.some(asksDay);
	if ('any' in condition) return condition.any.some(asksDay);
	if ('not' in condition) return asksDay(condition.not);
	return 'receivedFrom' in condition || 'receivedTo' in condition;
}

/** Calendar days in a time zone; the same hour is asked for over and over. */
function dayIn(timeZone: string): (milliseconds: number) => string {
	const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
	const known = new Map<number, string>();
	// Time zones differ from each other by whole quarters of an hour.
	return (milliseconds) => {
		const quarter = Math.floor(milliseconds / 900_000);
		const day = known.get(quarter) ?? format.format(quarter * 900_000);
		known.set(quarter, day);
		return day;
	};
}

function placesGround(places: readonly Place[]) {
	const byId = new Map(places.map((place) => [place.id, place]));
	const byLabel = new Map(places.map((place) => [place.id.replaceAll('-', ''), place]));
	const above = (id: string | null): Place[] => (id === null ? [] : (byId.get(id)?.path.split('.') ?? []).flatMap((label) => byLabel.get(label) ?? []));
	return {
		isWithin: (id: string | null, wanted: readonly string[]) => above(id).some((place) => wanted.includes(place.id)),
		placeAt: (id: string | null, level: 'region' | 'district' | 'exact') => (level === 'exact' ? id : (above(id).find((place) => place.kind === level)?.id ?? null))
	};
}

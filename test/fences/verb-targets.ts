import type { Row } from './oracle.ts';
import type { World } from './query-world.ts';
import type { Wanted } from './verbs.ts';

/** What a permit is asked for, and the row it is about. */
export type Target = {
	readonly given: unknown;
	readonly table: string;
	readonly row: Row;
	readonly place: unknown;
	/** The organisation for which the role must be held. */
	readonly organisation?: unknown;
	/** Further rows of the same table that it acts on. */
	readonly beside?: readonly Row[];
};

/** How many records of a table each verb is tried on. */
const most = 8;

/** What a verb is tried on in a world: what its permit is given for records of its table, or for programmes and places in them. */
export function targets(world: World, { on, as }: Wanted): Target[] {
	const all = (table: string): readonly Row[] => world.rows.get(table) ?? [];
	if (as === 'in-programme') return inProgrammes(world, all);
	const rows = all(on).slice(0, most);
	if (as === 'gaps-into-gap') return rows.flatMap((row) => merges(all(on), row));
	if (as === 'gap-and-organisation') return rows.flatMap((row) => spokenFor(all('network.organisation'), row));
	return rows.map((row) => {
		const id = row['id'];
		const programmeId = on === 'network.programme' ? id : row['programme_id'];
		const given =
			as === 'programme-and-round' ? { programmeId, roundId: id } : as === 'programme-and-list' ? { programmeId, listId: id } : as === 'round-and-place' ? { roundId: id, placeId: null } : as === 'programme-and-person' ? { programmeId, personId: row['person_id'] } : as === 'beside-interview' ? { programmeId, roundId: row['round_id'] } : id;
		return { given, table: on, row: { ...row, programme_id: programmeId }, place: placeOf(all, on, row) };
	});
}

type All = (table: string) => readonly Row[];

/** All of each programme, and two places in it. */
const inProgrammes = ({ cast }: World, all: All): Target[] =>
	cast.programmes.flatMap((programmeId) => {
		const row = all('network.programme').find(({ id }) => id === programmeId) ?? {};
		const places = all('network.place').filter((place) => place['programme_id'] === programmeId);
		return [null, places[1]?.['id'] ?? null, places[3]?.['id'] ?? null].map((placeId) => ({ given: { programmeId, placeId }, table: 'network.programme', row: { ...row, programme_id: programmeId }, place: placeId }));
	});

/** A passage is where its interview was held. */
function placeOf(all: All, table: string, row: Row): unknown {
	if (table !== 'assessment.segment') return row['place_id'] ?? null;
	const coding = all('assessment.coding').find(({ id }) => id === row['coding_id']);
	return all('assessment.interview').find(({ id }) => id === coding?.['interview_id'])?.['place_id'] ?? null;
}

/** Nothing yet, each other gap of the programme, all of them, and one of another programme. Gaps at several places concern all of the programme. */
function merges(gaps: readonly Row[], into: Row): Target[] {
	const isOwn = (gap: Row): boolean => gap['programme_id'] === into['programme_id'];
	const others = gaps.filter((gap) => isOwn(gap) && gap['id'] !== into['id']);
	const far = gaps.filter((gap) => !isOwn(gap));
	return [[], ...others.map((gap) => [gap]), others, far.slice(0, 1)].map((beside) => ({
		given: { into: into['id'], from: beside.map(({ id }) => id) }, table: 'gaps.gap', row: into, beside,
		place: beside.every((gap) => gap['place_id'] === into['place_id']) ? into['place_id'] : null
	}));
}

/** Each organisation of the gap's programme, and one of another. */
function spokenFor(organisations: readonly Row[], gap: Row): Target[] {
	const isOwn = (organisation: Row): boolean => organisation['programme_id'] === gap['programme_id'];
	return [...organisations.filter(isOwn).slice(0, 3), ...organisations.filter((each) => !isOwn(each)).slice(0, 1)].map(({ id: organisation }) => ({
		given: { gapId: gap['id'], organisationId: organisation }, table: 'gaps.gap', row: gap, place: gap['place_id'], organisation
	}));
}

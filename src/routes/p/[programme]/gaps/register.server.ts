import type { Tx } from '#platform/database.server.ts';
import { codeOf } from '#platform/codes.ts';
import { localText, type Locale } from '#platform/locales.ts';
import { fold } from '#platform/search-fold.ts';
import { today } from '#platform/today.ts';
import { barriers, gapStates, groups } from '#modules/gaps/gap.ts';
import { components, type Weights } from '#modules/gaps/ranking/priority-of-gap.ts';
import { readRegister, type RegisterRow } from '#modules/gaps/ranking/queries.server.ts';
import type { ProgrammeFacts } from '#modules/network/queries.server.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { m } from '#paraglide/messages.js';
import { recordPath } from '#thread/paths.ts';
import { levelWord } from '#modules/assessment/strength/ui/words.ts';
import { formatNumber } from '#ui/format.ts';
import { readTableQuery, type TableQuery } from '#ui/table.ts';
import { barrierWord } from '../barriers.ts';
import { stateWord } from '../[records]/words.ts';
import { endorsedText, endorsedTone, groupWord, holdsText, peopleText, placeText, priorityText } from './words.ts';

/** The columns of the register. */
export const registerColumns = () => [
	{ key: 'title', label: m.thread_column_title(), sortable: true, always: true },
	{ key: 'rank', label: m.gaps_column_rank(), sortable: true, numeric: true },
	{ key: 'priority', label: m.gaps_priority(), sortable: true, numeric: true },
	{ key: 'severity', label: m.gaps_severity(), sortable: true, numeric: true },
	{ key: 'people', label: m.gaps_people_short(), sortable: true, numeric: true },
	{ key: 'strength', label: m.gaps_strength_short(), sortable: true },
	{ key: 'feasibility', label: m.gaps_feasibility(), sortable: true, numeric: true },
	{ key: 'holds', label: m.gaps_column_holds(), sortable: true },
	{ key: 'endorsed', label: m.gaps_column_endorsed(), sortable: true },
	{ key: 'state', label: m.thread_column_state(), sortable: true },
	{ key: 'code', label: m.thread_column_code(), sortable: true, hidden: true },
	{ key: 'place', label: m.thread_field_place(), sortable: true, hidden: true },
	{ key: 'barrier', label: m.gaps_field_barrier(), sortable: true, hidden: true },
	{ key: 'groups', label: m.gaps_field_groups(), hidden: true }
];

const endorsements = ['both', 'civil_society', 'authority', 'nobody', 'dissent'] as const;

/** What the register is narrowed to; everything as it stands in the address. */
export function filtersOf(url: URL) {
	const get = <T extends string>(name: string, known: readonly T[]): T | '' => known.find((each) => each === url.searchParams.get(name)) ?? '';
	return {
		place: url.searchParams.get('place') ?? '',
		state: get('state', gapStates),
		barrier: get('barrier', barriers),
		group: get('group', groups),
		endorsed: get('endorsed', endorsements)
	};
}
export type Filters = ReturnType<typeof filtersOf>;

/** Weights as the address tries them, `w=1,2,1,1`: severity, people, strength, feasibility. */
export function triedWeights(url: URL): Weights | undefined {
	const told = url.searchParams.get('w')?.split(',').map(Number) ?? [];
	if (told.length !== components.length || told.some((weight) => !(weight >= 0.1 && weight <= 5))) return undefined;
	const [severity = 1, people = 1, strength = 1, feasibility = 1] = told;
	return { severity, people, strength, feasibility };
}

/** In the register now, or a draft on its way in: what a list without a word about the state is a list of. */
const inRegister = (row: RegisterRow): boolean => !['merged', 'split', 'withdrawn'].includes(row.state);

function passes(row: RegisterRow, filters: Filters, search: string, top: string | undefined): boolean {
	if (filters.place && !(top !== undefined && row.placePath?.split('.').includes(top))) return false;
	// Without a word about the state: what is in the register now, and drafts on their way in.
	if (filters.state ? row.state !== filters.state : !inRegister(row)) return false;
	if (filters.barrier && row.barrier !== filters.barrier) return false;
	if (filters.group && !row.groups.includes(filters.group)) return false;
	if (filters.endorsed && (filters.endorsed === 'dissent' ? row.endorsed.dissents === 0 : row.endorsed.by !== filters.endorsed)) return false;
	return fold(search).split(' ').filter(Boolean).every((word) => row.search.includes(word));
}

const sorts: Record<string, (row: RegisterRow) => number | string | null> = {
	title: (row) => row.search,
	rank: (row) => row.rank?.first ?? null,
	priority: (row) => row.rank?.priority ?? null,
	severity: (row) => row.weighed.severity,
	people: (row) => row.weighed.scores.people,
	strength: (row) => row.weighed.strength.value,
	feasibility: (row) => row.weighed.feasibility,
	holds: (row) => row.rank?.holds ?? null,
	endorsed: (row) => ['nobody', 'authority', 'civil_society', 'both'].indexOf(row.endorsed.by),
	state: (row) => row.state,
	code: (row) => row.number,
	place: (row) => row.placePath,
	barrier: (row) => row.barrier
};

/** Sorted by a column; what has no value there comes last either way, and equals stand by their number. */
function sorted(rows: readonly RegisterRow[], { sort }: TableQuery): RegisterRow[] {
	const key = sorts[sort?.key ?? 'rank'] ?? sorts['rank'];
	const direction = sort?.descending ? -1 : 1;
	return [...rows].sort((a, b) => {
		const [left, right] = [key?.(a) ?? null, key?.(b) ?? null];
		if (left === null || right === null) return left === right ? a.number - b.number : left === null ? 1 : -1;
		const order = typeof left === 'string' || typeof right === 'string' ? String(left).localeCompare(String(right)) : left - right;
		return direction * order || a.number - b.number;
	});
}

/** The rows of the register as the address asks for them, all of them; the page cuts. */
export async function register(tx: Tx, programme: ProgrammeFacts, url: URL) {
	const query = readTableQuery(url, registerColumns(), { pageSize: 25, sort: 'rank' });
	const filters = filtersOf(url);
	const all = await readRegister(tx, programme.id, today(programme.timeZone), triedWeights(url));
	const top = filters.place.replaceAll('-', '') || undefined;
	const found = sorted(all.filter((row) => passes(row, filters, query.search, top)), query);
	return { query, filters, all, found, total: filters.state ? all.length : all.filter(inRegister).length, endorsements };
}

/** A row in the reader's words; cells by column. */
export function registerRow(row: RegisterRow, programmeId: string, locale: Locale) {
	const { weighed, rank } = row;
	const number = (value: number | null, digits = 1): string => (value === null ? '–' : formatNumber(value, locale, digits));
	const title = localText(row.title, locale);
	return {
		id: row.id,
		code: codeOf('gap', row.number),
		href: localizeHref(recordPath(programmeId, 'gap', row.id)),
		lang: title.locale,
		state: row.state,
		reopened: row.reopened,
		endorsed: { tone: endorsedTone(row.endorsed) },
		cells: {
			title: title.text,
			rank: rank ? placeText(rank, locale) : '–',
			priority: rank ? priorityText(rank, locale) : '–',
			severity: number(weighed.severity),
			people: peopleText(weighed, locale),
			strength: levelWord(weighed.strength.level),
			feasibility: number(weighed.feasibility),
			holds: rank ? holdsText(rank, locale) : row.state === 'open' ? m.gaps_not_ranked_short() : '–',
			endorsed: endorsedText(row.endorsed, locale),
			state: row.reopened ? m.gaps_reopened_short() : stateWord(row.state),
			code: codeOf('gap', row.number),
			place: row.placeName ? localText(row.placeName, locale).text : row.placeId ? '–' : m.thread_whole_programme(),
			barrier: barrierWord(row.barrier),
			groups: row.groups.map(groupWord).join(', ')
		}
	};
}

import { localizeHref } from '#paraglide/runtime.js';
import { m } from '#paraglide/messages.js';
import { localText } from '#platform/locales.ts';
import { codeOf } from '#platform/numbers.server.ts';
import type { ListedRecord, ListFilter } from '#platform/record-list.server.ts';
import { recordPath } from '#thread/paths.ts';
import { formatDay } from '#ui/format.ts';
import { readTableQuery, type TableQuery } from '#ui/table.ts';
import type { Desk, Place } from './desks/desk.server.ts';
import { stateWord } from './words.ts';

/** A column of a list of records. */
type ListColumn = { key: string; label: string; sortable: boolean; hidden: boolean; always: boolean };

/** The columns a desk's list has: those its records know of. */
export function listColumns(desk: Desk): ListColumn[] {
	const { organisation, day, detail } = desk.words;
	const column = (key: string, label: string | undefined, more: Partial<ListColumn> = {}): ListColumn[] =>
		label === undefined ? [] : [{ key, label, sortable: true, hidden: false, always: false, ...more }];
	return [
		...column('title', m.thread_column_title(), { always: true }),
		...column('code', m.thread_column_code()),
		...column('place', m.thread_field_place()),
		...column('detail', detail?.()),
		...column('organisation', organisation?.()),
		...column('day', day?.()),
		...column('state', m.thread_column_state())
	];
}

export const tableQuery = (desk: Desk, url: URL): TableQuery => readTableQuery(url, listColumns(desk), { pageSize: 25, sort: '-code' });

/** What the address narrows the list to. */
export function filterOf(desk: Desk, url: URL, query: TableQuery): ListFilter {
	const get = (name: string): string | undefined => url.searchParams.get(name) || undefined;
	const state = get('state');
	const detail = get('detail');
	return {
		search: query.search,
		place: get('place'),
		state: state && desk.states.includes(state) ? state : undefined,
		organisation: get('organisation'),
		detail: desk.details?.some((each) => each.value === detail) ? detail : undefined,
		sort: query.sort,
		offset: query.offset,
		pageSize: query.pageSize
	};
}

/** A row in the reader's words; cells by column. */
export type ListRow = { id: string; href: string; state: string; cells: Record<string, string> };

/** Writes a row in the reader's words. */
export function listRow(desk: Desk, { programmeId, locale, timeZone }: Place, row: ListedRecord): ListRow {
	return {
		id: row.id,
		href: localizeHref(recordPath(programmeId, desk.kind, row.id)),
		state: row.state,
		cells: {
			title: localText(row.title, locale).text,
			code: codeOf(desk.kind, row.number),
			place: row.placeName ? localText(row.placeName, locale).text : row.placeId ? '–' : m.thread_whole_programme(),
			detail: desk.details?.find((each) => each.value === row.detail)?.label() ?? '',
			organisation: row.organisationName ? localText(row.organisationName, locale).text : '',
			day: row.day ? formatDay(row.day, locale, timeZone) : '',
			state: stateWord(row.state)
		}
	};
}

import { z } from 'zod';
import { problem } from '#platform/problem.ts';
import type { EntitySet } from './edm.ts';
import { findProperty, malformed, parseFilter, unsupported, type Condition } from './filter.ts';

/** Where a page begins: after which submission, of what was there when the first page was asked for. */
export const cursorSchema = z.strictObject({
	/** Moment and id of the last submission handed over. */
	at: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/),
	id: z.uuid(),
	/** Nothing that came later is handed over. */
	until: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/),
	/** How many of `$top` are left, and how many were handed over. */
	left: z.int().min(0).nullable(),
	done: z.int().min(0)
});
export type Cursor = z.output<typeof cursorSchema>;

/** What a request asks for. */
export type Asked = {
	readonly top: number | null;
	readonly skip: number;
	readonly count: boolean;
	readonly filter: Condition | null;
	readonly descending: boolean;
	/** Names of properties wanted; null: all. */
	readonly select: ReadonlySet<string> | null;
	/** Names of repeats to be put inside; `all`: every one, and what is inside it. */
	readonly expand: ReadonlySet<string> | 'all' | null;
	readonly cursor: Cursor | null;
	/** Entities of a page. */
	readonly page: number;
};

/** Entities of a page at first, and at most when a client asks for another size. */
export const pageSize = 500;
const mostOfPage = 5000;
/** Entities that may be skipped: beyond, a client follows `@odata.nextLink`. */
const mostSkipped = 1_000_000;

const ours = new Set(['$top', '$skip', '$count', '$filter', '$select', '$orderby', '$expand', '$skiptoken', '$format']);

/** Reads the query of a request. @throws Problem `odata.malformed` (400), `odata.unknown-property` (400), `odata.not-supported` (501) */
export function optionsOf(query: URLSearchParams, set: EntitySet, prefer: string | undefined): Asked {
	const seen = new Set<string>();
	for (const name of query.keys()) {
		if (!name.startsWith('$')) continue;
		if (!ours.has(name)) throw unsupported(name);
		if (seen.has(name)) throw malformed(name);
		seen.add(name);
	}
	const text = (name: string): string | null => query.get(`$${name}`);
	format(text('format'));
	const filter = text('filter');
	return {
		top: whole(text('top'), '$top'),
		skip: skipped(text('skip')),
		count: truth(text('count')),
		filter: filter === null ? null : parseFilter(filter, set),
		descending: orderOf(text('orderby'), set),
		select: selectOf(text('select'), set),
		expand: expandOf(text('expand'), set),
		cursor: cursorOf(text('skiptoken')),
		page: sizeOf(prefer)
	};
}

function whole(text: string | null, name: string): number | null {
	if (text === null) return null;
	if (!/^\d{1,9}$/.test(text)) throw malformed(name);
	return Number(text);
}

function skipped(text: string | null): number {
	const count = whole(text, '$skip') ?? 0;
	if (count > mostSkipped) throw malformed('$skip');
	return count;
}

function truth(text: string | null): boolean {
	if (text === null || text === 'false') return false;
	if (text === 'true') return true;
	throw malformed('$count');
}

function format(text: string | null): void {
	if (text === null || /^(json|application\/json(;odata\.(metadata=minimal|streaming=(true|false)))*)$/.test(text)) return;
	throw unsupported(`$format=${text}`);
}

/** Submissions go in the order of their coming, or the other way round. */
function orderOf(text: string | null, set: EntitySet): boolean {
	if (text === null) return false;
	const found = /^\s*([^\s,]+)(?:\s+(asc|desc))?\s*$/.exec(text);
	if (!found) throw text.includes(',') ? unsupported('$orderby') : malformed('$orderby');
	const [, path = '', direction] = found;
	if (findProperty(set, path) === undefined) throw problem('odata.unknown-property', 400, { name: path.slice(0, 80) });
	if (path !== '__system/submissionDate') throw unsupported(`$orderby=${path}`);
	return direction === 'desc';
}

function selectOf(text: string | null, set: EntitySet): ReadonlySet<string> | null {
	if (text === null || text.trim() === '*') return null;
	const names = text.split(',').map((name) => name.trim());
	for (const name of names) {
		if (name === '__system' && set.system.length > 0) continue;
		if (name === '__unfit' && set.system.length === 0) continue;
		if (name === '*') return null;
		if (!set.properties.some((property) => property.name === name)) throw problem('odata.unknown-property', 400, { name: name.slice(0, 80) });
	}
	return new Set(names);
}

function expandOf(text: string | null, set: EntitySet): ReadonlySet<string> | 'all' | null {
	if (text === null) return null;
	if (text.trim() === '*') return 'all';
	if (text.includes('(') || text.includes('/')) throw unsupported(`$expand=${text}`);
	const names = text.split(',').map((name) => name.trim());
	for (const name of names) if (!set.inside.some((each) => each.name === name)) throw problem('odata.unknown-property', 400, { name: name.slice(0, 80) });
	return new Set(names);
}

function cursorOf(text: string | null): Cursor | null {
	if (text === null) return null;
	try {
		return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
	} catch {
		throw malformed('$skiptoken');
	}
}

/** A place to go on from, as a client is handed it: not for reading. */
export const tokenOf = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function sizeOf(prefer: string | undefined): number {
	const asked = /(?:^|[,\s])(?:odata\.)?maxpagesize\s*=\s*(\d{1,6})/.exec(prefer ?? '')?.[1];
	return asked === undefined ? pageSize : Math.max(1, Math.min(mostOfPage, Number(asked)));
}

import type { SegmentFilter } from './retrieval.server.ts';

/** What is looked for, as the address says it. */
export const filterFrom = (url: URL): SegmentFilter => {
	const get = (name: string): string => (url.searchParams.get(name) ?? '').slice(0, 200);
	return { code: get('code'), place: get('place'), type: get('type'), coder: get('coder'), words: get('words').trim() };
};

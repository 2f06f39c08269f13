import type { PageServerLoad } from './$types.js';
import { bookOf } from '#modules/assessment/instruments/book.ts';
import { differences } from '#modules/assessment/instruments/differences.ts';
import { sheetsOfVersion } from '#modules/assessment/instruments/draft-queries.server.ts';
import { getInstrument } from '#modules/assessment/instruments/queries.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, instrument: id } = event.params;
		const { instrument, versions } = await getInstrument(tx, programme, id);
		const choice = (name: string, otherwise: string | undefined): string => versions.find((version) => version.id === event.url.searchParams.get(name))?.id ?? otherwise ?? '';
		const to = choice('to', versions[0]?.id);
		const from = choice('from', versions[1]?.id ?? versions[0]?.id);
		const [before, after] = [await sheetsOfVersion(tx, programme, from), await sheetsOfVersion(tx, programme, to)];
		return { instrument, versions: versions.map(({ id: value, version }) => ({ value, label: version })), from, to, changes: differences(bookOf(before.workbook), bookOf(after.workbook)) };
	});

import type { PageServerLoad } from './$types.js';
import { peopleNames } from '#modules/network/people.queries.server.ts';
import { outbox } from '#platform/mail.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const mail = await outbox(tx, event.params.programme);
		const names = await peopleNames(tx, mail.flatMap(({ toPerson }) => toPerson ?? []));
		return { mail: mail.map((each) => ({ ...each, to: names.get(each.toPerson ?? '') ?? '' })) };
	});

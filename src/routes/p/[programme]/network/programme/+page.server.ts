import type { PageServerLoad } from './$types.js';
import { editProgramme } from '#modules/network/permits.ts';
import { programmePlan } from '#modules/network/programme.queries.server.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => ({
		...(await programmePlan(tx, event.params.programme)),
		mayChange: await mayI(tx, editProgramme, event.params.programme)
	}));

import type { PageServerLoad } from './$types.js';
import { getInstrument } from '#modules/assessment/instruments/queries.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) => reading(event, (tx) => getInstrument(tx, event.params.programme, event.params.instrument));

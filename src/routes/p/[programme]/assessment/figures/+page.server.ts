import type { PageServerLoad } from './$types.js';
import { listFigures } from '#modules/assessment/figures/queries.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) => reading(event, async (tx) => ({ figures: await listFigures(tx, event.params.programme) }));

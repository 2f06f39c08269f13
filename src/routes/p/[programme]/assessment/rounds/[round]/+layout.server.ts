import type { LayoutServerLoad } from './$types.js';
import { roundHead } from '#modules/assessment/fieldwork/round-head.server.ts';
import { reading } from '#platform/request.server.ts';

/** What the tabs of a round lead to, for who is looking. */
export const load: LayoutServerLoad = (event) => reading(event, async (tx) => ({ head: await roundHead(tx, event.params.programme, event.params.round) }));

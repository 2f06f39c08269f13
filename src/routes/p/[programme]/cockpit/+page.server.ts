import type { PageServerLoad } from './$types.js';
import { reading } from '#platform/request.server.ts';
import { readCockpit } from './cockpit.server.ts';

export const load: PageServerLoad = async (event) => {
	const { programme } = await event.parent();
	return reading(event, (tx) => readCockpit(tx, event, programme));
};

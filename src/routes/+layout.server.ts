import type { LayoutServerLoad } from './$types.js';
import { idleMinutes } from '#platform/session.server.ts';

/** Who is signed in, for the top of the page. */
export const load: LayoutServerLoad = ({ locals }) => ({
	person: locals.signedIn && !locals.signedIn.locked ? { name: locals.signedIn.displayName, idleMinutes } : null
});

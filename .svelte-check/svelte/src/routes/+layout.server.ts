import type { LayoutServerLoad } from './$types.js';

/** Who is signed in, for the top of the page. */
export const load: LayoutServerLoad = ({ locals }) => ({
	person: locals.signedIn && !locals.signedIn.locked ? { name: locals.signedIn.displayName } : null
});

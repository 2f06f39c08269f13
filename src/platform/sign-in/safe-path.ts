/**
 * Where to go after signing in: only a path of this very site, never another's. `//evil`, `/\evil`, schemes, control
 * characters and anything that a browser would resolve elsewhere become the first page.
 * @param to as it came in the address
 */
export function safePath(to: string | null | undefined): string {
	const first = '/';
	if (!to || to.length > 500 || !/^\/(?![/\\])/.test(to) || /[\u0000-\u001f\\]/.test(to)) return first;
	const here = 'http://here.invalid';
	try {
		const url = new URL(to, here);
		return url.origin === here && !url.pathname.startsWith('//') ? url.pathname + url.search : first;
	} catch {
		return first;
	}
}

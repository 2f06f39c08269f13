/** The pages whose form engine is partly WebAssembly. */
const fillingRoutes = new Set(['/c/[token]', '/c/device', '/p/[programme]/assessment/rounds/[round]/fill', '/p/[programme]/assessment/instruments/drafts/[draft]', '/p/[programme]/assessment/instruments/drafts/[draft]/try']);

/** The style that SvelteKit's client gives the element in which it announces pages to screen readers. */
const announcer = "'unsafe-hashes' 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='";

/**
 * Lets WebAssembly run on the filling pages, and on these alone, and that one style; and lets them show the pictures, sounds and
 * films that the person has just taken. Nothing else in the content policy changes.
 */
export function allowWasm(routeId: string | null, headers: Headers): void {
	if (routeId === null || !fillingRoutes.has(routeId)) return;
	const policy = headers.get('content-security-policy');
	if (!policy) return;
	headers.set(
		'content-security-policy',
		policy
			.replace("media-src 'self'", "media-src 'self' blob:")
			.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
			.replace("style-src 'self'", `style-src 'self' ${announcer}`)
			.replace("img-src 'self'", "img-src 'self' blob:")
	);
}

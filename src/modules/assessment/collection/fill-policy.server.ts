/** The pages whose form engine is partly WebAssembly. */
const fillingRoutes = new Set(['/c/[token]', '/p/[programme]/assessment/rounds/[round]/fill']);

/** Lets WebAssembly run on the filling pages, and on these alone; nothing else in the content policy changes. */
export function allowWasm(routeId: string | null, headers: Headers): void {
	if (routeId === null || !fillingRoutes.has(routeId)) return;
	const policy = headers.get('content-security-policy');
	if (policy) headers.set('content-security-policy', policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"));
}

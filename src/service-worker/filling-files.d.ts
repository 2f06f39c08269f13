declare module 'virtual:filling-files' {
	/** Addresses of everything that the filling pages are made of, put together when the program is built. */
	export const files: readonly string[];
}

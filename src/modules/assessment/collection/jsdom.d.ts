declare module 'jsdom' {
	/** As much of jsdom as the re-check uses. */
	export class JSDOM {
		constructor(html: string);
		readonly window: object;
	}
}

import type { Page } from 'playwright-core';

/** Bytes that a first visit may take on the wire, with every part of the page. */
export const budgets = { findHelp: 40_000, public: 80_000, signedIn: 120_000, filling: 350_000 };

/**
 * Weighs what a page loads from now on, as it came over the wire: packed, with its headers. Open the page after this, and ask for
 * the bytes when it has come to rest. For a first visit take a context of its own, whose cache is empty.
 *
 * @returns tells the bytes so far
 */
export async function weighed(page: Page): Promise<() => number> {
	const session = await page.context().newCDPSession(page);
	let bytes = 0;
	session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
	await session.send('Network.enable');
	return () => bytes;
}

import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What every page keeps to: WCAG 2.2 at level AA, and what else axe knows to be good. What passes is not described: that is most of the work. */
const options = {
	runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
	resultTypes: ['violations']
} satisfies axe.RunOptions;

/** What axe finds against a page as it stands, or against a part of it: a line for each, with the page's path and what it is about. Nothing, when all is well. */
export async function violations(page: Page, part?: string): Promise<string[]> {
	// The window is made as high as the page: what the bar at the bottom of a phone covers depends on where one has scrolled to.
	const size = page.viewportSize();
	if (size) await page.setViewportSize({ ...size, height: Math.max(size.height, Number(await page.evaluate('document.documentElement.scrollHeight')) + 200) });
	// Run in the page itself: no page has frames, whose findings would have to be gathered in a second page.
	await page.evaluate(axe.source);
	const found: axe.Result[] = await page.evaluate(`axe.run(${JSON.stringify(part ?? null)} ?? document, ${JSON.stringify(options)}).then(({ violations }) => violations)`);
	if (size) await page.setViewportSize(size);
	return found.map(({ id, nodes }) => `${new URL(page.url()).pathname} ${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`);
}

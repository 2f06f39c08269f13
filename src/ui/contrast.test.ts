import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Relative luminance of `#rrggbb`, by WCAG 2.2. */
function luminance(hex: string): number {
	const [r = 0, g = 0, b = 0] = [1, 3, 5]
		.map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
		.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours, 1 to 21, by WCAG 2.2. */
function contrast(a: string, b: string): number {
	const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (light + 0.05) / (dark + 0.05);
}

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const colours = (text: string): Map<string, string> =>
	new Map([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', hex = '']) => [name, hex]));
const [light = '', dark = '', paper = ''] = css.split(/@media[^{]+\{/);
const themes = { light: colours(light), dark: colours(dark), paper: colours(paper) };

/** Text on its ground wants 4.5. */
const texts: [string, string][] = [
	...['ink', 'ink-2', 'accent', 'late', 'broken', 'ok'].flatMap((text): [string, string][] => [
		[text, 'paper'],
		[text, 'sheet']
	]),
	['ink', 'wash'],
	['ink-2', 'wash'],
	['accent-ink', 'accent'],
	['broken-ink', 'broken'],
	['accent', 'accent-wash'],
	['ok', 'ok-wash'],
	['late', 'late-wash'],
	['broken', 'broken-wash'],
	['ink', 'accent-wash'],
	['ink', 'ok-wash'],
	['ink', 'late-wash'],
	['ink', 'broken-wash']
];
/** Edges of fields, knots of the thread and bars of charts want 3. */
const shapes: [string, string][] = ['edge', 'accent', 'late', 'broken', 'c1', 'c2', 'c3', 'c4'].flatMap(
	(shape): [string, string][] => [
		[shape, 'paper'],
		[shape, 'sheet']
	]
);

describe.each(Object.entries(themes))('the colours, %s', (_, theme) => {
	const ratio = (a: string, b: string): number => contrast(theme.get(a) ?? '#000000', theme.get(b) ?? '#000000');

	it.each(texts)('%s can be read on %s', (text, ground) => {
		expect(ratio(text, ground)).toBeGreaterThanOrEqual(4.5);
	});

	it.each(shapes)('%s can be told from %s', (shape, ground) => {
		expect(ratio(shape, ground)).toBeGreaterThanOrEqual(3);
	});
});

describe('the tokens', () => {
	it('name the same colours in light, in dark and on paper', () => {
		expect([...themes.dark.keys()]).toEqual([...themes.light.keys()]);
		expect([...themes.paper.keys()]).toEqual([...themes.light.keys()]);
	});

	it('know black on white as 21 to 1', () => {
		expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
	});
});

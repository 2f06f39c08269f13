import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { glossary } from './glossary.ts';
import { terms } from './glossary-terms.ts';

const all = terms.flatMap(([, list]) => list);

it('the glossary in docs is the one that is generated', () => {
	expect(readFileSync(path.resolve(import.meta.dirname, '../docs/glossary.md'), 'utf8')).toBe(glossary());
});

it('names each term once, in every language and in the letters of each', () => {
	expect(new Set(all.map(([en]) => en)).size).toBe(all.length);
	for (const [en, uz, ru, kaa, meaning] of all) {
		expect([en, uz, ru, kaa, meaning].every((text) => text !== ''), en).toBe(true);
		expect(uz, en).not.toMatch(/['`‘’]|[oOgG]ʼ|\p{Script=Cyrillic}/u);
		expect(ru, en).not.toMatch(/\p{Script=Latin}/u);
		expect(kaa, en).not.toMatch(/['`‘’ʻʼ]|\p{Script=Cyrillic}/u);
	}
});

import { readFileSync } from 'node:fs';
import { describe as suite, expect, it } from 'vitest';
import { z } from 'zod';
import { messageKey, warningKey } from './xlsform-problems.ts';
import { REASONS, type ReasonCode } from '#xforms/reasons.ts';
import { WARNINGS } from '#xforms/warnings.ts';

const catalogue = z.record(z.string(), z.string());

function sentences(locale: string): Record<string, string> {
	return catalogue.parse(JSON.parse(readFileSync(new URL(`../../../../messages/assessment/${locale}.json`, import.meta.url), 'utf8')));
}

const isReason = (code: string): code is ReasonCode => Object.hasOwn(REASONS, code);
const facts = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

suite.each(['uz', 'uz-Cyrl', 'ru', 'kaa', 'en'])('reasons for refusing an XLSForm, in %s', (locale) => {
	const said = sentences(locale);

	it.each(Object.keys(REASONS).filter(isReason))('%s', (code) => {
		const sentence = said[messageKey(code)];
		expect(sentence).toBeTruthy();
		const available = facts(REASONS[code]);
		for (const fact of facts(sentence ?? '')) expect(available).toContain(fact);
	});
});

suite.each(['uz', 'uz-Cyrl', 'ru', 'kaa', 'en'])('what is pointed out about an XLSForm, in %s', (locale) => {
	const said = sentences(locale);

	it.each(Object.entries(WARNINGS))('%s', (code, english) => {
		expect(facts(said[warningKey(code)] ?? '')).toEqual(facts(english));
		expect(said[warningKey(code)]).toBeTruthy();
	});
});

import { describe, expect, it } from 'vitest';
import { nameOf } from './claim.ts';
import { claimsIn, unboundClaims } from './claims.ts';
import { others } from './corpus/others.ts';
import { turkic } from './corpus/turkic.ts';

const said = (text: string): string[] => claimsIn(text).map(nameOf);

describe.each(Object.entries({ ...turkic, ...others }))('a number about people in %s', (_language, { claims, none }) => {
	it.each(claims)('is a claim, which its evidence binds: %s', (sentence) => {
		expect(unboundClaims(sentence)).toEqual([sentence]);
		expect(unboundClaims(`${sentence} [F-03]`)).toEqual([]);
	});
	it.each(none)('is not what this says: %s', (sentence) => {
		expect(said(sentence)).toEqual([]);
	});
});

describe('what a claim says', () => {
	it.each([
		['Yetti nafar ayol', ['7']],
		['Ikki yuz qirq besh nafar ayol', ['245']],
		['25 ming ayol', ['25000']],
		['Har oʻnta ayoldan yettitasi', ['7/10']],
		['Ayollarning uchdan ikkisi', ['2/3']],
		['Семьдесят пять процентов', ['75']],
		['Из 10 женщин 7 не знают', ['7/10']],
		['Две трети женщин', ['2/3']],
		['Two hundred and forty people', ['240']],
		['2/3 of women', ['2/3']],
		['Three quarters of the women', ['3/4']],
		['41,5 % of women', ['41,5']],
		['1 200 женщин', ['1200']],
		['Every third woman', ['1/3']],
		['Hár on hayaldan jetewi', ['7/10']]
	])('is the number that is written: %s', (text, numbers) => {
		expect(said(text)).toEqual(numbers);
	});
});

it('reads a text made to take long in one go', () => {
	expect(claimsIn(`${'uch ayol va '.repeat(700)}. ${'1/'.repeat(1000)} ${'dan '.repeat(1500)}`).length).toBeGreaterThan(600);
});

import { describe, expect, it } from 'vitest';
import { formatDate, formatDay, formatMoney, formatNumber, formatShare, type UiLocale } from './format.ts';
import { dayIn, daysBetween } from './relative.ts';

const tz = 'Asia/Tashkent';
const now = new Date('2026-11-23T08:00:00Z');
/** Intl puts no-break spaces of several kinds between digits; a reader sees a space. */
const spaced = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('dates', () => {
	const days: [UiLocale, string][] = [
		['uz', '2026-yil 24-noyabr (ertaga)'],
		['uz-Cyrl', '2026 йил 24 ноябр (эртага)'],
		['ru', '24 ноября 2026 г. (завтра)'],
		['kaa', '2026-jıl 24-noyabr (erteń)'],
		['en', '24 November 2026 (tomorrow)']
	];
	it.each(days)('are absolute with the distance in brackets in %s', (locale, said) => {
		expect(formatDate('2026-11-24', locale, tz, now)).toBe(said);
	});

	it('name the twelve months in Karakalpak, which Intl does not know', () => {
		const months = Array.from({ length: 12 }, (_, i) =>
			formatDay(`2026-${String(i + 1).padStart(2, '0')}-01`, 'kaa', tz)
		);
		expect(months[0]).toBe('2026-jıl 1-yanvar');
		expect(months[8]).toBe('2026-jıl 1-sentyabr');
		expect(new Set(months).size).toBe(12);
	});

	it('tell the distance in Karakalpak in days, months and years', () => {
		expect(formatDate('2026-11-23', 'kaa', tz, now)).toContain('(búgin)');
		expect(formatDate('2026-10-23', 'kaa', tz, now)).toContain('(31 kún aldın)');
		expect(formatDate('2027-02-23', 'kaa', tz, now)).toContain('(3 ay keyin)');
		expect(formatDate('2023-11-22', 'kaa', tz, now)).toContain('(3 jıl aldın)');
	});

	it('put a moment into the zone of the programme, where it may already be the next day', () => {
		const late = new Date('2026-11-23T20:30:00Z');
		expect(formatDate(late, 'en', tz, now)).toBe('24 November 2026, 01:30 (tomorrow)');
		expect(formatDate(late, 'en', 'UTC', now)).toBe('23 November 2026, 20:30 (today)');
	});

	it('leave a plain day the same day in every zone', () => {
		expect(formatDay('2026-01-01', 'en', 'America/New_York')).toBe('1 January 2026');
		expect(dayIn('2026-01-01', 'Pacific/Kiritimati')).toBe('2026-01-01');
	});

	it('refuse a day that is none', () => {
		expect(() => formatDay('2026-02-30', 'en', tz)).toThrow(RangeError);
		expect(() => formatDay('soon', 'en', tz)).toThrow(RangeError);
	});

	it('count days across a change of the clock', () => {
		expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
		expect(daysBetween('2026-03-01', '2026-02-28')).toBe(-1);
	});
});

describe('numbers', () => {
	it('are grouped and pointed as the language does', () => {
		expect(spaced(formatNumber(1234567.5, 'uz'))).toBe('1 234 567,5');
		expect(spaced(formatNumber(1234567.5, 'kaa'))).toBe('1 234 567,5');
		expect(spaced(formatNumber(1234567.5, 'ru'))).toBe('1 234 567,5');
		expect(formatNumber(1234567.5, 'en')).toBe('1,234,567.5');
	});

	it('write shares as per cent', () => {
		expect(formatShare(0.4126, 'en')).toBe('41%');
		expect(spaced(formatShare(0.4126, 'ru', 1))).toBe('41,3 %');
	});
});

describe('money', () => {
	it('leaves out the tiyin of soʻm unless asked', () => {
		expect(spaced(formatMoney(3_850_000_049n, 'UZS', 'uz'))).toBe('38 500 000 soʻm');
		expect(spaced(formatMoney(3_850_000_049n, 'UZS', 'uz', { minor: true }))).toBe('38 500 000,49 soʻm');
	});

	it('always shows the cents of euros', () => {
		expect(formatMoney(123_450, 'EUR', 'en')).toBe('€1,234.50');
		expect(formatMoney(-5, 'EUR', 'en')).toBe('-€0.05');
	});

	it('is exact to the cent in large sums, and refuses what it could not write exactly', () => {
		expect(formatMoney(99_999_999_999_999n, 'EUR', 'en')).toBe('€999,999,999,999.99');
		expect(() => formatMoney(2n ** 60n, 'EUR', 'en')).toThrow(RangeError);
		expect(() => formatMoney(1.5, 'EUR', 'en')).toThrow(RangeError);
	});
});

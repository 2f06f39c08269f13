import { describe, expect, it } from 'vitest';
import { isApproved, isSafetyKey, safetyLocale, safetyLocaleOf } from './approved.ts';

const approvals = { ru: ['assessment_consent_text#0123456789ab'], 'uz-Cyrl': ['assessment_consent_text#0123456789ab'] };

describe('texts about safety and consent', () => {
	it('are known by their key', () => {
		expect(isSafetyKey('assessment_consent_text')).toBe(true);
		expect(isSafetyKey('services_leave_page')).toBe(true);
		expect(isSafetyKey('gaps_title')).toBe(false);
	});

	it('are approved language by language', () => {
		expect(isApproved('assessment_consent_text', 'ru', approvals)).toBe(true);
		expect(isApproved('assessment_consent_text', 'uz', approvals)).toBe(false);
		expect(isApproved('assessment_consent', 'ru', approvals)).toBe(false);
	});

	it('are shown in the reader’s language when it is approved', () => {
		expect(safetyLocale('assessment_consent_text', 'ru', approvals)).toEqual({ locale: 'ru', approved: true });
	});

	it('are shown in the first approved language otherwise, the other Uzbek script included', () => {
		expect(safetyLocale('assessment_consent_text', 'en', approvals)).toEqual({ locale: 'ru', approved: true });
		expect(safetyLocale('assessment_consent_text', 'uz', approvals)).toEqual({ locale: 'uz-Cyrl', approved: true });
	});

	it('are never called approved when nobody has read them', () => {
		expect(safetyLocale('assessment_consent_text', 'kaa', {})).toEqual({ locale: 'kaa', approved: false });
	});
	it('shows words that stand together in one language, in which all of them are approved', () => {
		const from = { uz: ['a#1', 'b#1'], ru: ['a#1'] };
		expect(safetyLocaleOf(['a', 'b'], 'ru', from)).toEqual({ locale: 'uz', approved: true });
		expect(safetyLocaleOf(['a'], 'ru', from)).toEqual({ locale: 'ru', approved: true });
		expect(safetyLocaleOf(['a', 'c'], 'ru', from)).toEqual({ locale: 'ru', approved: false });
	});
});

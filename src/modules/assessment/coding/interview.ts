import { z } from 'zod';
import { isLocale, localeFacts, locales } from '#platform/locales.ts';

export const interviewKinds = ['interview', 'focus_group'] as const;
/** What a person agreed to about her words, from least to most. */
export const interviewConsents = ['none', 'analysis', 'anonymous', 'role'] as const;
export type InterviewConsent = (typeof interviewConsents)[number];
export const speakerTypes = [
	'cso', 'women_led_cso', 'cso_shelter', 'state_rehabilitation_centre', 'local_authority', 'makhalla_committee', 'community_security_working_group',
	'ministry', 'commission', 'national_centre', 'donor', 'ingo'
] as const;

const blank = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());

/** An interview as its form sends it, without its text: where, when, with whom by kind, and what was agreed to. Never a name. */
export const interviewFields = z.object({
	kind: z.enum(interviewKinds),
	roundId: blank(z.uuid()),
	placeId: blank(z.uuid()),
	organisationType: blank(z.enum(speakerTypes)),
	heldOn: blank(z.iso.date()),
	language: z.enum(locales),
	consentLevel: z.enum(interviewConsents),
	/** How many people code it. Named so that the form gives it back: names with `code` in them count as secrets there. */
	wanted: z.coerce.number().int().min(1).max(2)
});
export type InterviewFields = z.output<typeof interviewFields>;

/** How far a quotation may go at most; null: none may be made. Mirrors `assessment.most_quotable`. */
export const mostQuotable: Record<InterviewConsent, 'internal' | 'anonymous' | 'public' | null> = { none: null, analysis: 'internal', anonymous: 'anonymous', role: 'public' };

/** The levels a quotation from an interview may have. */
export const quotableLevels = (consent: InterviewConsent): ('internal' | 'anonymous' | 'public')[] => {
	const most = mostQuotable[consent];
	const all = ['internal', 'anonymous', 'public'] as const;
	return most === null ? [] : all.slice(0, all.indexOf(most) + 1);
};

export const isConsent = (text: string): text is InterviewConsent => interviewConsents.some((each) => each === text);

/** The `lang` of an interview's words. */
export const languageTag = (language: string): string => localeFacts[isLocale(language) ? language : 'uz'].lang;

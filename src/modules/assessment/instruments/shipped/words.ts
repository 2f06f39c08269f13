/** Words in the languages in which our instruments stand: Uzbek, Russian, English. */
export type Words = readonly [uz: string, ru: string, en: string];

/** A criterion, scored 0 to 3 or not applicable. A critical one caps its whole area. */
export type ShippedCriterion = { readonly words: Words; readonly critical?: true };

/**
 * An area of criteria; the code is the name of its group, and what its criteria are marked with. The forms are not in Karakalpak, but scores
 * are called by their area in every language of the interface.
 */
export type ShippedArea = { readonly code: string; readonly title: Words; readonly kaa: string; readonly criteria: readonly ShippedCriterion[] };

export const criterion = (uz: string, ru: string, en: string): ShippedCriterion => ({ words: [uz, ru, en] });
export const critical = (uz: string, ru: string, en: string): ShippedCriterion => ({ words: [uz, ru, en], critical: true });

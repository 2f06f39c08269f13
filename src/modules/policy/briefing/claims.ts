/** Codes by which a text names its evidence: `[F-12]`, `[D-03]`. */
const reference = /\[([A-Z]-\d{2,6})\]/g;

/**
 * What in a text reads as a figure: a percentage, "n of m" in the languages of the programme, or "every third" written
 * with digits. Years, dates, numbers of laws and amounts of money are not figures about people.
 */
const percentage = /\d+(?:[.,]\d+)?\s?(?:%|foiz|фоиз|процент|payız|procent|percent|per cent)/iu;
const outOf = /\b\d+\s+(?:of|out of|из|dan|дан|nan|nen|ден|ning|нинг)\s+\d+/iu;
const people = /\d+\s+(?:nafar|нафар|ayol|аёл|qiz|қиз|kishi|киши|adam|hayal|женщин\w*|девочек|девушек|человек\w*|people|women|girls|survivors|families|oila|оила|семей|shańaraq)/iu;

/** The codes a text refers to, in order. */
export const referencesIn = (text: string): string[] => [...text.matchAll(reference)].flatMap(([, code]) => code ?? []);

/**
 * Paragraphs that state a number about people without naming what it rests on: orphans.
 * @returns the beginning of each such paragraph, for the person to find it
 */
export function unboundClaims(text: string): string[] {
	return text
		.split(/\n{2,}/)
		.filter((paragraph) => [percentage, outOf, people].some((claim) => claim.test(paragraph)) && referencesIn(paragraph).length === 0)
		.map((paragraph) => (paragraph.length > 80 ? `${paragraph.slice(0, 79)}…` : paragraph));
}

/** The numbers that a paragraph states about people: of percentages, of "n of m", of people. */
export function claimsIn(paragraph: string): string[] {
	const found = [percentage, outOf, people].flatMap((claim) => [...paragraph.matchAll(new RegExp(claim, 'giu'))].map(([text]) => text));
	return [...new Set(found.flatMap((text) => text.match(/\d+(?:[.,]\d+)?/g) ?? []))];
}

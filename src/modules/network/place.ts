import { z } from 'zod';
import { localTextOf } from '#platform/locales.ts';

/** Kinds of places, from the widest to the narrowest. */
export const placeKinds = ['country', 'region', 'district', 'mahalla'] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** Longest name and code, in characters. */
export const placeLimits = { name: 200, code: 40 } as const;

const emptyAsNull = (value: unknown): unknown => (value === '' || value === undefined ? null : value);

/** A place's fields, as the form and an import send them. */
export const placeFields = z.object({
	kind: z.enum(placeKinds),
	parentId: z.preprocess(emptyAsNull, z.uuid().nullable()),
	code: z.preprocess(emptyAsNull, z.string().trim().max(placeLimits.code).nullable()),
	name: localTextOf(placeLimits.name)
});
export type PlaceFields = z.output<typeof placeFields>;

/** Whether `upper` may hold `lower` below it: a place lies in a wider one, steps may be left out. */
export const holds = (upper: PlaceKind, lower: PlaceKind): boolean => placeKinds.indexOf(upper) < placeKinds.indexOf(lower);

/** The form of a code: ISO 3166-1 for a country, ISO 3166-2 for a region, any national code below. */
const codeForms: Readonly<Record<PlaceKind, RegExp>> = {
	country: /^[A-Z]{2}$/,
	region: /^[A-Z]{2}-[A-Z0-9]{1,3}$/,
	district: /^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u,
	mahalla: /^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u
};

/** Why a place cannot stand where it is put, as the code of a problem; undefined when it can. */
export function placeFault(place: { kind: PlaceKind; code: string | null }, parent: { kind: PlaceKind } | null): string | undefined {
	if (place.kind === 'country' && parent) return 'place.country-below';
	if (place.kind !== 'country' && !parent) return 'place.parent-missing';
	if (parent && !holds(parent.kind, place.kind)) return 'place.parent-kind';
	if (place.code !== null && !codeForms[place.kind].test(place.code)) return `place.code-${place.kind === 'country' || place.kind === 'region' ? place.kind : 'local'}`;
	return undefined;
}

/** A text from the database as a kind. @throws Error when it is none, which the table's own check rules out */
export function placeKind(text: string): PlaceKind {
	const kind = placeKinds.find((each) => each === text);
	if (!kind) throw new Error(`no kind of place: ${text}`);
	return kind;
}

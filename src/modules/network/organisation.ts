import { z } from 'zod';
import { localTextOf, locales, type LocalText } from '#platform/locales.ts';

/** Types of organisations. */
export const organisationTypes = [
	'cso',
	'women_led_cso',
	'cso_shelter',
	'state_rehabilitation_centre',
	'local_authority',
	'makhalla_committee',
	'community_security_working_group',
	'ministry',
	'commission',
	'national_centre',
	'donor',
	'ingo'
] as const;
export type OrganisationType = (typeof organisationTypes)[number];

/** Types whose whereabouts are written nowhere: who is looked for could be found. */
export const hiddenTypes: readonly OrganisationType[] = ['cso_shelter', 'state_rehabilitation_centre'];

/** How an organisation is reached. Never an address for the hidden types. */
export const contactSchema = z.object({
	phone: z.string().optional(),
	email: z.string().optional(),
	web: z.string().optional(),
	address: z.string().optional()
});
export type Contact = z.output<typeof contactSchema>;

const emptyAsNull = (value: unknown): unknown => (value === '' || value === undefined ? null : value);
const typed = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const day = z.preprocess(emptyAsNull, z.iso.date().nullable());
const list = <S extends z.ZodType>(schema: S) =>
	z.preprocess((value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]), z.array(schema).max(500));
const noText: LocalText = {};

/** An organisation's fields, as the form and an import send them. */
export const organisationFields = z.object({
	type: z.enum(organisationTypes),
	name: localTextOf(300),
	description: z.preprocess((value) => value ?? {}, localTextOf(2000).or(z.record(z.string(), z.string().trim().max(0)).transform(() => noText))),
	languages: list(z.enum(locales)),
	contact: z.object({
		phone: typed(z.string().trim().regex(/^\+?[\d\s()/,;–-]{2,80}$/, 'organisation.phone')),
		email: typed(z.string().trim().max(200).pipe(z.email({ message: 'organisation.email' }))),
		web: typed(z.string().trim().max(300).regex(/^https?:\/\/[^\s"'<>]+$/, 'organisation.web')),
		address: typed(z.string().trim().max(300))
	}),
	places: list(z.uuid()),
	validFrom: day,
	validTo: day,
	successorId: z.preprocess(emptyAsNull, z.uuid().nullable())
});
export type OrganisationFields = z.output<typeof organisationFields>;

/** Words and signs of a street address, a position or a link to a map, in the languages people write in. */
const whereabouts = [
	/-?\d{1,2}[.,]\d{3,}\s*[,;°\s]\s*-?\d{1,3}[.,]\d{3,}/,
	/\d{1,3}\s*°\s*\d{1,2}/,
	/(?:^|[^\p{L}])(?:koʻchasi|ko[‘’'`ʼ]chasi|kochasi|kóshesi|кўчаси|көшеси|улиц[аеыу]|ул\.|проспект|переулок|street|avenue)(?:[^\p{L}]|$)/iu,
	/(?:^|[^\p{L}])(?:xonadon|uy\s*№?\s*\d|уй\s*№?\s*\d|д\.\s*\d|дом\s*№?\s*\d|кв\.\s*\d|house\s*(?:no\.?\s*)?\d)/iu,
	/(?:maps\.google|google\.[a-z.]+\/maps|goo\.gl\/maps|maps\.app\.goo|yandex\.[a-z.]+\/maps|2gis\.|openstreetmap\.|geo:)/i
];

/** Whether a text tells where somebody can be found. Catches the usual forms, not every one. */
export const tellsWhere = (text: string): boolean => whereabouts.some((form) => form.test(text));

/** What is wrong with an organisation's fields taken together; `field` names where to put it right. */
export function organisationFault(fields: OrganisationFields): { code: string; field: string } | undefined {
	if (fields.validFrom && fields.validTo && fields.validTo < fields.validFrom) return { code: 'organisation.dates', field: 'validTo' };
	if (!hiddenTypes.includes(fields.type)) return undefined;
	if (fields.contact.address) return { code: 'organisation.address', field: 'contact.address' };
	const { phone = '', email = '', web = '' } = fields.contact;
	if ([phone, email, web].some(tellsWhere)) return { code: 'organisation.address', field: 'contact.web' };
	if (Object.values(fields.name).some(tellsWhere)) return { code: 'organisation.address', field: 'name.uz' };
	if (Object.values(fields.description).some(tellsWhere)) return { code: 'organisation.address', field: 'description.uz' };
	return undefined;
}

/** Whether an organisation exists on a day. */
export const validOn = (organisation: { validFrom: string | null; validTo: string | null }, on: string): boolean =>
	(organisation.validFrom === null || organisation.validFrom <= on) && (organisation.validTo === null || organisation.validTo >= on);

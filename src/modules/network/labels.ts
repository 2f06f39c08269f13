import { m } from '#paraglide/messages.js';
import { localeFacts, locales, type LocalText } from '#platform/locales.ts';
import type { Role } from '#platform/permit.server.ts';
import type { ImportAction } from './import.ts';
import { organisationTypes, type OrganisationType } from './organisation.ts';
import { placeKinds, type PlaceKind } from './place.ts';

const kinds: Readonly<Record<PlaceKind, () => string>> = {
	country: m.network_kind_country,
	region: m.network_kind_region,
	district: m.network_kind_district,
	mahalla: m.network_kind_mahalla
};
const types: Readonly<Record<OrganisationType, () => string>> = {
	cso: m.network_type_cso,
	women_led_cso: m.network_type_women_led_cso,
	cso_shelter: m.network_type_cso_shelter,
	state_rehabilitation_centre: m.network_type_state_rehabilitation_centre,
	local_authority: m.network_type_local_authority,
	makhalla_committee: m.network_type_makhalla_committee,
	community_security_working_group: m.network_type_community_security_working_group,
	ministry: m.network_type_ministry,
	commission: m.network_type_commission,
	national_centre: m.network_type_national_centre,
	donor: m.network_type_donor,
	ingo: m.network_type_ingo
};
const roles: Readonly<Record<Role, () => string>> = {
	coordinator: m.network_role_coordinator,
	member: m.network_role_member,
	analyst: m.network_role_analyst,
	collector: m.network_role_collector,
	reviewer: m.network_role_reviewer,
	official: m.network_role_official,
	donor: m.network_role_donor,
	administrator: m.network_role_administrator
};
const actions: Readonly<Record<ImportAction, () => string>> = {
	add: m.network_import_add,
	change: m.network_import_change,
	unchanged: m.network_import_unchanged,
	error: m.network_import_error
};

const labelIn = (labels: Readonly<Record<string, () => string>>, key: string): string => labels[key]?.() ?? key;

/** A kind of place, a type of organisation, a role and the fate of an imported row, in the reader's language. */
export const kindLabel = (kind: string): string => labelIn(kinds, kind);
export const typeLabel = (type: string): string => labelIn(types, type);
export const roleLabel = (role: string): string => labelIn(roles, role);
export const actionLabel = (action: ImportAction): string => actions[action]();

export const kindChoices = () => placeKinds.map((value) => ({ value, label: kindLabel(value) }));
export const typeChoices = () => organisationTypes.map((value) => ({ value, label: typeLabel(value) }));

/** The languages of content fields, each by its own name. */
export const contentLanguages = locales.map((locale) => ({ locale, label: localeFacts[locale].name }));

/** What a form's text fields show: what was typed, else what is stored. */
export function textValues(typed: Readonly<Record<string, string | string[]>> | undefined, field: string, stored: LocalText = {}): LocalText {
	if (!typed) return stored;
	return Object.fromEntries(
		locales.map((locale) => {
			const value = typed[`${field}.${locale}`];
			return [locale, typeof value === 'string' ? value : ''];
		})
	);
}
/** What a plain field shows: what was typed, else what is stored. */
export function textValue(typed: Readonly<Record<string, string | string[]>> | undefined, field: string, stored: string | number | null | undefined = ''): string {
	const value = typed ? typed[field] : stored;
	return value === null || value === undefined || Array.isArray(value) ? '' : String(value);
}
/** What a field with several choices shows. */
export function listValue(typed: Readonly<Record<string, string | string[]>> | undefined, field: string, stored: readonly string[] = []): readonly string[] {
	if (!typed) return stored;
	const value = typed[field];
	return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

export const roleChoices = () => Object.entries(roles).map(([value, label]) => ({ value, label: label() }));

/** Who gave a role and who confirmed it, in a sentence. */
export function originWords({ givenBy, confirmedBy }: { readonly givenBy: string | null; readonly confirmedBy: string | null }): string {
	if (givenBy === null) return m.network_grant_from_set_up();
	return confirmedBy === null ? m.network_grant_given_alone({ giver: givenBy }) : m.network_grant_given_by({ giver: givenBy, confirmer: confirmedBy });
}

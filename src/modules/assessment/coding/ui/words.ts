import { m } from '#paraglide/messages.js';
import type { MaskKind } from '../masking/kinds.ts';

export const kindWords: Readonly<Record<string, () => string>> = { interview: m.coding_kind_interview, focus_group: m.coding_kind_focus_group };

export const levelWords: Readonly<Record<string, () => string>> = {
	none: m.coding_level_none,
	analysis: m.coding_level_analysis,
	anonymous: m.coding_level_anonymous,
	role: m.coding_level_role
};

export const maskKindWords: Readonly<Record<MaskKind, () => string>> = {
	name: m.coding_mask_kind_name,
	place: m.coding_mask_kind_place,
	phone: m.coding_mask_kind_phone,
	document: m.coding_mask_kind_document,
	email: m.coding_mask_kind_email,
	birth: m.coding_mask_kind_birth,
	plate: m.coding_mask_kind_plate,
	other: m.coding_mask_kind_other
};

/** How a text came, in the reader's language. */
export const fromWord = (from: string): string => (from === 'docx' ? m.coding_from_docx() : from === 'paste' ? m.coding_from_paste() : from.toUpperCase());

const verbs: Readonly<Record<string, () => string>> = {
	'code.add': m.coding_verb_add,
	'code.change': m.coding_verb_change,
	'code.move': m.coding_verb_move,
	'code.order': m.coding_verb_order,
	'code.retire': m.coding_verb_retire,
	'code.restore': m.coding_verb_restore,
	'code.merge': m.coding_verb_merge,
	'codebook.import': m.coding_verb_import
};

/** A step of the codebook, in the reader's language. */
export const stepWord = (verb: string): string => verbs[verb]?.() ?? verb;

/** The colours of codes by name, for those who do not see them. */
export const colourWords: readonly (() => string)[] = [
	m.coding_colour_0, m.coding_colour_1, m.coding_colour_2, m.coding_colour_3, m.coding_colour_4, m.coding_colour_5,
	m.coding_colour_6, m.coding_colour_7, m.coding_colour_8, m.coding_colour_9, m.coding_colour_10, m.coding_colour_11
];

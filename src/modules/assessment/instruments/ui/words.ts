import { m } from '#paraglide/messages.js';
import type { FileUse } from '#xforms/namedFiles.ts';

/** The kinds of rows that can be added, in the order in which they are offered. */
export const kindWords: Readonly<Record<string, () => string>> = {
	select_one: m.instruments_type_select_one,
	select_multiple: m.instruments_type_select_multiple,
	text: m.instruments_type_text,
	integer: m.instruments_type_integer,
	decimal: m.instruments_type_decimal,
	date: m.instruments_type_date,
	note: m.instruments_type_note,
	begin_group: m.instruments_type_begin_group,
	begin_repeat: m.instruments_type_begin_repeat,
	time: m.instruments_type_time,
	dateTime: m.instruments_type_date_time,
	rank: m.instruments_type_rank,
	range: m.instruments_type_range,
	acknowledge: m.instruments_type_acknowledge,
	calculate: m.instruments_type_calculate,
	geopoint: m.instruments_type_geopoint,
	image: m.instruments_type_image,
	audio: m.instruments_type_audio,
	video: m.instruments_type_video,
	file: m.instruments_type_file,
	barcode: m.instruments_type_barcode,
	hidden: m.instruments_type_hidden,
	start: m.instruments_type_start,
	end: m.instruments_type_end,
	today: m.instruments_type_today
};

/** What a file of a questionnaire is for. */
export const fileUseWords: Readonly<Record<FileUse, () => string>> = {
	image: m.instruments_file_image,
	audio: m.instruments_file_audio,
	video: m.instruments_file_video,
	table: m.instruments_file_table
};

/** A kind of row in the reader's language; a kind that only spreadsheets use goes by its own name. */
export const kindWord = (kind: string): string => kindWords[kind]?.() ?? kind;

export const kindOptions = (): { value: string; label: string }[] => Object.entries(kindWords).map(([value, word]) => ({ value, label: word() }));

/** How a language of an instrument is called in the editor. */
export const languageWord = (language: string): string => (language === '' ? m.instruments_plain_language() : language);

const fieldWords: Readonly<Record<string, () => string>> = {
	type: m.instruments_kind,
	name: m.instruments_name,
	label: m.instruments_label,
	hint: m.instruments_hint,
	guidance_hint: m.instruments_guidance,
	'bind::required': m.instruments_required,
	'bind::jr:requiredMsg': m.instruments_required_message,
	'bind::relevant': m.instruments_relevant,
	'bind::constraint': m.instruments_constraint,
	'bind::jr:constraintMsg': m.instruments_constraint_message,
	'bind::calculate': m.instruments_calculation,
	'bind::readonly': m.instruments_readonly,
	default: m.instruments_default,
	choice_filter: m.instruments_choice_filter,
	'control::appearance': m.instruments_appearance,
	'control::jr:count': m.instruments_repeat_count,
	parameters: m.instruments_parameters,
	trigger: m.instruments_trigger,
	list_name: m.instruments_list_name,
	title: m.instruments_settings_title,
	id_string: m.instruments_settings_form_id,
	default_language: m.instruments_settings_default,
	instance_name: m.instruments_settings_instance_name,
	style: m.instruments_settings_style,
	version: m.instruments_save_version
};

/** A field by its key, `bind::jr:constraintMsg::Русский (ru)`, in the reader's language. */
export function fieldWord(key: string): string {
	for (const [field, word] of Object.entries(fieldWords)) {
		if (key === field) return word();
		if (key.startsWith(`${field}::`)) return `${word()} · ${key.slice(field.length + 2)}`;
	}
	return key;
}

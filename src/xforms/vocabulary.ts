import type { Vocabulary } from './columns.ts';

/** The columns that XLSForm knows, sheet by sheet, with their other names (https://xlsform.org/en/ref-table/). */

const MEDIA = {
	image: ['media', 'image'],
	'big-image': ['media', 'big-image'],
	audio: ['media', 'audio'],
	video: ['media', 'video']
} as const;

const words = (list: string): Set<string> => new Set(list.split(' '));

export const SURVEY: Vocabulary = {
	columns: words(
		'name label type hint guidance_hint default media bind control instance parameters trigger choice_filter'
			+ ' intent query action list_name itemset choices children sms_field sms_option sms_separator sms_allow_media'
			+ ' sms_date_format sms_datetime_format sms_response flat'
	),
	aliases: {
		...MEDIA,
		compact_tag: ['instance', 'odk:tag'],
		read_only: ['bind', 'readonly'],
		readonly: ['bind', 'readonly'],
		relevant: ['bind', 'relevant'],
		relevance: ['bind', 'relevant'],
		caption: ['label'],
		appearance: ['control', 'appearance'],
		required: ['bind', 'required'],
		constraint: ['bind', 'constraint'],
		constraining_message: ['bind', 'jr:constraintMsg'],
		constraint_message: ['bind', 'jr:constraintMsg'],
		calculation: ['bind', 'calculate'],
		calculate: ['bind', 'calculate'],
		command: ['type'],
		tag: ['name'],
		value: ['name'],
		count: ['control', 'jr:count'],
		repeat_count: ['control', 'jr:count'],
		'jr:count': ['control', 'jr:count'],
		autoplay: ['control', 'autoplay'],
		rows: ['control', 'rows'],
		noapperrorstring: ['bind', 'jr:noAppErrorString'],
		no_app_error_string: ['bind', 'jr:noAppErrorString'],
		requiredmsg: ['bind', 'jr:requiredMsg'],
		required_message: ['bind', 'jr:requiredMsg'],
		body: ['control'],
		save_to: ['bind', 'entities:saveto']
	},
	required: ['type']
};

export const CHOICES: Vocabulary = {
	columns: words('name label media sms_option list_name children'),
	aliases: { ...MEDIA, caption: ['label'], list_name: ['list_name'], value: ['name'] },
	required: ['name']
};

export const EXTERNAL_CHOICES: Vocabulary = { ...CHOICES, required: [] };

export const OSM: Vocabulary = { ...CHOICES, required: [] };

export const SETTINGS: Vocabulary = {
	columns: words(
		'name title id_string version style default_language instance_name instance_id instance_xmlns public_key'
			+ ' submission_url auto_send auto_delete namespaces attribute prefix delimiter client_editable flat'
			+ ' allow_choice_duplicates clean_text_values add_none_option sms_keyword sms_separator sms_allow_media'
			+ ' sms_date_format sms_datetime_format sms_response'
	),
	aliases: {
		form_title: ['title'],
		set_form_title: ['title'],
		form_id: ['id_string'],
		set_form_id: ['id_string'],
		compact_prefix: ['prefix'],
		compact_delimiter: ['delimiter'],
		omit_instanceid: ['omit_instanceID']
	},
	required: []
};

export const ENTITIES: Vocabulary = {
	columns: words('dataset entity_id create_if update_if label repeat'),
	aliases: { list_name: ['dataset'] },
	required: []
};

/** Words for yes and no in a cell. */
export function yesNo(text: string | undefined): boolean | undefined {
	if (text === undefined) return undefined;
	if (/^(?:yes|Yes|YES|true|True|TRUE|true\(\))$/.test(text)) return true;
	if (/^(?:no|No|NO|false|False|FALSE|false\(\))$/.test(text)) return false;
	return undefined;
}

/** What a type of question is in an ODK XForm: the control shown, the data type bound, and what comes with it. */
export type QuestionType = {
	/** Element in the body; undefined for what is not shown. */
	readonly control?: 'input' | 'select' | 'select1' | 'odk:rank' | 'upload' | 'trigger' | 'range' | 'action';
	readonly attributes?: Readonly<Record<string, string>>;
	readonly bind: Readonly<Record<string, string>>;
	readonly hint?: string;
};

const input = (type: string): QuestionType => ({ control: 'input', bind: { type } });
const upload = (mediatype: string): QuestionType => ({ control: 'upload', attributes: { mediatype }, bind: { type: 'binary' } });
const preload = (kind: string, param: string, type: string): QuestionType => ({
	bind: { 'jr:preload': kind, type, 'jr:preloadParams': param }
});
const counted = (most: number, hint?: string): QuestionType => ({
	control: 'input',
	bind: { type: 'int', constraint: `0 <= . and . <= ${most}` },
	...(hint === undefined ? {} : { hint })
});

const text = input('string');
const integer = input('int');
const decimal = input('decimal');
const dateTime = input('dateTime');
const geopoint = input('geopoint');
const note: QuestionType = { control: 'input', bind: { readonly: 'true()', type: 'string' } };
const acknowledge: QuestionType = { control: 'trigger', bind: { type: 'string' } };
const selectOne: QuestionType = { control: 'select1', bind: { type: 'string' } };
const selectMany: QuestionType = { control: 'select', bind: { type: 'string' } };
const hidden: QuestionType = { bind: { type: 'string' } };
const gps: QuestionType = { ...geopoint, hint: 'GPS coordinates can only be collected when outside.' };

const start = preload('timestamp', 'start', 'dateTime');
const end = preload('timestamp', 'end', 'dateTime');
const today = preload('date', 'today', 'date');
const property = (name: string): QuestionType => preload('property', name, 'string');

/** Older names of types mean the same as the current ones. */
function named(type: QuestionType, ...names: string[]): [string, QuestionType][] {
	return names.map((name) => [name, type]);
}

const PROPERTIES = ['subscriberid', 'phonenumber', 'simserial', 'deviceid', 'username', 'email'];

/** Every type of question, under all its names (XLSForm reference and pyxform 4.5's type dictionary). */
export const QUESTION_TYPES: ReadonlyMap<string, QuestionType> = new Map([
	...named(text, 'text', 'string', 'q string', 'add text prompt'),
	...named(integer, 'integer', 'int', 'q int', 'add integer prompt'),
	...named(decimal, 'decimal', 'q decimal', 'add decimal prompt'),
	...named(input('date'), 'date', 'q date', 'add date prompt'),
	...named(input('time'), 'time', 'q time', 'add time prompt'),
	...named(dateTime, 'dateTime', 'datetime', 'date time', 'q date time', 'q dateTime', 'add date time prompt', 'add dateTime prompt'),
	...named(note, 'note', 'q note', 'add note prompt'),
	...named(hidden, 'calculate', 'q calculate', 'add calculate prompt', 'hidden'),
	...named(acknowledge, 'acknowledge', 'q acknowledge', 'add acknowledge prompt'),
	...named({ control: 'trigger', bind: {} }, 'trigger'),
	...named(input('barcode'), 'barcode', 'q barcode', 'add barcode prompt'),
	...named(geopoint, 'geopoint', 'q geopoint', 'location', 'q location', 'add location prompt'),
	...named(gps, 'gps'),
	...named(input('geotrace'), 'geotrace'),
	...named(input('geoshape'), 'geoshape'),
	...named(upload('image/*'), 'photo', 'image', 'q image', 'q picture', 'add image prompt', 'add photo prompt'),
	...named(upload('audio/*'), 'audio', 'q audio', 'add audio prompt'),
	...named(upload('video/*'), 'video', 'q video', 'add video prompt'),
	...named(upload('application/*'), 'file', 'add file prompt'),
	...named(upload('osm/*'), 'osm'),
	...named(selectOne, 'select one', 'select one using', 'q select1', 'add select one prompt using'),
	...named(
		selectMany, 'select all that apply', 'select all that apply from', 'select multiple from', 'select multiple using',
		'q select', 'add select multiple prompt using'
	),
	...named({ control: 'odk:rank', bind: { type: 'odk:rank' } }, 'rank'),
	...named(text, 'select one external'),
	...named({ control: 'range', bind: { type: 'int' } }, 'range'),
	...named({ bind: { type: 'binary' } }, 'audit'),
	...named({ control: 'action', bind: { type: 'geopoint' } }, 'start-geopoint', 'background-geopoint'),
	...named({ control: 'action', bind: { type: 'binary' } }, 'background-audio'),
	...named(start, 'start', 'start time', 'get start time'),
	...named(end, 'end', 'end time', 'get end time'),
	...named(today, 'today', 'get today'),
	...PROPERTIES.flatMap((name) => [
		...named(property(name), name),
		...named(property(`uri:${name}`), `uri:${name}`)
	]),
	...named(property('deviceid'), 'imei', 'device id', 'get device id'),
	...named(property('subscriberid'), 'subscriber id', 'get subscriber id'),
	...named(property('simserial'), 'sim id', 'get sim id'),
	...named(property('phonenumber'), 'get phone number'),
	...named(
		{ control: 'input', bind: { type: 'string', constraint: "regex(., '^\\d*$')" }, hint: 'Enter numbers only.' },
		'phone number'
	),
	...named(counted(100), 'percentage'),
	...named(counted(31, 'Enter a number 0-31.'), 'number of days in last month'),
	...named(counted(183, 'Enter a number 0-183.'), 'number of days in last six months'),
	...named(counted(365, 'Enter a number 0-365.'), 'number of days in last year')
]);

/** Names under which rows of the survey sheet may ask for the same type. */
const ALIASES: ReadonlyMap<string, string> = new Map([
	['imei', 'deviceid'],
	['image', 'photo'],
	['add image prompt', 'photo'],
	['add photo prompt', 'photo'],
	['add audio prompt', 'audio'],
	['add video prompt', 'video'],
	['add file prompt', 'file']
]);

export function canonicalType(type: string): string {
	return ALIASES.get(type) ?? type;
}

/** Types that only read something off the phone, and never need a label. */
export const UNLABELLED = new Set([
	'calculate', 'deviceid', 'end', 'phonenumber', 'simserial', 'start', 'start-geopoint', 'today', 'username'
]);

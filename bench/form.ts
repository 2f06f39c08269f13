import { newId } from '#platform/ids.ts';

const questions = Array.from({ length: 27 }, (_, n) => n + 1);
const typeOf = (n: number): string => (n % 5 === 0 ? 'integer' : n % 7 === 0 ? 'date' : 'text');

/** The form that is measured with: 27 questions of several types and a repeat of three more, 30 in all. */
export const measuredForm = [
	'| survey |',
	'| | type | name | label |',
	...questions.map((n) => `| | ${typeOf(n)} | question_${n} | Question ${n} |`),
	'| | begin_repeat | member | Member |',
	'| | text | name | Name |',
	'| | integer | age | Age |',
	'| | text | relation | Relation |',
	'| | end_repeat | | |',
	'| settings |',
	'| | form_id | form_title | version |',
	'| | measured | Measured | 1 |',
	''
].join('\n');

const valueOf = (n: number): string => (n % 5 === 0 ? String(n * 3) : n % 7 === 0 ? '2026-03-08' : `Javob ${n}: oʻzbekcha matn va yana biroz`);
const answers = questions.map((n) => `<question_${n}>${valueOf(n)}</question_${n}>`).join('');
const members = [1, 2, 3].map((n) => `<member><name>Aʼzo ${n}</name><age>${n * 9}</age><relation>qarindosh</relation></member>`).join('');

/** A submission of that form of about 2 KB. */
export const measuredXml = (instanceId = `uuid:${newId()}`): string =>
	`<?xml version="1.0"?><data xmlns:orx="http://openrosa.org/xforms" id="measured" version="1">${answers}${members}<orx:meta><orx:instanceID>${instanceId}</orx:instanceID></orx:meta></data>`;

const boundary = '----measured-boundary';
/** The content type of {@link measuredBody}. */
export const measuredType = `multipart/form-data; boundary=${boundary}`;

/** A submission as a collection app posts it. */
export const measuredBody = (xml: string): Buffer =>
	Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="submission.xml"\r\nContent-Type: text/xml\r\n\r\n${xml}\r\n--${boundary}--\r\n`);

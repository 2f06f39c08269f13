import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import type pg from 'pg';
import { layOutRound, type LaidOut } from '../bench/round.ts';
import { keptAnswers } from '#modules/assessment/collection/answers.ts';
import { newToken, tokenHash } from '#modules/assessment/collection/token.server.ts';
import { exportFields, type ExportChoice } from '#modules/assessment/exports/choice.ts';
import type { ExportOrder } from '#modules/assessment/exports/order.ts';
import { exportWords } from '#modules/assessment/exports/make-words.ts';
import { newId } from '#platform/ids.ts';
import { convert } from '#xforms/convert.ts';
import { describe } from '#xforms/instrument.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
import { parseSubmission } from '#xforms/submission.ts';
import { submissionShape } from '#xforms/submissionShape.ts';

/** A form with everything that an export has to bear: groups, several choices, a date, a repeat and one inside it, Cyrillic names. */
export const exportForm = `
| survey |
| | type | name | label::Oʻzbekcha (uz) | label::English (en) |
| | text | note_text | Izoh | Note |
| | select_one sex | sex | Jinsingiz | Sex |
| | select_multiple need | needs | Nima kerak? | What is needed? |
| | begin_group | home | Uy | Home |
| | integer | ёшингиз | Yoshingiz | Age |
| | decimal | income | Daromad | Income |
| | date | since | Qachondan | Since when |
| | dateTime | seen | Koʻrilgan | Seen |
| | end_group | | | |
| | begin_repeat | member | Oila aʼzosi | Member |
| | text | name | Ism | Name |
| | select_one sex | member_sex | Jinsi | Sex of member |
| | begin_repeat | visit | Tashrif | Visit |
| | date | day | Kun | Day |
| | text | why | Sababi | Why |
| | end_repeat | | | |
| | end_repeat | | | |
| choices |
| | list_name | name | label::Oʻzbekcha (uz) | label::English (en) |
| | sex | f | Ayol | Woman |
| | sex | m | Erkak | Man |
| | need | law | Huquqiy yordam | Legal help |
| | need | home | Boshpana | Shelter |
| settings |
| | form_id | form_title | version |
| | leaving | Leaving | 1 |
`;

export type Filled = {
	readonly note_text?: string | undefined; readonly sex?: string | undefined; readonly needs?: string | undefined; readonly age?: string | undefined; readonly income?: string | undefined; readonly since?: string | undefined; readonly seen?: string | undefined;
	readonly members?: readonly { readonly name?: string | undefined; readonly sex?: string | undefined; readonly visits?: readonly { readonly day?: string | undefined; readonly why?: string | undefined }[] }[];
};

export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
const element = (name: string, text: string | undefined): string => (text === undefined ? '' : `<${name}>${escaped(text)}</${name}>`);

/** The XML of a filled-in form, as a collection app writes it. */
export function filledXml(of: Filled, instanceId: string): string {
	const members = (of.members ?? []).map(
		({ name, sex, visits }) =>
			`<member>${element('name', name ?? '')}${element('member_sex', sex ?? '')}${(visits ?? []).map((visit) => `<visit>${element('day', visit.day ?? '')}${element('why', visit.why ?? '')}</visit>`).join('')}</member>`
	);
	return `<data xmlns:orx="http://openrosa.org/xforms" id="leaving" version="1">${element('note_text', of.note_text)}${element('sex', of.sex)}${element('needs', of.needs)}<home>${element('ёшингиз', of.age)}${element('income', of.income)}${element('since', of.since)}${element('seen', of.seen)}</home>${members.join('')}<orx:meta><orx:instanceID>${instanceId}</orx:instanceID></orx:meta></data>`;
}

/** Lays out a round with a form, as the database's owner. */
export const layOutExport = (owner: pg.Pool, form = exportForm): Promise<LaidOut> => layOutRound(owner, { form });

/** Puts a submission into a round as the intake keeps it. @param more `replaces`: the instanceID of the version whose place it takes */
export async function putXml(owner: pg.Pool, round: LaidOut, xml: string, form = exportForm, more: { state?: string; placeId?: string; receivedAt?: Date; replaces?: string } = {}): Promise<void> {
	const converted = convert(readMarkdown(form));
	if (!converted.ok) throw new Error(JSON.stringify(converted.errors));
	const read = parseSubmission(xml, submissionShape(describe(converted.form)));
	if (!read.ok) throw new Error(JSON.stringify(read.error));
	await owner.query(
		`insert into assessment.submission (id, programme_id, round_id, instance_id, xml, xml_sha256, answers, review_state, place_id, received_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce($10, clock_timestamp()))`,
		[newId(), round.programmeId, round.roundId, read.value.instanceId, xml, createHash('sha256').update(xml).digest(), JSON.stringify(keptAnswers(read.value.answers)), more.state ?? 'received', more.placeId ?? null, more.receivedAt ?? null]
	);
	if (more.replaces === undefined) return;
	await owner.query(
		`with old as (update assessment.submission set superseded_by = $2 where round_id = $1 and instance_id = $3 returning id)
		update assessment.submission set replaces_id = old.id, origin_id = old.id from old where round_id = $1 and instance_id = $2`,
		[round.roundId, read.value.instanceId, more.replaces]
	);
}

export const newInstance = (): string => `uuid:${newId()}`;

/** A feed of a round, made by its analyst unless told otherwise. */
export async function makeFeed(owner: pg.Pool, round: LaidOut, more: { personId?: string; expired?: boolean } = {}): Promise<{ id: string; secret: string }> {
	const [id, secret] = [newId(), newToken()];
	await owner.query(`insert into assessment.answer_feed (id, programme_id, round_id, person_id, label, token_hash, expires_at) values ($1, $2, $3, $4, 'x', $5, now() + $6::interval)`, [
		id, round.programmeId, round.roundId, more.personId ?? round.analystId, tokenHash(secret), more.expired ? '-1 minute' : '1 day'
	]);
	return { id, secret };
}

/** An order for an export of a laid-out round by its analyst. */
export function orderOf(round: LaidOut, choice: Partial<ExportChoice> = {}, jobId: string | null = null): ExportOrder {
	return {
		id: newId(), personId: round.analystId, programmeId: round.programmeId, roundId: round.roundId, jobId, locale: 'en',
		choice: { ...exportFields.parse({ language: 'en' }), ...choice }, words: exportWords('en', [], 'English')
	};
}

/** The files of an archive, as text or as bytes. */
export function filesIn(archive: Uint8Array): Map<string, Buffer> {
	return new Map(Object.entries(unzipSync(archive)).map(([name, bytes]) => [name, Buffer.from(bytes)]));
}

/** A CSV file as rows of fields, read by the letter of RFC 4180 and nothing more. */
export function readCsv(text: string): string[][] {
	const rows: string[][] = [[]];
	let [field, inside] = ['', false];
	const source = text.startsWith('\ufeff') ? text.slice(1) : text;
	for (let i = 0; i < source.length; i++) {
		const sign = source[i] ?? '';
		if (inside) {
			if (sign !== '"') field += sign;
			else if (source[i + 1] === '"') field += source[++i] ?? '';
			else inside = false;
		} else if (sign === '"') inside = true;
		else if (sign === ',') {
			rows.at(-1)?.push(field);
			field = '';
		} else if (sign === '\r' && source[i + 1] === '\n') {
			rows.at(-1)?.push(field);
			field = '';
			rows.push([]);
			i += 1;
		} else field += sign;
	}
	rows.pop();
	return rows;
}

import { createHash } from 'node:crypto';
import type pg from 'pg';
import { newToken, tokenHash } from '#modules/assessment/collection/token.server.ts';
import { newId } from '#platform/ids.ts';
import { convert } from '#xforms/convert.ts';
import { describe } from '#xforms/instrument.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';

/** An open round with a link to it, laid out for a measurement or a test. */
export type LaidOut = {
	readonly programmeId: string;
	readonly roundId: string;
	readonly versionId: string;
	readonly tokenId: string;
	readonly token: string;
	readonly analystId: string;
	readonly formId: string;
	readonly version: string;
	readonly xform: string;
};

export type Wanted = {
	/** The form, as tables in the notation of the converter's own tests. */
	readonly form: string;
	readonly sensitive?: boolean;
	readonly ceiling?: number;
	/** Texts of the round in its languages. */
	readonly ethics?: Readonly<Record<'consent' | 'refusal' | 'distress', Readonly<Record<string, string>>>>;
};

const plainEthics = { consent: { en: 'Do you agree?' }, refusal: { en: 'You may say no.' }, distress: { en: 'You may stop.' } };

/** Writes a programme, an instrument, an open round and a link to it, as the database's owner. For scratch databases only. */
export async function layOutRound(owner: pg.Pool, wanted: Wanted): Promise<LaidOut> {
	const converted = convert(readMarkdown(wanted.form));
	if (!converted.ok) throw new Error(JSON.stringify(converted.errors));
	const { xml: xform } = converted;
	const instrument = describe(converted.form);
	const ids = {
		programmeId: newId(), placeId: newId(), analystId: newId(), instrumentId: newId(), versionId: newId(), roundId: newId(), tokenId: newId()
	};
	const token = newToken();
	const version = instrument.version ?? '';
	const ethics = wanted.ethics ?? plainEthics;
	const client = await owner.connect();
	const insert = async (table: string, row: Record<string, unknown>): Promise<void> => {
		const names = Object.keys(row);
		const values = Object.values(row).map((value) => (isPlain(value) ? JSON.stringify(value) : value));
		await client.query(`insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`, values);
	};
	const of = { programme_id: ids.programmeId };
	try {
		await client.query('begin');
		await insert('network.programme', { id: ids.programmeId, name: { en: 'Scratch' } });
		await insert('network.place', { id: ids.placeId, ...of, path: ids.placeId.replaceAll('-', ''), kind: 'country', name: { en: 'Scratch' } });
		await insert('network.person', { id: ids.analystId, display_name: 'Scratch analyst' });
		await insert('network.role_grant', { id: newId(), ...of, person_id: ids.analystId, role: 'analyst' });
		await insert('assessment.instrument', { id: ids.instrumentId, ...of, form_id: instrument.formId, title: { en: instrument.title } });
		await insert('assessment.instrument_version', {
			id: ids.versionId, ...of, instrument_id: ids.instrumentId, version, xform, model: instrument,
			md5: createHash('md5').update(xform).digest('hex')
		});
		await insert('assessment.round', {
			id: ids.roundId, ...of, instrument_version_id: ids.versionId, number: 1, name: { en: 'Scratch' }, kind: 'baseline', unit: 'people',
			sensitive: wanted.sensitive ?? false, state: 'open', opened_at: new Date(), ...ethics, minors: { en: 'Adults only.' }
		});
		await insert('assessment.round_place', { ...of, round_id: ids.roundId, place_id: ids.placeId });
		await insert('assessment.round_analyst', { ...of, round_id: ids.roundId, person_id: ids.analystId });
		await insert('assessment.collection_token', {
			id: ids.tokenId, ...of, round_id: ids.roundId, label: 'Scratch', token_hash: tokenHash(token), ceiling: wanted.ceiling ?? null
		});
		await client.query('commit');
	} finally {
		client.release();
	}
	return { ...ids, token, formId: instrument.formId, version, xform };
}

const isPlain = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array);

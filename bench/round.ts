import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { newToken, tokenHash } from '#modules/assessment/collection/token.server.ts';
import { newId } from '#platform/ids.ts';
import { convert } from '#xforms/convert.ts';
import { describe } from '#xforms/instrument.ts';
import { namedFiles } from '#xforms/namedFiles.ts';
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
	/** A round that has not opened yet: what its form names can still be uploaded. */
	readonly draft?: boolean;
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
			id: ids.versionId, ...of, instrument_id: ids.instrumentId, version, xform, model: instrument, named_files: namedFiles(xform),
			md5: createHash('md5').update(xform).digest('hex')
		});
		await insert('assessment.round', {
			id: ids.roundId, ...of, instrument_version_id: ids.versionId, number: 1, name: { en: 'Scratch' }, kind: 'baseline', unit: 'people',
			sensitive: wanted.sensitive ?? false, state: wanted.draft ? 'draft' : 'open', opened_at: wanted.draft ? null : new Date(), ...ethics, minors: { en: 'Adults only.' }
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

/** Puts a file of a form where the program keeps files, as the database's owner. For scratch databases only. @param data the data folder */
export async function layFormFile(owner: pg.Pool, data: string, round: LaidOut, file: { name: string; mediaType: string; content: Buffer }): Promise<void> {
	const sha256 = createHash('sha256').update(file.content).digest();
	const hex = sha256.toString('hex');
	const folder = path.join(data, 'files', hex.slice(0, 2));
	await mkdir(folder, { recursive: true });
	await writeFile(path.join(folder, hex.slice(2)), file.content);
	const fileId = newId();
	await owner.query('insert into platform.file (id, programme_id, sha256, media_type, name, bytes) values ($1, $2, $3, $4, $5, $6)', [fileId, round.programmeId, sha256, file.mediaType, file.name, file.content.length]);
	await owner.query(
		'insert into assessment.form_file (id, programme_id, version_id, name, file_id, sha256, md5, media_type, bytes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
		[newId(), round.programmeId, round.versionId, file.name, fileId, sha256, createHash('md5').update(file.content).digest('hex'), file.mediaType, file.content.length]
	);
}

import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { newId } from '#platform/ids.ts';
import type { App } from './app.ts';

/** A connection to the database of a started program, past every fence: for setting a scene, and for looking behind. */
export async function ownerOf(app: App): Promise<pg.Client> {
	const socket = readdirSync(app.folder, { recursive: true, encoding: 'utf8' }).find((name) => path.basename(name) === '.s.PGSQL.5432');
	if (!socket) throw new Error('no socket of the embedded PostgreSQL was found');
	const owner = new pg.Client({ host: path.join(app.folder, path.dirname(socket)), user: 'hamkor', database: 'hamkor' });
	await owner.connect();
	return owner;
}

/** The demonstration programme of a started program. */
export async function demonstrationIn(owner: pg.Client | pg.Pool): Promise<string> {
	const { rows } = await owner.query<{ id: string }>('select id from network.programme where demonstration');
	if (!rows[0]) throw new Error('no demonstration is laid out');
	return rows[0].id;
}

/** Somebody with a role for the whole of a programme, signed in a moment ago. @returns the session's cookie value, and who it is */
export async function signedInAs(owner: pg.Client, programmeId: string, role: string): Promise<{ token: string; personId: string }> {
	const token = randomBytes(32).toString('base64url');
	const personId = newId();
	await owner.query('insert into network.person (id, display_name) values ($1, $2)', [personId, `Sinov: ${role}`]);
	await owner.query('insert into platform.account (person_id, sign_in_name) values ($1, $2)', [personId, personId]);
	await owner.query('insert into platform.session (id, token_hash, person_id, strong_at) values ($1, $2, $3, now())', [
		newId(),
		createHash('sha256').update(token).digest(),
		personId
	]);
	await owner.query('insert into network.role_grant (id, programme_id, person_id, role) values ($1, $2, $3, $4)', [newId(), programmeId, personId, role]);
	return { token, personId };
}

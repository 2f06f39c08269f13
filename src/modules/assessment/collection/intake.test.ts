import { beforeAll, describe, expect, it } from 'vitest';
import { layOutRound, type LaidOut } from '../../../../bench/round.ts';
import { owner, useDatabase } from '../../../../test/database.ts';
import { newId } from '#platform/ids.ts';
import { roles } from '#platform/permit.server.ts';
import { formOf } from './form.server.ts';
import type { Sender } from './arrival.ts';
import { receive } from './intake.server.ts';

useDatabase();

const form = `
| survey   |
|          | type | name | label |
|          | text | word | Word  |
| settings |
|          | form_id | version |
|          | actors  | 1       |
`;

let round: LaidOut;
let other: LaidOut;
beforeAll(async () => {
	round = await layOutRound(owner, { form });
	other = await layOutRound(owner, { form });
});

/** Sends a fresh submission into the round; answers with the status a client would get. */
async function send(sender: Sender): Promise<number> {
	const { shape } = await formOf(round.versionId);
	const xml = Buffer.from(`<data id="actors" version="1"><word>a</word><meta><instanceID>uuid:${newId()}</instanceID></meta></data>`);
	try {
		await receive(sender, { ...round, placeId: null }, shape, { xml, files: [] });
		return 201;
	} catch (error) {
		if (error instanceof Error && 'status' in error) return Number(error.status);
		throw error;
	}
}

async function personWith(role: string | null): Promise<Sender> {
	const personId = newId();
	await owner.query('insert into network.person (id, display_name) values ($1, $2)', [personId, 'Somebody']);
	if (role !== null) {
		await owner.query('insert into network.role_grant (id, programme_id, person_id, role) values ($1, $2, $3, $4)', [newId(), round.programmeId, personId, role]);
	}
	return { kind: 'person', personId };
}

describe('receiving a submission', () => {
	it.each(roles)('is for those who collect: %s', async (role) => {
		const collects = ['coordinator', 'member', 'analyst', 'collector', 'official'].includes(role);
		expect(await send(await personWith(role))).toBe(collects ? 201 : 403);
	});

	it('is not for a stranger, nor for a link into another round', async () => {
		expect(await send(await personWith(null))).toBe(403);
		expect(await send({ kind: 'token', tokenId: other.tokenId })).toBe(403);
		expect(await send({ kind: 'token', tokenId: newId() })).toBe(403);
		expect(await send({ kind: 'token', tokenId: round.tokenId })).toBe(201);
	});

	it('ends for everybody when the round is closed', async () => {
		const collector = await personWith('collector');
		await owner.query("update assessment.round set state = 'closed' where id = $1", [round.roundId]);
		expect(await send(collector)).toBe(403);
		expect(await send({ kind: 'token', tokenId: round.tokenId })).toBe(403);
	});
});

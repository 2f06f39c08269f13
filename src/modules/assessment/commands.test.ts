import { inflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { makeInstrument, makeOpenRound, putAnswers, readyInstrument, roundForm } from '../../../test/assessment.ts';
import { rolledBack, useDatabase } from '../../../test/database.ts';
import { makeWorld } from '../../../test/personas.ts';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { readTableQuery } from '#ui/table.ts';
import { exportAnswers, listAnswers } from './answer-queries.server.ts';
import { answerColumns } from './answers.ts';
import { collectSettings } from './collect-settings.server.ts';
import { tokenHash } from './collection/token.server.ts';
import { addDocument, draftFinding, standFinding } from './evidence-commands.server.ts';
import { withdrawEvidence } from './withdrawal/commands.server.ts';
import { withdrawFinding } from './withdrawal/permits.ts';
import { documentFields } from './evidence.ts';
import { saveInstrument } from './instruments/commands.server.ts';
import * as verbs from './permits.ts';
import { closeRound, draftRound, editRound, makeToken, nameAnalysts, openRound, revokeToken } from './round-commands.server.ts';
import { readXlsForm } from './instruments/xlsform.server.ts';

useDatabase();

const constraintsNow = (tx: Tx) => sql`set constraints all immediate`.execute(tx);

describe('an instrument', () => {
	it('is saved once a version: the same again is the same, other content is refused', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const first = await makeInstrument(tx, world);
			expect(await makeInstrument(tx, world)).toEqual(first);
			expect((await makeInstrument(tx, world, '2')).instrumentId).toBe(first.instrumentId);
			await asActor(tx, world.person.coordinator, async () => {
				const may = await permit(tx, verbs.uploadInstrument, { programmeId: world.programmeId });
				const changed = { ...readyInstrument(), xml: '<other/>' };
				await expect(saveInstrument(tx, may, { title: { uz: 'x' }, sourceFileId: newId(), ready: changed })).rejects.toMatchObject({ code: 'instrument.version-exists' });
			});
			await asActor(tx, world.person.member, async () => {
				await expect(permit(tx, verbs.uploadInstrument, { programmeId: world.programmeId })).rejects.toMatchObject({ status: 403 });
			});
		});
	});
	it('is refused as a spreadsheet with a reason, not with an accident', async () => {
		const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
		expect(await readXlsForm(bytes('no spreadsheet'), 'a.xlsx')).toMatchObject({ ok: false, errors: [{ code: 'xlsform.unreadable' }] });
		const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(60 * 1024 * 1024) });
		expect(await readXlsForm(bomb, 'bomb.xlsx')).toMatchObject({ ok: false, errors: [{ code: 'xlsform.too-large' }] });
	}, 60_000);
});

describe('a round', () => {
	it('opens only when ethics, places and analysts are set, then keeps what people were told', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const { versionId } = await makeInstrument(tx, world);
			await asActor(tx, world.person.coordinator, async () => {
				const whole = roundForm(versionId, [world.jizzakh]);
				const id = await draftRound(tx, await permit(tx, verbs.draftRound, { programmeId: world.programmeId }), { ...whole, consent: {}, places: [] });
				await expect(openRound(tx, await permit(tx, verbs.openRound, id))).rejects.toMatchObject({ code: 'round.not-ready', facts: { missing: 'consent, places, analysts' } });
				await editRound(tx, await permit(tx, verbs.editRound, id), whole);
				await expect(nameAnalysts(tx, await permit(tx, verbs.nameAnalysts, id), [world.stranger.personId])).rejects.toMatchObject({ code: 'round.analyst-unknown' });
				await nameAnalysts(tx, await permit(tx, verbs.nameAnalysts, id), [world.person.analyst.personId]);
				await openRound(tx, await permit(tx, verbs.openRound, id));
				await constraintsNow(tx);
				await expect(editRound(tx, await permit(tx, verbs.editRound, id), whole)).rejects.toMatchObject({ code: 'round.not-draft' });
				await closeRound(tx, await permit(tx, verbs.closeRound, id));
				await expect(closeRound(tx, await permit(tx, verbs.closeRound, id))).rejects.toMatchObject({ code: 'round.not-open' });
			});
			await asActor(tx, world.person.analyst, async () => {
				const id = await draftRound(tx, await permit(tx, verbs.draftRound, { programmeId: world.programmeId }), roundForm(versionId, []));
				await expect(permit(tx, verbs.nameAnalysts, id)).rejects.toMatchObject({ status: 403 });
			});
		});
	});
	it('is not opened past the program either: the database holds the gate', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const { versionId } = await makeInstrument(tx, world);
			const opening = asActor(tx, world.person.coordinator, async () => {
				const id = await draftRound(tx, await permit(tx, verbs.draftRound, { programmeId: world.programmeId }), roundForm(versionId, [world.jizzakh]));
				await tx.updateTable('assessment.round').set({ state: 'open' }).where('id', '=', id).execute();
				await constraintsNow(tx);
			});
			await expect(opening).rejects.toMatchObject({ code: 'HM001', message: 'round.ethics-missing' });
		});
	});
	it('hands out a link whose secret is kept as a hash only, and takes it back', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const roundId = await makeOpenRound(tx, world);
			await asActor(tx, world.person.coordinator, async () => {
				const fields = { id: newId(), label: 'Zomin', placeId: world.zomin, expiresOn: '2099-01-01', ceiling: 100, teamId: null, personId: null };
				const may = await permit(tx, verbs.makeToken, roundId);
				const secret = await makeToken(tx, may, fields);
				const kept = await tx.selectFrom('assessment.collectionToken').selectAll().where('id', '=', fields.id).executeTakeFirstOrThrow();
				expect(kept.tokenHash.equals(tokenHash(secret))).toBe(true);
				expect(JSON.stringify(kept)).not.toContain(secret);
				await expect(makeToken(tx, may, fields)).rejects.toMatchObject({ code: 'token.shown-already' });
				await revokeToken(tx, await permit(tx, verbs.revokeToken, fields.id));
				const after = await tx.selectFrom('assessment.collectionToken').select('revokedAt').where('id', '=', fields.id).executeTakeFirstOrThrow();
				expect(after.revokedAt).not.toBeNull();
			});
			await asActor(tx, world.person.member, async () => {
				await expect(permit(tx, verbs.makeToken, roundId)).rejects.toMatchObject({ status: 403 });
			});
		});
	});
	it('ends a link with its last day in the time zone of the programme, and makes none that has ended', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const roundId = await makeOpenRound(tx, world);
			await asActor(tx, world.person.coordinator, async () => {
				const fields = { id: newId(), label: 'Zomin', placeId: null, expiresOn: '2098-12-20', ceiling: 100, teamId: null, personId: null };
				const may = await permit(tx, verbs.makeToken, roundId);
				await makeToken(tx, may, fields);
				const { expiresAt } = await tx.selectFrom('assessment.collectionToken').select('expiresAt').where('id', '=', fields.id).executeTakeFirstOrThrow();
				expect(expiresAt?.toISOString()).toBe('2098-12-20T18:59:59.000Z');
				await expect(makeToken(tx, may, { ...fields, id: newId(), expiresOn: '2020-01-01' })).rejects.toMatchObject({ code: 'token.end-past', field: 'expiresOn' });
			});
		});
	});
	it('sets ODK Collect up by a code that Collect can read', () => {
		const settings: unknown = JSON.parse(inflateSync(Buffer.from(collectSettings('https://x.example/key/abc', 'Zomin'), 'base64')).toString('utf8'));
		expect(settings).toEqual({ general: { server_url: 'https://x.example/key/abc', form_update_mode: 'match_exactly', autosend: 'wifi_and_cellular' }, project: { name: 'Zomin' }, admin: {} });
	});
});

describe('answers', () => {
	it('open to named analysts only, filtered and sorted, and an export is journalled', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const roundId = await makeOpenRound(tx, world);
			await putAnswers(tx, world, roundId, [{ '/data/sex': 'f', '/data/needs': 'law home' }, { '/data/sex': 'm', '/data/needs': 'work' }, { '/data/sex': 'f' }]);
			const { model } = readyInstrument();
			const columns = answerColumns(model, 'en', 'Asia/Tashkent');
			const query = readTableQuery({ pathname: '/', search: '?sort=a1' }, columns, { sort: '-received' });
			await asActor(tx, world.person.analyst, async () => {
				const may = await permit(tx, verbs.readSubmissions, roundId);
				const all = await listAnswers(tx, may, model, query, { flagged: false, question: null, answer: '' });
				expect([all.matching, all.total, all.rows.map((row) => row.answers['/data/sex'])]).toEqual([3, 3, ['f', 'f', 'm']]);
				const home = await listAnswers(tx, may, model, query, { flagged: false, question: 'a2', answer: 'home' });
				expect([home.matching, home.total]).toEqual([1, 3]);
				expect(columns.find((column) => column.key === 'a2')?.text(home.rows[0] ?? { id: '', receivedAt: new Date(), place: null, answers: {}, flags: 0, reviewState: 'received', team: null })).toBe('Legal help, Shelter');
				await exportAnswers(tx, await permit(tx, verbs.exportSubmissions, roundId), model, query, { flagged: false, question: null, answer: '' });
				expect(await tx.selectFrom('platform.journal').select('verb').execute()).toContainEqual({ verb: 'submission.export' });
			});
			for (const other of [world.person.coordinator, world.person.member, world.person.administrator]) {
				await asActor(tx, other, async () => {
					await expect(permit(tx, verbs.readSubmissions, roundId)).rejects.toThrow();
					expect(await tx.selectFrom('assessment.submission').select('id').execute()).toEqual([]);
				});
			}
		});
	});
});

describe('a finding', () => {
	it('stands on evidence or not at all, and is withdrawn with a reason', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			await asActor(tx, world.person.coordinator, async () => {
				const programmeId = world.programmeId;
				const fields = documentFields.parse({ title: { uz: 'Qonun' }, source: 'Vazirlik', page: '12', link: '' });
				const document = await addDocument(tx, await permit(tx, verbs.addDocument, { programmeId }), fields);
				const finding = { statement: { uz: 'Boshpana yoʻq' }, placeId: null, figures: [], quotations: [], documents: [document] };
				const id = await draftFinding(tx, await permit(tx, verbs.draftFinding, { programmeId }), finding);
				await standFinding(tx, await permit(tx, verbs.standFinding, id));
				await constraintsNow(tx);
				await expect(standFinding(tx, await permit(tx, verbs.standFinding, id))).rejects.toMatchObject({ code: 'finding.not-draft' });
				await withdrawEvidence(tx, await permit(tx, withdrawFinding, id), 'Hujjat eskirgan');
				await expect(withdrawEvidence(tx, await permit(tx, withdrawFinding, id), 'yana')).rejects.toMatchObject({ code: 'evidence.withdrawn-already' });
			});
			await asActor(tx, world.person.member, async () => {
				await expect(permit(tx, verbs.draftFinding, { programmeId: world.programmeId })).rejects.toMatchObject({ status: 403 });
			});
		});
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const standing = asActor(tx, world.person.coordinator, async () => {
				const finding = { statement: { uz: 'x' }, placeId: null, figures: [], quotations: [], documents: [] };
				const id = await draftFinding(tx, await permit(tx, verbs.draftFinding, { programmeId: world.programmeId }), finding);
				await standFinding(tx, await permit(tx, verbs.standFinding, id));
				await constraintsNow(tx);
			});
			await expect(standing).rejects.toMatchObject({ code: 'HM001', message: 'finding.without-evidence' });
		});
	});
});

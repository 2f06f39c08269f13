import { describe, expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeWorld } from '../../../../test/personas.ts';
import * as verbs from '../permits.ts';
import { bookOf, workbookOf } from './book.ts';
import { withVersion } from './check.ts';
import { changeDraft, putAway, saveVersion, startDraft, stepDraft } from './draft-commands.server.ts';
import { getDraft, listDrafts, sheetsOfVersion } from './draft-queries.server.ts';
import { outlineOf } from './outline.ts';
import { shipped, shippedTitle, shippedWorkbook } from './shipped/shipped.ts';
import { checkSheets } from './xlsform.server.ts';

useDatabase();

const [quality] = shipped;
if (!quality) throw new Error('no instrument is shipped');

describe('a draft of an instrument', () => {
	it('is written by coordinators and analysts, read by members, and nobody else', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const target = { programmeId: world.programmeId };
			const id = await asActor(tx, world.person.analyst, async () => startDraft(tx, await permit(tx, verbs.draftInstrument, target), { title: shippedTitle(quality), book: bookOf(shippedWorkbook(quality)), basedOnId: null }));
			await asActor(tx, world.person.coordinator, async () => {
				await changeDraft(tx, await permit(tx, verbs.editInstrument, id), { do: 'add', after: '', kind: 'text' });
			});
			await asActor(tx, world.person.member, async () => {
				expect(await listDrafts(tx, world.programmeId)).toHaveLength(1);
				await expect(permit(tx, verbs.editInstrument, id)).rejects.toMatchObject({ code: 'not-permitted' });
			});
			for (const other of [world.person.donor, world.person.collector, world.stranger]) {
				await asActor(tx, other, async () => expect(await listDrafts(tx, world.programmeId)).toHaveLength(0));
			}
		});
	});
	it('is taken back and done again step by step, and becomes versions that never change', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			await asActor(tx, world.person.coordinator, async () => {
				const may = await permit(tx, verbs.draftInstrument, { programmeId: world.programmeId });
				const id = await startDraft(tx, may, { title: shippedTitle(quality), book: bookOf(shippedWorkbook(quality)), basedOnId: null });
				const edit = async () => permit(tx, verbs.editInstrument, id);
				const now = () => getDraft(tx, world.programmeId, id);
				const before = outlineOf((await now()).book).length;
				await changeDraft(tx, await edit(), { do: 'add', after: '', kind: 'note' });
				await expect(stepDraft(tx, await edit(), -1, 1)).rejects.toMatchObject({ code: 'draft.changed-meanwhile' });
				await stepDraft(tx, await edit(), -1, (await now()).revision);
				expect(outlineOf((await now()).book)).toHaveLength(before);
				await stepDraft(tx, await edit(), 1, (await now()).revision);
				expect(outlineOf((await now()).book)).toHaveLength(before + 1);
				await stepDraft(tx, await edit(), -1, (await now()).revision);

				const save = async (version: string) => {
					const { book, revision } = await now();
					const ready = await checkSheets(withVersion(workbookOf(book), version), 'x');
					if (!ready.ok) throw new Error(JSON.stringify(ready.errors));
					return saveVersion(tx, await permit(tx, verbs.saveInstrumentVersion, id), ready, revision);
				};
				const first = await save('2');
				const again = await save('3');
				expect(again.instrumentId).toBe(first.instrumentId);
				expect((await sheetsOfVersion(tx, world.programmeId, first.versionId)).version).toBe('2');
				expect((await now()).basedOn).toBe('3');

				const other = await startDraft(tx, may, { title: shippedTitle(quality), book: bookOf(shippedWorkbook(quality)), basedOnId: null });
				const ready = await checkSheets(shippedWorkbook(quality), 'x');
				if (!ready.ok) throw new Error('not ready');
				await expect(saveVersion(tx, await permit(tx, verbs.saveInstrumentVersion, other), ready, 1)).rejects.toMatchObject({ code: 'instrument.form-id-taken' });

				await putAway(tx, await edit(), true);
				await expect(changeDraft(tx, await edit(), { do: 'add', after: '', kind: 'text' })).rejects.toMatchObject({ code: 'draft.put-away' });
			});
		});
	});
});

import { expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { draftFinding, standFinding } from '#modules/assessment/evidence-commands.server.ts';
import * as evidence from '#modules/assessment/permits.ts';
import * as scoring from '#modules/assessment/scoring/permits.ts';
import { agree } from '#modules/assessment/scoring/reconcile-commands.server.ts';
import { writeScore } from '#modules/assessment/scoring/score-commands.server.ts';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeWorld, type World } from '../../../../test/personas.ts';
import { fillIn, finish, makeScoring } from '../../../../test/scoring.ts';
import * as commands from './commands.server.ts';
import * as verbs from './permits.ts';
import { judgedFigures } from './judged.server.ts';
import { objectionsTo } from './publish.server.ts';
import { getBriefing } from './queries.server.ts';

useDatabase();

const objections = (tx: Tx, { programmeId, person }: World, id: string): Promise<string[]> =>
	asActor(tx, person.coordinator, async () => {
		const briefing = await getBriefing(tx, programmeId, id);
		return objectionsTo(briefing, await judgedFigures(tx, briefing)).map(({ code }) => code);
	});

it('a briefing waits for a service to agree to publication before a finding about its score goes out', () =>
	rolledBack(system('first-run'), async (tx) => {
		const world = await makeWorld(tx);
		const { id, civil, authority, shelter } = await makeScoring(tx, world);
		const { programmeId, person } = world;
		await fillIn(tx, id, civil, [1, 2, 3, 1]);
		await fillIn(tx, id, authority, [1, 2, 3, 1]);
		await finish(tx, id, { civil, authority });
		const agreeTo = (scope: 'programme' | 'publication') => asActor(tx, shelter, async () => agree(tx, await permit(tx, scoring.agreeToScores, id), { scope, agreedOn: '2026-11-01' }));
		await agreeTo('programme');
		const findingId = await asActor(tx, person.analyst, async () => {
			const scoreId = await writeScore(tx, await permit(tx, scoring.writeScore, id), { area: 'safety', title: { uz: 'Xavfsizlik' } });
			const fields = { statement: { uz: 'Kirish nazorat qilinmaydi' }, placeId: null, figures: [], quotations: [], documents: [], scores: [scoreId] };
			const finding = await draftFinding(tx, await permit(tx, evidence.draftFinding, { programmeId }), fields);
			await standFinding(tx, await permit(tx, evidence.standFinding, finding));
			return finding;
		});
		const briefing = await asActor(tx, person.coordinator, async () => {
			const may = await permit(tx, verbs.draftBriefing, { programmeId });
			const made = await commands.draftBriefing(tx, may, { title: { uz: 'Boshpana' }, summary: {}, slug: `boshpana-${newId()}`, locales: ['uz'] });
			await commands.addBlock(tx, await permit(tx, verbs.editBriefing, made), { kind: 'finding', findingId });
			return made;
		});
		expect(await objections(tx, world, briefing)).toEqual(['briefing.finding-score-untold']);
		await agreeTo('publication');
		expect(await objections(tx, world, briefing)).toEqual([]);
	}));

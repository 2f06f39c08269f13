import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { publicActor, system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { asProblem } from '#platform/thrown-problem.ts';
import { simpleQuery } from '#modules/assessment/figures/figure.ts';
import { saveFigure } from '#modules/assessment/figures/commands.server.ts';
import * as evidence from '#modules/assessment/evidence-commands.server.ts';
import * as assessment from '#modules/assessment/permits.ts';
import { documentOptions, getFinding, listDocuments } from '#modules/assessment/queries.server.ts';
import { piecesOf } from '#modules/assessment/strength/queries.server.ts';
import { strengthOf } from '#modules/assessment/strength/strength.ts';
import { reinstateEvidence, withdrawEvidence } from '#modules/assessment/withdrawal/commands.server.ts';
import * as verbs from '#modules/assessment/withdrawal/permits.ts';
import { withdrawalsOf } from '#modules/assessment/withdrawal/queries.server.ts';
import * as briefings from '#modules/policy/briefing/commands.server.ts';
import { toldToday } from '#modules/policy/briefing/fallen.ts';
import { judgedFigures } from '#modules/policy/briefing/judged.server.ts';
import { editionPdf } from '#modules/policy/briefing/pdf.server.ts';
import * as briefingVerbs from '#modules/policy/briefing/permits.ts';
import { objectionsTo, publishBriefing } from '#modules/policy/briefing/publish.server.ts';
import { getBriefing, publishedEdition } from '#modules/policy/briefing/queries.server.ts';
import { dayIn } from '#thread/days.ts';
import { downstream, stateOfGaps, threadOf } from '#thread/queries.server.ts';
import { makeOpenRound, putAnswers } from '../assessment.ts';
import { rolledBack, useDatabase } from '../database.ts';
import { makeWorld, type World } from '../personas.ts';
import { makeThread, settle, words } from './whole.ts';

useDatabase();

const inWorld = (work: (tx: Tx, world: World) => Promise<void>): Promise<void> =>
	rolledBack(system('first-run'), async (tx) => work(tx, await makeWorld(tx)));
const clock = { today: '2099-01-01', stalledAfterDays: 30 };
const withdraw = async (tx: Tx, kind: keyof typeof verbs.withdrawalVerbs, id: string, reason = 'Manba xato'): Promise<void> =>
	withdrawEvidence(tx, await permit(tx, verbs.withdrawalVerbs[kind].withdraw, id), reason);
const putBack = async (tx: Tx, kind: keyof typeof verbs.withdrawalVerbs, id: string, reason = 'Tekshirildi'): Promise<void> =>
	reinstateEvidence(tx, await permit(tx, verbs.withdrawalVerbs[kind].reinstate, id), reason);

/** What the database says when the constraints that wait for the commit are asked now. */
async function refused(tx: Tx, work: () => Promise<unknown>): Promise<string | undefined> {
	await sql`savepoint asked`.execute(tx);
	try {
		await work();
		await settle(tx);
		return undefined;
	} catch (thrown) {
		return asProblem(thrown)?.code ?? String(thrown);
	} finally {
		await sql`rollback to savepoint asked`.execute(tx);
	}
}

describe('a piece of evidence that is withdrawn', () => {
	it('takes the ground from everything above it, to the verified change, and gives it back when it is put back', () =>
		inWorld(async (tx, world) => {
			const whole = await makeThread(tx, world);
			await asActor(tx, world.person.analyst, async () => {
				const strength = async (): Promise<number> => strengthOf((await piecesOf(tx, [whole.findingId])).get(whole.findingId) ?? [], clock.today).value;
				const evidenceStep = async () => (await stateOfGaps(tx, world.programmeId, clock)).find(({ gap }) => gap.id === whole.gap)?.steps[0];
				const before = await strength();
				expect(before).toBeGreaterThan(0);
				expect(await evidenceStep()).toMatchObject({ state: 'ok', count: 1 });
				const would = (await downstream(tx, world.programmeId, whole.documentId)).fallen.map(({ kind }) => kind).sort();
				await withdraw(tx, 'document', whole.documentId);
				expect(await strength()).toBe(0);
				expect(await evidenceStep()).toMatchObject({ state: 'broken', count: 0, reason: 'evidence-withdrawn', since: dayIn(new Date(), 'Asia/Tashkent') });
				const thread = await threadOf(tx, world.programmeId, whole.documentId);
				expect(thread?.here.state).toBe('withdrawn');
				const fallen = [...(thread?.graph.knots.values() ?? [])].filter(({ id, kind, state }) => id !== whole.documentId && kind !== 'document' && state !== 'draft' && thread?.stands(id) === false).map(({ kind }) => kind).sort();
				expect(fallen).toEqual(would);
				expect(would).toEqual(['change', 'commitment', 'finding', 'gap', 'recommendation', 'result', 'training']);
				const shown = await getFinding(tx, world.programmeId, whole.findingId);
				expect(shown.documents[0]).toMatchObject({ withdrawnReason: 'Manba xato' });
				expect((await listDocuments(tx, world.programmeId)).find(({ id }) => id === whole.documentId)?.withdrawnAt).toBeInstanceOf(Date);
				await putBack(tx, 'document', whole.documentId);
				expect(await strength()).toBe(before);
				expect(await evidenceStep()).toMatchObject({ state: 'ok', count: 1 });
			});
		}));

	it('keeps its history: who took it back and put it back, when and why, each once', () =>
		inWorld(async (tx, world) => {
			const { documentId } = await makeThread(tx, world);
			await asActor(tx, world.person.analyst, async () => {
				await withdraw(tx, 'document', documentId, 'Birinchi');
				await expect(withdraw(tx, 'document', documentId)).rejects.toMatchObject({ code: 'evidence.withdrawn-already' });
				await putBack(tx, 'document', documentId, 'Tekshirildi');
				await expect(putBack(tx, 'document', documentId)).rejects.toMatchObject({ code: 'evidence.not-withdrawn' });
				await withdraw(tx, 'document', documentId, 'Ikkinchi');
				const history = await withdrawalsOf(tx, world.programmeId, documentId);
				expect(history.map(({ reason, reinstatedReason }) => [reason, reinstatedReason])).toEqual([['Ikkinchi', null], ['Birinchi', 'Tekshirildi']]);
				const entries = await tx.selectFrom('platform.journal').select('verb').where('subjectId', '=', documentId).orderBy('seq').execute();
				expect(entries.map(({ verb }) => verb)).toEqual(['document.withdraw', 'document.reinstate', 'document.withdraw']);
				expect(await refused(tx, () => sql`update assessment.withdrawal set reason = 'x'`.execute(tx))).toBe('withdrawal.kept');
				expect(await refused(tx, () => sql`delete from assessment.withdrawal`.execute(tx))).toBe('not-permitted');
			});
			await asActor(tx, world.person.member, async () => {
				await expect(permit(tx, verbs.reinstateDocument, documentId)).rejects.toMatchObject({ status: 403 });
			});
		}));

	it('is not cited anew, and no finding is let stand on nothing else', () =>
		inWorld(async (tx, world) => {
			const { programmeId } = world;
			const { documentId } = await makeThread(tx, world);
			await asActor(tx, world.person.coordinator, async () => {
				const draft = async (): Promise<string> =>
					evidence.draftFinding(tx, await permit(tx, assessment.draftFinding, { programmeId }), { statement: words('Yangi'), placeId: null, figures: [], quotations: [], documents: [documentId] });
				const drafted = await draft();
				expect((await documentOptions(tx, programmeId, 'uz')).map(({ value }) => value)).toContain(documentId);
				await withdraw(tx, 'document', documentId);
				expect((await documentOptions(tx, programmeId, 'uz')).map(({ value }) => value)).not.toContain(documentId);
				expect(await refused(tx, draft)).toBe('evidence.withdrawn');
				expect(await refused(tx, async () => evidence.standFinding(tx, await permit(tx, assessment.standFinding, drafted)))).toBe('finding.without-evidence');
				// What was cited before stays cited when the draft is written on.
				const { finding } = await getFinding(tx, programmeId, drafted);
				await evidence.editFinding(tx, await permit(tx, assessment.editFinding, drafted), { statement: words('Qayta'), placeId: finding.placeId, figures: [], quotations: [], documents: [documentId] });
				await putBack(tx, 'document', documentId);
				expect(await refused(tx, async () => evidence.standFinding(tx, await permit(tx, assessment.standFinding, drafted)))).toBeUndefined();
			});
		}));

	it('brings a finding back to what it was, and not onto nothing', () =>
		inWorld(async (tx, world) => {
			const { findingId, documentId } = await makeThread(tx, world);
			await asActor(tx, world.person.coordinator, async () => {
				await withdraw(tx, 'finding', findingId);
				await settle(tx);
				expect(await refused(tx, () => putBack(tx, 'finding', findingId))).toBeUndefined();
				await withdraw(tx, 'document', documentId);
				expect(await refused(tx, () => putBack(tx, 'finding', findingId))).toBe('finding.without-evidence');
				await putBack(tx, 'document', documentId);
				await putBack(tx, 'finding', findingId);
				await settle(tx);
				expect((await getFinding(tx, world.programmeId, findingId)).finding).toMatchObject({ state: 'stands', withdrawnAt: null, withdrawnReason: null });
			});
		}));

	it('counts as gone also for who may not see it, and tells them nothing but that', () =>
		inWorld(async (tx, world) => {
			const { programmeId, samarkand } = world;
			const { hidden, finding } = await asActor(tx, world.person.coordinator, async () => {
				const document = await evidence.addDocument(tx, await permit(tx, assessment.addDocument, { programmeId, placeId: samarkand }), { title: words('Yashirin'), source: 's', page: null, dated: null, link: null, placeId: samarkand });
				const id = await evidence.draftFinding(tx, await permit(tx, assessment.draftFinding, { programmeId }), { statement: words('Butun dastur'), placeId: null, figures: [], quotations: [], documents: [document] });
				await evidence.standFinding(tx, await permit(tx, assessment.standFinding, id));
				return { hidden: document, finding: id };
			});
			const seenInJizzakh = () => asActor(tx, world.memberInJizzakh, async () => (await threadOf(tx, programmeId, finding))?.stands(finding));
			expect(await seenInJizzakh()).toBe(true);
			await asActor(tx, world.person.coordinator, () => withdraw(tx, 'document', hidden));
			expect(await seenInJizzakh()).toBe(false);
			await asActor(tx, world.memberInJizzakh, async () => {
				expect(await tx.selectFrom('assessment.withdrawal').selectAll().execute()).toEqual([]);
				expect((await getFinding(tx, programmeId, finding)).documents).toEqual([]);
			});
			await asActor(tx, publicActor, async () => {
				expect((await sql`select id from assessment.withdrawn_evidence(${programmeId})`.execute(tx)).rows).toEqual([]);
			});
		}));
});

describe('a briefing', () => {
	const publish = async (tx: Tx, world: World, quotationId: string, figureId: string, findingId: string): Promise<{ id: string; slug: string }> => {
		const { programmeId } = world;
		const slug = `x-${newId()}`;
		const id = await briefings.draftBriefing(tx, await permit(tx, briefingVerbs.draftBriefing, { programmeId }), { title: words('Hisobot'), summary: {}, slug, locales: ['uz'] });
		const edit = await permit(tx, briefingVerbs.editBriefing, id);
		await briefings.addBlock(tx, edit, { kind: 'heading', words: words('Bosh') });
		await briefings.addBlock(tx, edit, { kind: 'figure', figureId });
		await briefings.addBlock(tx, edit, { kind: 'quotation', quotationId });
		await briefings.addBlock(tx, edit, { kind: 'finding', findingId });
		return { id, slug };
	};

	it('is not published on what was withdrawn, and a published one says what fell since, repeating no words that were taken back', () =>
		inWorld(async (tx, world) => {
			const { programmeId } = world;
			const { findingId, documentId } = await makeThread(tx, world);
			const round = await makeOpenRound(tx, world);
			await putAnswers(tx, world, round, Array.from({ length: 40 }, (_, i) => ({ '/data/sex': i % 2 === 0 ? 'f' : 'm' })));
			const figureId = await asActor(tx, world.person.analyst, async () =>
				saveFigure(tx, await permit(tx, assessment.saveFigure, { roundId: round, placeId: null }), { title: words('Kim'), query: simpleQuery(round, 'share', '/data/sex'), placeId: null, comparedRoundId: null, familyOf: null })
			);
			const { slug } = await asActor(tx, world.person.coordinator, async () => {
				const said = { words: words('Boradigan joyim yoʻq edi'), spokenBy: words('ayol'), saidOn: '2026-01-02', consentLevel: 'public', roundId: null, placeId: null } as const;
				const quotationId = await evidence.addQuotation(tx, await permit(tx, assessment.addQuotation, { programmeId }), said);
				const made = await publish(tx, world, quotationId, figureId, findingId);
				const objections = async (): Promise<string[]> => {
					const briefing = await getBriefing(tx, programmeId, made.id);
					return objectionsTo(briefing, await judgedFigures(tx, briefing)).map(({ code }) => code);
				};
				expect(await objections()).toEqual([]);
				await withdraw(tx, 'figure', figureId);
				await withdraw(tx, 'document', documentId);
				expect(await objections()).toEqual(['briefing.piece-withdrawn', 'briefing.finding-on-nothing']);
				await putBack(tx, 'figure', figureId);
				await putBack(tx, 'document', documentId);
				await publishBriefing(tx, await permit(tx, briefingVerbs.publishBriefing, made.id), '2026-11-23');
				const whole = await asActor(tx, publicActor, () => publishedEdition(tx, made.slug, 'uz'));
				expect(whole.fallen).toEqual({});
				for (const [kind, id] of [['figure', figureId], ['quotation', quotationId], ['document', documentId]] as const) await withdraw(tx, kind, id, 'sir');
				return made;
			});
			await asActor(tx, publicActor, async () => {
				const { edition, fallen } = await publishedEdition(tx, slug, 'uz');
				expect(Object.entries(fallen).map(([at, { how }]) => [at, how])).toEqual([['1', 'withdrawn'], ['2', 'withdrawn'], ['3', 'on-nothing']]);
				const today = toldToday(edition, fallen);
				expect(Object.keys(today.notes)).toEqual(['1', '2', '3']);
				const told = JSON.stringify(today);
				expect(told).not.toContain('Boradigan');
				expect(told).not.toContain('sir"');
				expect(Buffer.from(await editionPdf(edition, fallen)).toString('latin1').startsWith('%PDF-1.7')).toBe(true);
				expect(Buffer.compare(Buffer.from(await editionPdf(edition)), Buffer.from(await editionPdf(edition, fallen)))).not.toBe(0);
			});
		}));
});

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor } from '#platform/database.server.ts';
import { roles, mayI, type InProgramme, type Subject, type Verb } from '#platform/permit.server.ts';
import type { Tx } from '#platform/database.server.ts';
import * as gaps from '#modules/gaps/permits.ts';
import * as plans from '#modules/plans/permits.ts';
import * as policy from '#modules/policy/permits.ts';
import * as results from '#modules/results/permits.ts';
import * as training from '#modules/training/permits.ts';
import { rolledBack, useDatabase } from './database.ts';
import { makeWorld } from './personas.ts';
import { makeThread, type Whole } from './thread/whole.ts';

useDatabase();

type AnyVerb = { name: string; roles: readonly string[]; anyone?: boolean; subject: (tx: Tx, target: never) => Promise<Subject | null> };
const isVerb = (value: unknown): value is AnyVerb => typeof value === 'object' && value !== null && 'subject' in value && 'roles' in value;
const exported = [gaps, plans, policy, results, training].flatMap((module) => Object.values(module).filter(isVerb));

/** Every verb with what it acts upon here; a verb without a line fails the first test. */
const targets: [Verb<string, string>, Exclude<keyof Whole, 'documentId' | 'findingId'> | 'plan' | 'priority'][] = [
	[gaps.editGap, 'gap'], [gaps.citeForGap, 'gap'], [gaps.openGap, 'gap'], [gaps.closeGap, 'gap'], [gaps.reopenGap, 'gap'], [gaps.withdrawGap, 'gap'],
	[gaps.weighGap, 'gap'], [gaps.watchGap, 'gap'], [gaps.endWatch, 'gap'], [gaps.splitGap, 'gap'], [gaps.undoLineage, 'gap'],
	[gaps.editPriority, 'priority'], [gaps.withdrawPriority, 'priority'],
	[training.editTraining, 'training'], [training.citeForTraining, 'training'], [training.planTraining, 'training'], [training.startTraining, 'training'],
	[training.finishTraining, 'training'], [training.cancelTraining, 'training'], [training.withdrawTraining, 'training'],
	[plans.editPlan, 'plan'], [plans.citeForPlan, 'plan'], [plans.adoptPlan, 'plan'], [plans.startPlan, 'plan'], [plans.finishPlan, 'plan'], [plans.cancelPlan, 'plan'], [plans.withdrawPlan, 'plan'],
	[results.editResult, 'result'], [results.citeForResult, 'result'], [results.confirmResult, 'result'], [results.withdrawResult, 'result'],
	[policy.editRecommendation, 'recommendation'], [policy.citeForRecommendation, 'recommendation'], [policy.deliverRecommendation, 'recommendation'],
	[policy.answerRecommendation, 'recommendation'], [policy.recordAnswer, 'recommendation'], [policy.withdrawRecommendation, 'recommendation'],
	[policy.makeCommitment, 'recommendation'], [policy.recordCommitment, 'recommendation'], [policy.tellForAuthority, 'commitment'],
	[policy.recordStatus, 'commitment'], [policy.tellForCivilSociety, 'commitment'], [policy.withdrawCommitment, 'commitment'],
	[policy.editChange, 'change'], [policy.citeForChange, 'change'], [policy.verifyChange, 'change'], [policy.withdrawChange, 'change']
];
const making: Verb<string, InProgramme>[] = [
	gaps.draftGap, gaps.setWeights, gaps.draftSession, gaps.statePriority, training.draftTraining, plans.draftPlan, results.draftResult, policy.draftRecommendation, policy.draftChange
];
/** Verbs of the gaps that act upon something else than one record; `test/gaps/` has a line for each role. */
const elsewhere: ReadonlySet<string> = new Set([
	'gap.merge', 'gap.endorse', 'endorsement.withdraw', 'session.run', 'session.adopt', 'session.join', 'session.enter-sheet', 'session.vote'
]);
const own: ReadonlySet<string> = new Set(['recommendation.answer', 'commitment.make', 'commitment.tell-authority']);

/** The table behind each kind, for asking the fence whether it would let the role write what the verb promises. */
const tables = {
	gap: 'gaps.gap', priority: 'gaps.priority', training: 'training.training', plan: 'plans.plan', result: 'results.result',
	recommendation: 'policy.recommendation', commitment: 'policy.commitment', change: 'policy.change'
} as const;

describe('every verb of the thread', () => {
	it('has its line in this table', () => {
		const listed = new Set([...targets.map(([verb]) => verb.name), ...making.map((verb) => verb.name)]);
		expect(exported.map((verb) => verb.name).filter((name) => !listed.has(name) && !elsewhere.has(name) && !name.startsWith('briefing.'))).toEqual([]);
	});
	it('is permitted to the roles it names and to nobody else, and the fence lets those write', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const whole = await makeThread(tx, world);
			const { programmeId, organisations, person } = world;
			const [plan, priority] = await asActor(tx, person.coordinator, async () => {
				const base = { programmeId, number: 500 };
				const made = await tx.insertInto('plans.plan').values({ id: whole.gap, ...base, title: { uz: 'x' }, ownerId: organisations.cso, startsOn: '2026-01-01', endsOn: '2026-01-02' }).returning('id').executeTakeFirstOrThrow();
				const stated = await tx.insertInto('gaps.priority').values({ id: whole.gap, ...base, statement: { uz: 'x' }, statedBy: { uz: 'x' }, statedOn: '2026-01-01' }).returning('id').executeTakeFirstOrThrow();
				return [made.id, stated.id];
			});
			const ids = { ...whole, plan, priority };
			for (const role of roles) {
				await asActor(tx, person[role], async () => {
					for (const verb of making) {
						expect([verb.name, role, await mayI(tx, verb, { programmeId })]).toEqual([verb.name, role, verb.roles.includes(role)]);
					}
					for (const [verb, kind] of targets) {
						const expected = own.has(verb.name) ? role === 'official' : verb.roles.includes(role);
						const may = await mayI(tx, verb, ids[kind]);
						expect([verb.name, role, may]).toEqual([verb.name, role, expected]);
						const table = tables[kind];
						if (!may || own.has(verb.name) || verb.name.startsWith('commitment.')) continue;
						const touched = await sql`update ${sql.table(table)} set search = search where id = ${ids[kind]}`.execute(tx);
						expect([verb.name, role, Number(touched.numAffectedRows)]).toEqual([verb.name, role, 1]);
					}
				});
			}
			await asActor(tx, world.stranger, async () => {
				for (const [verb, kind] of targets) expect([verb.name, await mayI(tx, verb, ids[kind])]).toEqual([verb.name, false]);
			});
		});
	});
	it('lets a role write where the fence does, and nowhere the fence does not', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const whole = await makeThread(tx, world);
			for (const role of roles) {
				for (const kind of ['gap', 'training', 'result', 'recommendation', 'commitment', 'change'] as const) {
					const named = targets.some(([verb, of]) => of === kind && (verb.roles.includes(role) || (own.has(verb.name) && role === 'official' && kind === 'recommendation')));
					const touched = await asActor(tx, world.person[role], async () => {
						await sql`savepoint asked`.execute(tx);
						try {
							return Number((await sql`update ${sql.table(tables[kind])} set search = search where id = ${whole[kind]}`.execute(tx)).numAffectedRows);
						} catch {
							return 0;
						} finally {
							await sql`rollback to savepoint asked`.execute(tx);
						}
					});
					if (touched > 0) expect([kind, role, named]).toEqual([kind, role, true]);
				}
			}
		});
	});
});

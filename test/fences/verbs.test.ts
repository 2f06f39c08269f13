import { globSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicActor, systemTasks, system, type Actor } from '#platform/actor.ts';
import { asActor } from '#platform/database.server.ts';
import { holdToProgramme, mayI, permit, type Subject, type Verb } from '#platform/permit.server.ts';
import { useDatabase } from '../database.ts';
import { deep } from '../deep.ts';
import { inWorld } from './query-world.ts';
import { Expected } from './verb-oracle.ts';
import { targets } from './verb-targets.ts';
import { verbsWanted } from './verbs.ts';
import { choices, people, roleNames, type Choice } from './world.ts';

useDatabase();

type AnyVerb = Verb<string, unknown>;
const isVerb = (value: unknown): value is AnyVerb => typeof value === 'object' && value !== null && 'subject' in value && 'roles' in value && 'name' in value;

/** Every verb of every module, found by its files. */
async function everyVerb(): Promise<AnyVerb[]> {
	const modules: Record<string, unknown>[] = await Promise.all(globSync('src/**/permits.ts').sort().map((file) => import(path.resolve(file))));
	return modules.flatMap((module) => Object.values(module).filter(isVerb));
}

type Held = Choice['grants'][number];
const holds = (programme: number, person: number, role: Held['role'], place: number | null, organisation: number | null): Held => ({ person, programme, role, place, organisation, ended: false });
const scored: Choice['scoring']['assessments'][number] = { round: 0, state: 'signed', agreement: 'programme', civil: 0, authority: 5, removed: false, service: 0 };

/** A world in which every role is held, answers are open and every kind of record is there, so that what few may do is done by somebody. */
const peopled: Choice = {
	grants: [
		...roleNames.map((role, n) => holds(0, n % people, role, n % 2 === 0 ? null : 1, 0)), holds(0, 5, 'official', 1, 1),
		...(['member', 'administrator', 'official', 'coordinator', 'donor'] as const).map((role, n) => holds(1, n + 1, role, null, n % 3)), holds(1, 0, 'analyst', 1, null)
	],
	places: [null, 1, 3], analysts: [{ round: 0, person: 0 }, { round: 0, person: 2 }, { round: 1, person: 0 }, { round: 1, person: 3 }],
	rounds: [{ programme: 0, state: 'open' }, { programme: 1, state: 'closed' }], tokens: [{ round: 0, revoked: false, expired: false }],
	briefings: [{ programme: 0, state: 'draft' }, { programme: 0, state: 'published' }], administrators: [], recommendations: ['delivered', 'answered', 'draft'],
	scoring: { assessments: [scored, { ...scored, state: 'scoring', civil: 1, removed: true, service: 2 }, { ...scored, state: 'reconciling', service: 1 }, { ...scored, round: 1, civil: 1, authority: 3 }], closed: true }
};

/** Verbs for whoever sees the record: it is the fence that refuses them. */
const forWhoeverSees = ['invitation.revoke', 'instrument.read', 'token.revoke', 'coding.start', 'session.join', 'feed.revoke'];

describe('every verb of every module', () => {
	it('stands with its name once, and somebody has said for whom it is', async () => {
		const names = (await everyVerb()).map(({ name }) => name);
		expect(names.filter((name) => !verbsWanted.has(name)), 'say in verbs.ts for whom').toEqual([]);
		expect([...verbsWanted.keys()].filter((name) => !names.includes(name)), 'verbs that are gone').toEqual([]);
		expect(names).toEqual([...new Set(names)]);
	});

	it('is permitted to those it is for, over the place and record they hold it for, and to nobody else', { timeout: 900_000 }, async () => {
		const verbs = await everyVerb();
		let asked = 0;
		const granted = new Set<string>();
		const refused = { seen: new Set<string>(), unseen: new Set<string>() };
		await fc.assert(
			fc.asyncProperty(choices, (choice) =>
				inWorld(choice, async (tx, world) => {
					const askers: Actor[] = [
						...world.cast.people.map((personId): Actor => ({ kind: 'person', personId })),
						...world.cast.tokens.slice(0, 1).map((tokenId): Actor => ({ kind: 'token', tokenId })),
						publicActor,
						...systemTasks.map((task) => system(task))
					];
					for (const actor of askers) {
						const expected = new Expected(world, actor);
						await asActor(tx, actor, async () => {
							for (const verb of verbs) {
								const whom = verbsWanted.get(verb.name);
								if (!whom) continue;
								const all = targets(world, whom);
								for (const target of actor.kind === 'person' ? all : all.slice(0, 1)) {
									const may = await mayI(tx, verb, target.given);
									expect(may, `${verb.name} by ${JSON.stringify(actor)} on ${JSON.stringify(target.given)}`).toBe(expected.may(whom, target));
									asked++;
									if (may) granted.add(verb.name);
									else if (actor.kind === 'person') refused[expected.sees(target) ? 'seen' : 'unseen'].add(verb.name);
								}
							}
						});
					}
				})
			),
			{ numRuns: deep ? 20 : 4, examples: [[peopled]], endOnFailure: true }
		);
		expect(asked).toBeGreaterThan(3000);
		const names = [...verbsWanted.keys()];
		expect(names.filter((name) => !granted.has(name)), 'granted to nobody').toEqual([]);
		expect(names.filter((name) => !refused.seen.has(name)).sort(), 'refused to nobody who sees the record').toEqual([...forWhoeverSees].sort());
		expect(forWhoeverSees.filter((name) => !refused.unseen.has(name)), 'refused to nobody').toEqual([]);
	});
});

/** The subject a permit is about is read from the record, so its programme is the record's own. */
it('reads the subject of a verb from the record, never from what was handed in', async () => {
	const checked: Subject[] = [];
	await fc.assert(
		fc.asyncProperty(choices, (choice) =>
			inWorld(choice, async (tx, world) => {
				for (const verb of await everyVerb()) {
					const whom = verbsWanted.get(verb.name);
					if (!whom || whom.as !== undefined) continue;
					for (const { given, row } of targets(world, whom).slice(0, 2)) {
						for (const personId of world.cast.people) {
							const subject = await asActor(tx, { kind: 'person', personId }, () => verb.subject(tx, given));
							if (subject === null) continue;
							expect(subject.programmeId, verb.name).toBe(row['programme_id']);
							checked.push(subject);
						}
					}
				}
			})
		),
		{ numRuns: 1, endOnFailure: true }
	);
	expect(checked.length).toBeGreaterThan(0);
});

/** What `asking` does for every request below `/p/[programme]`; that they all go through it, the linter sees to. */
it('permits nothing under the address of another programme, whatever the verb and whoever asks', async () => {
	let stopped = 0;
	await fc.assert(
		fc.asyncProperty(choices, (choice) =>
			inWorld(choice, async (tx, world) => {
				const verbs = await everyVerb();
				holdToProgramme(tx, '00000000-0000-7000-8000-000000000000');
				for (const verb of verbs) {
					const whom = verbsWanted.get(verb.name);
					if (!whom) continue;
					for (const { given } of targets(world, whom).slice(0, 3)) {
						for (const personId of world.cast.people.slice(0, 3)) {
							await asActor(tx, { kind: 'person', personId }, async () => {
								expect(await mayI(tx, verb, given), verb.name).toBe(false);
								await expect(permit(tx, verb, given), verb.name).rejects.toMatchObject({ status: 404 });
							});
							stopped++;
						}
					}
				}
			})
		),
		{ numRuns: 1, examples: [[peopled]], endOnFailure: true }
	);
	expect(stopped).toBeGreaterThan(300);
});

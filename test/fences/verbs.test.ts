import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { publicActor, systemTasks, system, type Actor } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { holdToProgramme, mayI, permit, type Subject, type Verb } from '#platform/permit.server.ts';
import { useDatabase } from '../database.ts';
import { deep } from '../deep.ts';
import { Oracle, type Row } from './oracle.ts';
import { inWorld, type World } from './query-world.ts';
import { toldElsewhere, verbsWanted, type Wanted } from './verbs.ts';
import { choices, people, roleNames, type Choice } from './world.ts';

useDatabase();

type AnyVerb = Verb<string, unknown>;
const isVerb = (value: unknown): value is AnyVerb => typeof value === 'object' && value !== null && 'subject' in value && 'roles' in value && 'name' in value;

/** Every verb of every module, found by its files. */
async function everyVerb(): Promise<AnyVerb[]> {
	const modules: Record<string, unknown>[] = await Promise.all(globSync('src/**/permits.ts').sort().map((file) => import(path.resolve(file))));
	return modules.flatMap((module) => Object.values(module).filter(isVerb));
}

/** What a permit is asked for, and the row it is about. */
type Target = { readonly given: unknown; readonly table: string; readonly row: Row; readonly place: unknown };

/** A passage is where its interview was held. */
function placeOf(all: (table: string) => readonly Row[], table: string, row: Row): unknown {
	if (table !== 'assessment.segment') return row['place_id'] ?? null;
	const coding = all('assessment.coding').find(({ id }) => id === row['coding_id']);
	return all('assessment.interview').find(({ id }) => id === coding?.['interview_id'])?.['place_id'] ?? null;
}

function targets({ rows, cast }: World, { on, as }: Wanted): Target[] {
	const all = (table: string): readonly Row[] => rows.get(table) ?? [];
	const programmes = all('network.programme');
	if (as === 'in-programme') {
		return cast.programmes.flatMap((programmeId) => {
			const row = programmes.find(({ id }) => id === programmeId) ?? {};
			const places = all('network.place').filter((place) => place['programme_id'] === programmeId);
			return [null, places[1]?.['id'] ?? null, places[3]?.['id'] ?? null].map((placeId) => ({ given: { programmeId, placeId }, table: 'network.programme', row: { ...row, programme_id: programmeId }, place: placeId }));
		});
	}
	return all(on).map((row) => {
		const id = row['id'];
		const programmeId = on === 'network.programme' ? id : row['programme_id'];
		const given =
			as === 'programme-and-round' ? { programmeId, roundId: id } : as === 'programme-and-list' ? { programmeId, listId: id } : as === 'round-and-place' ? { roundId: id, placeId: null } : as === 'programme-and-person' ? { programmeId, personId: row['person_id'] } : as === 'beside-interview' ? { programmeId, roundId: row['round_id'] } : id;
		return { given, table: on, row: { ...row, programme_id: programmeId }, place: placeOf(all, on, row) };
	});
}

/** Who may, from the grants and the records alone. */
class Expected {
	readonly #world: World;
	readonly #actor: Actor;
	readonly #oracle: Oracle;
	readonly #grants: readonly Row[];
	constructor(world: World, actor: Actor) {
		this.#world = world;
		this.#actor = actor;
		const id = actor.kind === 'person' ? actor.personId : actor.kind === 'token' ? actor.tokenId : actor.kind === 'system' ? actor.task : 'public';
		this.#oracle = new Oracle(world.rows, { kind: actor.kind, id });
		this.#grants = this.#all('network.role_grant').filter((row) => row['person_id'] === id && row['ended_at'] === null);
	}
	#all = (table: string): readonly Row[] => this.#world.rows.get(table) ?? [];
	#path = (id: unknown): string => `${String(this.#all('network.place').find((row) => row['id'] === id)?.['path'])}.`;
	#analyses = (round: Row): boolean => this.#oracle.sees('assessment.answer_block', { programme_id: round['programme_id'], round_id: round['id'] });
	#is = (person: unknown): boolean => this.#actor.kind === 'person' && this.#actor.personId === person;
	#administers = (): boolean => this.#all('platform.account').some((account) => this.#is(account['person_id']) && account['installation_administrator'] === true);
	#speaksFor = (organisation: unknown): boolean => this.#grants.some((grant) => grant['role'] === 'official' && grant['organisation_id'] === organisation);

	may({ how, roles, analysed, as }: Wanted, { table, row, place }: Target): boolean {
		if (this.#actor.kind === 'system') return this.#actor.task === 'first-run' && ['program', 'installation'].includes(how);
		if (this.#actor.kind !== 'person') return false;
		if (how === 'installation') return this.#administers();
		// Who coordinates everything erases without reading; an analyst what is open to her.
		if (how === 'erases') {
			const own = this.#grants.filter((grant) => grant['programme_id'] === row['programme_id']);
			const read = this.#analyses({ programme_id: row['programme_id'], id: row['round_id'] });
			return own.some((grant) => grant['role'] === 'coordinator' && grant['place_id'] === null) || (read && own.some((grant) => roles.includes(String(grant['role']))));
		}
		if (how === 'program' || !this.#oracle.sees(table, row)) return false;
		const here = this.#grants.filter((grant) => grant['programme_id'] === row['programme_id'] && roles.includes(String(grant['role'])));
		const rounds = this.#all('assessment.round');
		const round = table === 'assessment.round' ? row : rounds.find(({ id }) => id === row['round_id']);
		const compared = rounds.find(({ id }) => id === row['compared_round_id']);
		if (analysed && (!round || !this.#analyses(round) || (compared && !this.#analyses(compared)))) return false;
		switch (how) {
			case 'named':
				return this.#analyses(row);
			case 'runs':
				return here.length > 0 || this.#analyses(row);
			case 'writes':
			case 'codes':
				if (how === 'writes' && row['done_at'] !== null) return false;
				return row['kind'] === 'agreed' ? here.length > 0 : this.#actor.kind === 'person' && row['coder_id'] === this.#actor.personId;
			case 'anywhere':
				return here.length > 0;
			case 'wide':
				return here.some((grant) => grant['place_id'] === null);
			case 'confirms':
			case 'declines': {
				const stands = this.#administers() && !this.#all('network.role_grant').some((grant) => grant['programme_id'] === row['programme_id'] && grant['role'] === 'coordinator' && grant['place_id'] === null && grant['ended_at'] === null);
				const proposed = this.#is(row['proposed_by']);
				if (how === 'declines' && proposed) return true;
				return !(how === 'confirms' && (proposed || this.#is(row['person_id']))) && (stands || here.some((grant) => grant['place_id'] === null));
			}
			case 'seconds': {
				const coordinates = this.#all('network.role_grant').some(
					(grant) => grant['programme_id'] === row['programme_id'] && grant['role'] === 'coordinator' && grant['place_id'] === null && grant['ended_at'] === null && (this.#is(grant['person_id']) || grant['person_id'] === row['asked_by'])
				);
				return !this.#is(row['asked_by']) && !this.#is(row['person_id']) && coordinates && here.some((grant) => grant['place_id'] === null);
			}
			case 'addressed':
				return ['delivered', 'answered'].includes(String(row['state'])) && this.#speaksFor(row['addressed_to']);
			case 'undertook':
				return this.#speaksFor(row['organisation_id']);
			case 'placed':
				return here.some((grant) => grant['place_id'] === null || (place !== null && as !== 'round-and-place' && this.#path(place).startsWith(this.#path(grant['place_id']))));
		}
	}
}

/** A world in which every role is held and answers are open, so that what few may do is done by somebody. */
const peopled: Choice = {
	grants: roleNames.map((role, n) => ({ person: n % people, programme: 0, role, place: n % 2 === 0 ? null : 1, organisation: 0, ended: false })),
	places: [null, 1, 3], analysts: [{ round: 0, person: 0 }, { round: 0, person: 2 }], rounds: [{ programme: 0, state: 'open' }],
	tokens: [], briefings: [], administrators: [], recommendations: [], scoring: { assessments: [], closed: false }
};

async function ask(tx: Tx, verb: AnyVerb, actor: Actor, given: unknown): Promise<boolean> {
	await sql`savepoint asked`.execute(tx);
	try {
		return await asActor(tx, actor, () => mayI(tx, verb, given));
	} finally {
		await sql`rollback to savepoint asked`.execute(tx);
	}
}

describe('every verb of every module', () => {
	it('stands with its name once, and somebody has said for whom it is', async () => {
		const names = (await everyVerb()).map(({ name }) => name);
		expect(names.filter((name) => !verbsWanted.has(name) && !toldElsewhere.has(name)), 'say in verbs.ts for whom').toEqual([]);
		expect([...verbsWanted.keys(), ...toldElsewhere.keys()].filter((name) => !names.includes(name)), 'verbs that are gone').toEqual([]);
		expect([...new Set(toldElsewhere.values())].filter((file) => !existsSync(file)), 'tests that are gone').toEqual([]);
		expect(names).toEqual([...new Set(names)]);
	});

	it('is permitted to those it is for, over the place and record they hold it for, and to nobody else', { timeout: 900_000 }, async () => {
		const verbs = await everyVerb();
		let asked = 0;
		const granted = new Set<string>();
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
						for (const verb of verbs) {
							const whom = verbsWanted.get(verb.name);
							if (!whom) continue;
							const all = targets(world, whom);
							for (const target of actor.kind === 'person' ? all.slice(0, 8) : all.slice(0, 1)) {
								const may = await ask(tx, verb, actor, target.given);
								expect(may, `${verb.name} by ${JSON.stringify(actor)} on ${JSON.stringify(target.given)}`).toBe(expected.may(whom, target));
								asked++;
								if (may) granted.add(verb.name);
							}
						}
					}
				})
			),
			{ numRuns: deep ? 20 : 4, examples: [[peopled]], endOnFailure: true }
		);
		expect(asked).toBeGreaterThan(3000);
		expect([...verbsWanted.keys()].filter((name) => /^(?:interview|codebook|coding|quotation)\./.test(name) && !granted.has(name)), 'granted to nobody').toEqual([]);
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

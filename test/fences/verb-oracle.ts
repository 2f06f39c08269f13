import type { Actor } from '#platform/actor.ts';
import { Oracle, type Row } from './oracle.ts';
import type { World } from './query-world.ts';
import type { Target } from './verb-targets.ts';
import type { Wanted } from './verbs.ts';

/** Who may, from the grants and the records alone. */
export class Expected {
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
	/** Named a scorer and still one, as long as any role for that organisation is held. */
	#scores = (assessment: Row): boolean =>
		this.#all('assessment.scorer').some(
			(scorer) =>
				scorer['assessment_id'] === assessment['id'] && this.#is(scorer['person_id']) && scorer['removed_at'] === null &&
				this.#grants.some((grant) => grant['programme_id'] === assessment['programme_id'] && grant['organisation_id'] === scorer['organisation_id'])
		);

	/** Whether it sees all that the verb acts on: nothing is done to what is not there for the one who asks. */
	sees({ table, row, beside = [] }: Target): boolean {
		return [row, ...beside].every((each) => each['programme_id'] === row['programme_id'] && this.#oracle.sees(table, each));
	}

	may({ how, roles, analysed, as }: Wanted, target: Target): boolean {
		const { table, row, place, organisation } = target;
		if (this.#actor.kind === 'system') return this.#actor.task === 'first-run' && ['program', 'installation'].includes(how);
		if (this.#actor.kind !== 'person') return false;
		if (how === 'installation') return this.#administers();
		// Who coordinates everything erases without reading; an analyst what is open to her.
		if (how === 'erases') {
			const own = this.#grants.filter((grant) => grant['programme_id'] === row['programme_id']);
			const read = this.#analyses({ programme_id: row['programme_id'], id: row['round_id'] });
			return own.some((grant) => grant['role'] === 'coordinator' && grant['place_id'] === null) || (read && own.some((grant) => roles.includes(String(grant['role']))));
		}
		if (how === 'program' || !this.sees(target)) return false;
		const held = this.#grants.filter((grant) => grant['programme_id'] === row['programme_id'] && roles.includes(String(grant['role'])));
		const here = organisation === undefined ? held : held.filter((grant) => grant['organisation_id'] === organisation);
		const rounds = this.#all('assessment.round');
		const round = table === 'assessment.round' ? row : rounds.find(({ id }) => id === row['round_id']);
		const compared = rounds.find(({ id }) => id === row['compared_round_id']);
		if (analysed && (!round || !this.#analyses(round) || (compared && !this.#analyses(compared)))) return false;
		switch (how) {
			case 'seen':
				return true;
			case 'own':
				return this.#is(row['entered_by'] ?? row['person_id']);
			case 'scores':
				return this.#scores(row);
			case 'of-service':
				return row['signed_revision'] !== null && here.some((grant) => grant['organisation_id'] === row['service_id']);
			case 'named':
				return this.#analyses(row);
			case 'runs':
				return here.length > 0 || this.#analyses(row);
			case 'writes':
			case 'codes':
				if (how === 'writes' && row['done_at'] !== null) return false;
				return row['kind'] === 'agreed' ? here.length > 0 : this.#is(row['coder_id']);
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

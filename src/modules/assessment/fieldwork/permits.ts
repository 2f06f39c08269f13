import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { defineVerb, type Role, type Subject } from '#platform/permit.server.ts';
import { anywhere, isNamedAnalyst, makers, round } from '../permits.ts';

/** Who looks through answers, as far as the round names them; mirrors the fences. */
export const lookers: readonly Role[] = ['coordinator', 'analyst', 'reviewer'];

const team = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('assessment.team').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};

/** Counts of a round, place by place: for who runs it, and for its named analysts. */
async function runsRound(tx: Tx, { id }: Subject): Promise<boolean> {
	const { rows } = await sql<{ may: boolean }>`select assessment.runs_round(${id}::uuid) as may`.execute(tx);
	return rows[0]?.may ?? false;
}

export const planRound = defineVerb('round.plan', { anyone: true, when: anywhere(makers), subject: round });
export const followRound = defineVerb('round.follow', { anyone: true, when: runsRound, subject: round });
export const setTargets = defineVerb('round.set-targets', { anyone: true, when: anywhere(makers), subject: round });

/** Where an import of targets goes. */
export type TargetsOf = { readonly programmeId: string; readonly roundId: string };
export const importTargets = defineVerb('round.import-targets', {
	anyone: true,
	when: anywhere(makers),
	subject: async (tx: Tx, { programmeId, roundId }: TargetsOf) => {
		const found = await round(tx, roundId);
		return found?.programmeId === programmeId ? found : null;
	}
});

export const makeTeam = defineVerb('team.make', { anyone: true, when: anywhere(makers), subject: round });
export const editTeam = defineVerb('team.edit', { anyone: true, when: anywhere(makers), subject: team });

export const isNamed = (tx: Tx, subject: Subject): Promise<boolean> => isNamedAnalyst(tx, subject.id);

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

/** A submission of a round of which the actor is a named analyst. */
const submission = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('assessment.submission').select(['id', 'programmeId', 'placeId', 'roundId']).where('id', '=', id).executeTakeFirst();
	return found && (await isNamedAnalyst(tx, found.roundId)) ? { id: found.id, programmeId: found.programmeId, placeId: found.placeId } : null;
};
const namedRound = async (tx: Tx, id: string): Promise<Subject | null> => ((await isNamedAnalyst(tx, id)) ? round(tx, id) : null);

export const editSubmission = defineVerb('submission.edit', { anyone: true, when: anywhere(lookers), subject: submission });
/** Striking a file is for who may erase what is open to them; mirrors `assessment.strike_attachment`. */
export const strikeFile = defineVerb('submission.strike-file', { anyone: true, when: anywhere(['coordinator', 'analyst']), subject: submission });
export const commentSubmission = defineVerb('submission.comment', { anyone: true, subject: submission });
export const dismissFlags = defineVerb('flag.dismiss', { anyone: true, when: anywhere(lookers), subject: namedRound });
/** For a form that reviews several; each of them asks for its own permit as well. */
export const reviewAnswers = defineVerb('submission.review-many', { anyone: true, when: anywhere(lookers), subject: namedRound });

/** Erasing is for who coordinates the whole programme, and for named analysts who coordinate or analyse; the row need not be readable. */
export const eraseSubmission = defineVerb('submission.erase', {
	anyone: true,
	subject: async (tx: Tx, id: string) => {
		const { rows } = await sql<{ id: string; programmeId: string; placeId: string | null }>`select e.submission_id as id, r.programme_id, e.place_id
			from assessment.erasure_of(${id}::uuid) e join assessment.round r on r.id = e.round_id`.execute(tx);
		return rows[0] ?? null;
	}
});

/** Looking up a receipt is for coordinators of the whole programme; mirrors `assessment.find_receipt`. */
export const findReceipts = defineVerb('submission.find-receipt', {
	anyone: true,
	subject: async (tx: Tx, { programmeId }: { programmeId: string }): Promise<Subject | null> => {
		const { rows } = await sql<{ may: boolean }>`select ${programmeId}::uuid = any(network.programmes_wide('{coordinator}')) as may`.execute(tx);
		return rows[0]?.may ? { id: programmeId, programmeId, placeId: null } : null;
	}
});

export const drawBackCheck = defineVerb('back-check.draw', { anyone: true, when: anywhere(lookers), subject: namedRound });
export const recordBackCheck = defineVerb('back-check.record', {
	anyone: true,
	when: anywhere(lookers),
	subject: async (tx: Tx, id: string) => {
		const found = await tx.selectFrom('assessment.backCheckInterview').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
		return found ? { ...found, placeId: null } : null;
	}
});

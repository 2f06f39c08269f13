import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { defineVerb, inProgramme, type InProgramme, type Role, type Subject } from '#platform/permit.server.ts';

/** Who may read rounds and evidence; mirrors the fences in the database and is what "who can see this" lists. */
export const evidenceReaders: readonly Role[] = ['coordinator', 'member', 'analyst', 'reviewer', 'official'];
export const roundReaders: readonly Role[] = [...evidenceReaders, 'collector'];

export const makers: readonly Role[] = ['coordinator', 'analyst'];
const create = (tx: Tx, target: InProgramme): Promise<Subject | null> => inProgramme(tx, target);

/** Instruments, rounds and links concern a programme as a whole: a role anywhere in it will do, as in their fences. */
export const anywhere = (roles: readonly Role[]) => async (tx: Tx, subject: Subject): Promise<boolean> => {
	const { rows } = await sql<{ may: boolean }>`select ${subject.programmeId}::uuid = any(network.programmes_with(${[...roles]}::text[])) as may`.execute(tx);
	return rows[0]?.may ?? false;
};

const instrument = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('assessment.instrument').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};
const instrumentVersion = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('assessment.instrumentVersion').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};
const instrumentDraft = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('assessment.instrumentDraft').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};
export const round = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('assessment.round').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};
const token = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('assessment.collectionToken').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};
const figure = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('assessment.figure').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;
const finding = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('assessment.finding').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;

/** Whether the acting person is one of a round's named analysts. */
export async function isNamedAnalyst(tx: Tx, roundId: string): Promise<boolean> {
	const { rows } = await sql<{ named: boolean }>`select ${roundId}::uuid = any(assessment.analysed_rounds()) as named`.execute(tx);
	return rows[0]?.named ?? false;
}

export const uploadInstrument = defineVerb('instrument.upload', { anyone: true, when: anywhere(makers), subject: create });
export const draftInstrument = defineVerb('instrument.draft', { anyone: true, when: anywhere(makers), subject: create });
export const editInstrument = defineVerb('instrument.edit', { anyone: true, when: anywhere(makers), subject: instrumentDraft });
export const saveInstrumentVersion = defineVerb('instrument.save-version', { anyone: true, when: anywhere(makers), subject: instrumentDraft });
/** The files that a version's form names: as long as no round has opened with it. */
export const changeFormFiles = defineVerb('instrument.change-files', { anyone: true, when: anywhere(makers), subject: instrumentVersion });
export const readInstrument = defineVerb('instrument.read', { anyone: true, when: anywhere(roundReaders), subject: instrument });

export const draftRound = defineVerb('round.draft', { anyone: true, when: anywhere(makers), subject: create });
export const editRound = defineVerb('round.edit', { anyone: true, when: anywhere(makers), subject: round });
export const openRound = defineVerb('round.open', { anyone: true, when: anywhere(makers), subject: round });
export const closeRound = defineVerb('round.close', { anyone: true, when: anywhere(makers), subject: round });
/** Who reads answers is decided by who coordinates the programme, not by who would read them. */
export const nameAnalysts = defineVerb('round.name-analysts', { anyone: true, when: anywhere(['coordinator']), subject: round });

export const makeToken = defineVerb('token.make', { anyone: true, when: anywhere(makers), subject: round });
export const revokeToken = defineVerb('token.revoke', { anyone: true, when: anywhere(makers), subject: token });

export const readSubmissions = defineVerb('submission.read', { anyone: true, subject: round, when: (tx, subject) => isNamedAnalyst(tx, subject.id) });
/** Reviewing is for the round's named analysts, as far as they coordinate, analyse or review; mirrors the fence of reviews. */
export const reviewSubmission = defineVerb('submission.review', {
	anyone: true,
	subject: async (tx: Tx, id: string) => {
		const found = await tx.selectFrom('assessment.submission').select(['id', 'programmeId', 'placeId', 'roundId']).where('id', '=', id).executeTakeFirst();
		return found && (await isNamedAnalyst(tx, found.roundId)) ? { id: found.id, programmeId: found.programmeId, placeId: found.placeId } : null;
	},
	when: anywhere(['coordinator', 'analyst', 'reviewer'])
});
export const exportSubmissions = defineVerb('submission.export', { anyone: true, subject: round, when: (tx, subject) => isNamedAnalyst(tx, subject.id) });

const feed = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('assessment.answerFeed').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};
export const makeFeed = defineVerb('feed.make', { anyone: true, subject: round, when: (tx, subject) => isNamedAnalyst(tx, subject.id) });
/** Whoever sees a feed may end it: who made it, the round's other analysts, coordinators. Mirrors its fence. */
export const revokeFeed = defineVerb('feed.revoke', { anyone: true, subject: feed });

/** What a figure to be saved is counted from. */
export type FigureTarget = { readonly roundId: string; readonly placeId: string | null };
export const saveFigure = defineVerb('figure.save', {
	roles: makers,
	subject: async (tx: Tx, { roundId, placeId }: FigureTarget) => {
		const found = await round(tx, roundId);
		return found && (await isNamedAnalyst(tx, roundId)) ? inProgramme(tx, { programmeId: found.programmeId, placeId }) : null;
	}
});
export const recomputeFigure = defineVerb('figure.recompute', {
	roles: makers,
	subject: figure,
	when: async (tx, subject) => {
		const { roundId, comparedRoundId } = await tx.selectFrom('assessment.figure').select(['roundId', 'comparedRoundId']).where('id', '=', subject.id).executeTakeFirstOrThrow();
		return (await isNamedAnalyst(tx, roundId)) && (comparedRoundId === null || (await isNamedAnalyst(tx, comparedRoundId)));
	}
});

/** How a round's people were chosen, and how its questions compare with an earlier round's, is said by who analyses it. */
export const stateSampling = defineVerb('round.state-sampling', { anyone: true, when: anywhere(makers), subject: round });
export const mapQuestions = defineVerb('figure.map', { anyone: true, when: anywhere(makers), subject: round });

export const addDocument = defineVerb('document.add', { roles: ['coordinator', 'member', 'analyst'], subject: create });
export const addQuotation = defineVerb('quotation.add', { roles: makers, subject: create });

export const draftFinding = defineVerb('finding.draft', { roles: makers, subject: create });
export const editFinding = defineVerb('finding.edit', { roles: makers, subject: finding });
export const standFinding = defineVerb('finding.stand', { roles: makers, subject: finding });

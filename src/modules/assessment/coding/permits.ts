import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { defineVerb, inProgramme, type InProgramme, type Role, type Subject } from '#platform/permit.server.ts';
import { anywhere, evidenceReaders, isNamedAnalyst, makers, round } from '../permits.ts';

/** Whether the acting person is named to read interviews outside a round. */
export async function readsInterviews(tx: Tx, programmeId: string): Promise<boolean> {
	const { rows } = await sql<{ named: boolean }>`select ${programmeId}::uuid = any(assessment.interview_programmes()) as named`.execute(tx);
	return rows[0]?.named ?? false;
}

const interview = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('assessment.interview').select(['id', 'programmeId', 'placeId']).where('id', '=', id).where('erasedAt', 'is', null).executeTakeFirst()) ?? null;

/** A coding that the actor writes just now: the own one until it is done, or the agreed one. */
const written = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('assessment.coding').select(['id', 'programmeId']).where('id', '=', id).where(sql<boolean>`id = any((select assessment.written_codings())::uuid[])`).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};
const coding = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('assessment.coding').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};
const programme = (tx: Tx, target: InProgramme): Promise<Subject | null> => inProgramme(tx, target);

/** Where an interview to be taken in belongs. */
export type InterviewTarget = { readonly programmeId: string; readonly roundId: string | null };

/** Taking an interview in is for who will read it: a named analyst of the round, or of interviews outside rounds. */
export const storeInterview = defineVerb('interview.store', {
	anyone: true,
	subject: async (tx: Tx, { programmeId, roundId }: InterviewTarget) => {
		const reads = roundId === null ? await readsInterviews(tx, programmeId) : (await round(tx, roundId))?.programmeId === programmeId && (await isNamedAnalyst(tx, roundId));
		return reads ? inProgramme(tx, { programmeId }) : null;
	},
	when: anywhere(makers)
});
export const editInterview = defineVerb('interview.edit', { anyone: true, subject: interview, when: anywhere(makers) });
export const strikeInterview = defineVerb('interview.strike', { anyone: true, subject: interview, when: anywhere(makers) });
export const eraseInterview = defineVerb('interview.erase', { anyone: true, subject: interview, when: anywhere(makers) });
/** Who reads interviews is decided by who coordinates the programme. */
export const nameInterviewAnalysts = defineVerb('interview.name-analysts', { anyone: true, subject: programme, when: anywhere(['coordinator']) });

export const editCodebook = defineVerb('codebook.edit', { anyone: true, subject: programme, when: anywhere(makers) });
export const importCodebook = defineVerb('codebook.import', { anyone: true, subject: programme, when: anywhere(makers) });

/** Whoever reads an interview may code it, blind to other coders. */
export const startCoding = defineVerb('coding.start', { anyone: true, subject: interview });
export const code = defineVerb('coding.code', { anyone: true, subject: written });
/** Her own coding; the agreed one is nobody's own and is for who agrees, as in its fence. */
const finishes = async (tx: Tx, subject: Subject): Promise<boolean> => {
	const found = await tx.selectFrom('assessment.coding').select(['kind', sql<boolean>`coder_id = platform.actor_person()`.as('own')]).where('id', '=', subject.id).executeTakeFirst();
	return found?.kind === 'agreed' ? anywhere(makers)(tx, subject) : (found?.own ?? false);
};
export const finishCoding = defineVerb('coding.finish', { anyone: true, subject: coding, when: finishes });
export const agreeCoding = defineVerb('coding.agree', { anyone: true, subject: interview, when: anywhere(makers) });

const quoting: readonly Role[] = makers;
/** A quotation from a segment one sees, at the place of its interview. */
export const quoteSegment = defineVerb('quotation.quote', {
	roles: quoting,
	subject: async (tx: Tx, id: string) => {
		const found = await tx
			.selectFrom('assessment.segment as s')
			.innerJoin('assessment.coding as c', 'c.id', 's.codingId')
			.innerJoin('assessment.interview as i', 'i.id', 'c.interviewId')
			.select(['s.id', 's.programmeId', 'i.placeId'])
			.where('s.id', '=', id)
			.executeTakeFirst();
		return found ?? null;
	}
});
/** Segments leave as a table or a project only by who reads interviews at all. */
export const exportCoding = defineVerb('coding.export', { anyone: true, subject: programme, when: anywhere(evidenceReaders) });

import type { Tx } from '#platform/database.server.ts';
import { defineVerb, type Subject, type Verb } from '#platform/permit.server.ts';
import { makers } from '../permits.ts';
import type { Withdrawable } from './withdrawal.ts';

const figure = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('assessment.figure').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;
const quotation = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('assessment.quotation').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;
const document = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('assessment.document').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;
const score = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('assessment.score').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;
const finding = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('assessment.finding').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;

// Who makes findings decides what they may rest on, at the place of the evidence; putting back is no less than taking away.
export const withdrawFigure = defineVerb('figure.withdraw', { roles: makers, subject: figure });
export const reinstateFigure = defineVerb('figure.reinstate', { roles: makers, subject: figure });
export const withdrawQuotation = defineVerb('quotation.withdraw', { roles: makers, subject: quotation });
export const reinstateQuotation = defineVerb('quotation.reinstate', { roles: makers, subject: quotation });
export const withdrawDocument = defineVerb('document.withdraw', { roles: makers, subject: document });
export const reinstateDocument = defineVerb('document.reinstate', { roles: makers, subject: document });
export const withdrawScore = defineVerb('score.withdraw', { roles: makers, subject: score });
export const reinstateScore = defineVerb('score.reinstate', { roles: makers, subject: score });
export const withdrawFinding = defineVerb('finding.withdraw', { roles: makers, subject: finding });
export const reinstateFinding = defineVerb('finding.reinstate', { roles: makers, subject: finding });

/** The verb that takes back a kind of evidence, and the one that puts it back. */
export const withdrawalVerbs = {
	figure: { withdraw: withdrawFigure, reinstate: reinstateFigure },
	quotation: { withdraw: withdrawQuotation, reinstate: reinstateQuotation },
	document: { withdraw: withdrawDocument, reinstate: reinstateDocument },
	score: { withdraw: withdrawScore, reinstate: reinstateScore },
	finding: { withdraw: withdrawFinding, reinstate: reinstateFinding }
} as const satisfies { readonly [Kind in Withdrawable]: { readonly withdraw: Verb<`${Kind}.withdraw`, string>; readonly reinstate: Verb<`${Kind}.reinstate`, string> } };

import { z } from 'zod';
import { localTextOf } from '#platform/locales.ts';
import { evidenceKinds, scores, type EvidenceKind, type Score } from './scale.ts';

const blank = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());
const listed = (value: unknown): unknown => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]);

/** Somebody who scores for an organisation, as a choice of a form: `person organisation`. */
const scorerChoice = z.string().transform((text, context) => {
	const parts = z.tuple([z.uuid(), z.uuid()]).safeParse(text.split(' '));
	if (parts.success) return { personId: parts.data[0], organisationId: parts.data[1] };
	context.addIssue({ code: 'custom', message: 'field-invalid' });
	return z.NEVER;
});
export type ScorerChoice = { readonly personId: string; readonly organisationId: string };

/** Beginning to score a service, as its form sends it: a team of the round, named people, or both. */
export const startFields = z.object({
	serviceId: z.uuid(),
	instrumentVersionId: z.uuid(),
	teamId: blank(z.uuid()),
	scorers: z.preprocess(listed, z.array(scorerChoice).max(20))
});
export type StartFields = z.output<typeof startFields>;

export const scorerFields = z.object({ scorer: scorerChoice });
export const personField = z.object({ personId: z.uuid() });
export const cancelFields = z.object({ reason: z.string().trim().min(3, 'reason.missing').max(1000) });

/** What a side says of a criterion. */
export type SheetRow = { readonly score: Score | null; readonly evidence: readonly EvidenceKind[]; readonly note: string };

const scoreText = z.enum(['', '0', '1', '2', '3', 'na']).default('');
/** A score as a form or an export writes it. */
export const scoreOfText = (text: string): Score | null => scores.find((score) => String(score) === text) ?? null;

/** Fields of an area, by the place of each criterion in the instrument: `score.12`, `evidence.12`, `note.12`, and as it was shown. */
export const areaFields = z.object({
	score: z.record(z.string(), scoreText).default({}),
	evidence: z.record(z.string(), z.preprocess(listed, z.array(z.enum(evidenceKinds)).max(evidenceKinds.length))).default({}),
	note: z.record(z.string(), z.string().trim().max(1000)).default({}),
	was: z.record(z.string(), z.string().max(2000)).default({}),
	next: z.string().max(10).default('')
});
export type AreaFields = z.output<typeof areaFields>;

/** A row in one line: for telling whether somebody has changed it since it was shown. */
export const rowText = ({ score, evidence, note }: SheetRow): string => [score ?? '', [...evidence].sort().join(','), note].join('|');

/**
 * The rows of an area that were changed in the form. What stands as it was shown is left alone, so that two scorers of a side on
 * the same area do not write over each other. What does not apply has no evidence.
 * @param indexes places of the area's criteria in the instrument
 */
export function changedRows(fields: AreaFields, indexes: readonly number[]): { index: number; row: SheetRow }[] {
	return indexes.flatMap((index) => {
		const key = String(index);
		const score = scoreOfText(fields.score[key] ?? '');
		const row: SheetRow = { score, evidence: score === 'na' ? [] : (fields.evidence[key] ?? []), note: fields.note[key] ?? '' };
		return rowText(row) === (fields.was[key] ?? '||') ? [] : [{ index, row }];
	});
}

/** How a difference is settled, by the place of the criterion: a score both take, or each its own with its reason. */
export const settleFields = z.object({
	outcome: z.record(z.string(), z.enum(['', '0', '1', '2', '3', 'na', 'dissent'])).default({}),
	reason: z.record(z.string(), z.string().trim().max(1000)).default({}),
	civil: z.record(z.string(), z.string().trim().max(1000)).default({}),
	authority: z.record(z.string(), z.string().trim().max(1000)).default({}),
	was: z.record(z.string(), z.string().max(4000)).default({})
});
export type SettleFields = z.output<typeof settleFields>;

/** A settled difference as the form holds it. */
export type Outcome = { readonly outcome: string; readonly reason: string; readonly civil: string; readonly authority: string };
export const outcomeText = ({ outcome, reason, civil, authority }: Outcome): string => [outcome, reason, civil, authority].join('|');

/** The differences that were changed in the form. */
export function changedOutcomes(fields: SettleFields, indexes: readonly number[]): { index: number; outcome: Outcome }[] {
	return indexes.flatMap((index) => {
		const key = String(index);
		const outcome = { outcome: fields.outcome[key] ?? '', reason: fields.reason[key] ?? '', civil: fields.civil[key] ?? '', authority: fields.authority[key] ?? '' };
		return outcome.outcome === '' || outcomeText(outcome) === fields.was[key] ? [] : [{ index, outcome }];
	});
}

/** Signing: a mark of what was on the page. */
export const signFields = z.object({ seen: z.string().max(64) });
export const reopenFields = z.object({ reason: z.string().trim().min(3, 'reason.missing').max(1000) });

/** How far a service lets its scores be shown. */
export const agreementScopes = ['programme', 'publication'] as const;
export type AgreementScope = (typeof agreementScopes)[number];
export const agreementFields = z.object({ scope: z.enum(agreementScopes), agreedOn: z.iso.date() });
export type AgreementFields = z.output<typeof agreementFields>;

/** Writing a score down as evidence: of which area, under which title. */
export const scoreFields = z.object({ area: z.string().max(200), title: localTextOf(300) });
export type ScoreFields = z.output<typeof scoreFields>;

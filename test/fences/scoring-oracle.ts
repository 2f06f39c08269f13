import type { RoleName } from './world.ts';
import type { Row } from './oracle.ts';

/** What the oracle knows of the acting person, handed to the rules about scores. */
export type Knowledge = {
	readonly rows: (table: string) => readonly Row[];
	readonly byId: (table: string, id: unknown) => Row;
	readonly me: () => unknown;
	readonly grants: () => readonly { programme: unknown; role: RoleName; organisation: unknown }[];
	readonly holds: (roles: readonly RoleName[], programme: unknown) => boolean;
	readonly placed: (roles: readonly RoleName[]) => (row: Row) => boolean;
	readonly analyses: (round: unknown) => boolean;
};

const content: readonly RoleName[] = ['coordinator', 'member', 'analyst', 'reviewer', 'official'];
const ofService: readonly RoleName[] = ['coordinator', 'member', 'analyst', 'official'];

/**
 * Who may see what of services scored together, said from the issue: until both sides are in, a side's scores are its own; then
 * both sides' scorers and the round's named analysts see them, once signed the service too; anybody else what the service agreed to.
 */
export function scoringRules({ rows, byId, me, grants, holds, placed, analyses }: Knowledge): Readonly<Record<string, (row: Row) => boolean>> {
	const assessmentOf = (row: Row): Row => byId('assessment.service_assessment', row['assessment_id']);
	const scoresFor = (assessment: unknown, side?: unknown): boolean =>
		rows('assessment.scorer').some(
			(row) =>
				me() !== null && row['person_id'] === me() && row['assessment_id'] === assessment && row['removed_at'] === null && (side === undefined || row['side'] === side) &&
				grants().some((grant) => grant.organisation === row['organisation_id'] && grant.programme === row['programme_id'])
		);
	const isOfService = (assessment: Row): boolean => grants().some((grant) => ofService.includes(grant.role) && grant.organisation === assessment['service_id']);
	const open = (assessment: Row): boolean =>
		Boolean(assessment['both_in_at']) &&
		(scoresFor(assessment['id']) || analyses(assessment['round_id']) || (assessment['signed_revision'] !== null && isOfService(assessment)));
	const agreed = (assessment: Row, revision: unknown): boolean =>
		rows('assessment.service_agreement').some(
			(row) =>
				row['assessment_id'] === assessment['id'] && row['revision'] === revision && row['withdrawn_at'] === null &&
				(placed(content)(assessment) || (row['scope'] === 'publication' && holds(['donor'], assessment['programme_id'])))
		);
	const anyAgreed = (assessment: Row): boolean =>
		rows('assessment.service_agreement').some((row) => row['assessment_id'] === assessment['id'] && agreed(assessment, row['revision']));
	const assessment = (row: Row): boolean => placed(content)(row) || scoresFor(row['id']) || isOfService(row) || anyAgreed(row);
	const part = (row: Row): boolean => assessment(assessmentOf(row));
	const result = (row: Row): boolean => open(assessmentOf(row)) || agreed(assessmentOf(row), row['revision']);
	const setOpen = (id: unknown): boolean => {
		const members = rows('assessment.service_assessment').filter((row) => row['counted_in'] === id);
		const hidden = members.filter((row) => !open(row) && !agreed(row, row['counted_revision'])).length;
		return holds([...content, 'donor'], byId('assessment.scoring_set', id)['programme_id']) && members.length >= 3 && (hidden === 0 || hidden >= 3);
	};
	return {
		'assessment.scoring_set': (row) => holds([...content, 'donor'], row['programme_id']),
		'assessment.service_assessment': assessment,
		'assessment.scorer': part,
		'assessment.score_sheet': part,
		'assessment.sign_off': part,
		'assessment.service_agreement': part,
		'assessment.criterion_score': (row) => scoresFor(row['assessment_id'], row['side']) || open(assessmentOf(row)),
		'assessment.reconciliation': result,
		'assessment.area_result': result,
		'assessment.score_reopening': (row) => open(assessmentOf(row)),
		'assessment.score': (row) => (row['set_id'] === null ? result(row) : setOpen(row['set_id']))
	};
}

import { draftChange, verifyChange } from '#modules/policy/change-commands.server.ts';
import { answerRecommendation, deliverRecommendation, draftRecommendation } from '#modules/policy/commands.server.ts';
import { makeCommitment, tellStatus } from '#modules/policy/commitment-commands.server.ts';
import * as verbs from '#modules/policy/permits.ts';
import type { Tx } from '#platform/database.server.ts';
import { dayFrom } from '../days.ts';
import { madeUp } from '../made-up.ts';
import type { Commitment } from '../made-up/types.ts';
import { citedIn } from './evidence.ts';
import type { Happening, Told } from './happening.ts';
import { as, idOf, placeOf, type Stage } from './stage.ts';

const officer = 'programme-officer';

/** Who of the cast speaks for an authority. */
function officialOf(organisation: string): string {
	const found = madeUp.accounts.find((account) => account.role === 'official' && account.organisation === organisation);
	if (!found) throw new Error(`nobody speaks for ${organisation}`);
	return found.key;
}

/** Recommendations, the authorities' answers and commitments, and the verified change. */
export function policy(tx: Tx, stage: Stage, told: Told): Happening[] {
	const { programmeId, today } = stage;
	const id = (kind: string, key: string): string => idOf(programmeId, kind, key);
	const recommended = madeUp.recommendations.flatMap(({ key, region, to, delivered, title, gaps, results, answer }): Happening[] => {
		const placeId = placeOf(stage, region);
		const here = id('recommendation', key);
		const deliver = async (): Promise<void> => {
			const fields = {
				title,
				body: {},
				addressedTo: id('organisation', to),
				placeId,
				gaps: gaps.map((gap) => id('gap', gap)),
				results: results.map((result) => id('result', result))
			};
			await as(tx, stage, officer, verbs.draftRecommendation, { programmeId, placeId }, (may) => draftRecommendation(tx, may, fields, here));
			await as(tx, stage, officer, verbs.deliverRecommendation, here, (may) => deliverRecommendation(tx, may, dayFrom(today, delivered)));
		};
		if (!answer) return [{ day: delivered, happen: deliver }];
		const fields = { answer: answer.kind, answerReason: answer.reason, answeredOn: dayFrom(today, answer.day) };
		const reply = (): Promise<unknown> => as(tx, stage, officialOf(to), verbs.answerRecommendation, here, (may) => answerRecommendation(tx, may, fields));
		return [{ day: delivered, happen: deliver }, { day: answer.day, happen: reply }];
	});
	const changed = madeUp.changes.map(({ key, region, commitment, verifiedBy, day, statement, evidence }) => ({
		day,
		happen: async () => {
			const placeId = placeOf(stage, region);
			const fields = {
				commitmentId: id('commitment', commitment),
				statement,
				verifiedOn: dayFrom(today, day),
				verifiedBy: id('organisation', verifiedBy),
				placeId,
				...citedIn(evidence, told)
			};
			await as(tx, stage, 'analyst', verbs.draftChange, { programmeId, placeId }, (may) => draftChange(tx, may, fields, id('change', key)));
			await as(tx, stage, 'analyst', verbs.verifyChange, id('change', key), (may) => verifyChange(tx, may));
		}
	}));
	return [...recommended, ...madeUp.commitments.flatMap((each) => commit(tx, stage, each)), ...changed];
}

/** A commitment in the official's own name, and how it goes, told from both sides. */
function commit(tx: Tx, stage: Stage, commitment: Commitment): Happening[] {
	const { programmeId, today } = stage;
	const { key, region, recommendation, by, made, due, title, measure, statuses } = commitment;
	const id = idOf(programmeId, 'commitment', key);
	const recommendationId = idOf(programmeId, 'recommendation', recommendation);
	const official = officialOf(by);
	const fields = { recommendationId, title, measure, placeId: placeOf(stage, region), madeOn: dayFrom(today, made), dueOn: dayFrom(today, due) };
	return [
		{ day: made, happen: () => as(tx, stage, official, verbs.makeCommitment, recommendationId, (may) => makeCommitment(tx, may, fields, id)) },
		...statuses.map(({ side, status, day, note }) => ({
			day,
			happen: () => {
				const statusId = idOf(programmeId, 'status', `${key} ${side} ${day}`);
				const words = { status, note, toldOn: dayFrom(today, day), documentId: null };
				return side === 'authority'
					? as(tx, stage, official, verbs.tellForAuthority, id, (may) => tellStatus(tx, may, words, statusId))
					: as(tx, stage, officer, verbs.tellForCivilSociety, id, (may) => tellStatus(tx, may, words, statusId));
			}
		}))
	];
}

import { draftGap, openGap } from '#modules/gaps/commands.server.ts';
import { statePriority } from '#modules/gaps/priority-commands.server.ts';
import * as gapVerbs from '#modules/gaps/permits.ts';
import { adoptPlan, draftPlan, finishPlan, startPlan } from '#modules/plans/commands.server.ts';
import * as planVerbs from '#modules/plans/permits.ts';
import { confirmResult, draftResult } from '#modules/results/commands.server.ts';
import * as resultVerbs from '#modules/results/permits.ts';
import { draftTraining, finishTraining, planTraining, startTraining } from '#modules/training/commands.server.ts';
import * as trainingVerbs from '#modules/training/permits.ts';
import type { Tx } from '#platform/database.server.ts';
import { dayFrom } from '../days.ts';
import { madeUp } from '../made-up.ts';
import type { Response } from '../made-up/types.ts';
import { citedIn } from './evidence.ts';
import type { Happening, Told } from './happening.ts';
import { as, idOf, placeOf, type Stage } from './stage.ts';

const officer = 'programme-officer';

/** Gaps and stated priorities, what is done about them, and what came of it. */
export function thread(tx: Tx, stage: Stage, told: Told): Happening[] {
	const { programmeId, today } = stage;
	const id = (kind: string, key: string): string => idOf(programmeId, kind, key);
	return [
		...[...madeUp.gaps, ...madeUp.merged].map(({ key, day, region, title, forWhom, barrier, groups = [], findings }) => ({
			day,
			happen: async () => {
				const placeId = placeOf(stage, region);
				const fields = { title, description: {}, forWhom, barrier, groups: [...groups], placeId, findings: findings.map((finding) => id('finding', finding)) };
				await as(tx, stage, officer, gapVerbs.draftGap, { programmeId, placeId }, (may) => draftGap(tx, may, fields, id('gap', key)));
				await as(tx, stage, officer, gapVerbs.openGap, id('gap', key), (may) => openGap(tx, may));
			}
		})),
		...madeUp.priorities.map(({ key, day, region, statement, statedBy }) => ({
			day,
			happen: async () => {
				const placeId = placeOf(stage, region);
				const fields = { statement, statedBy, statedOn: dayFrom(today, day), placeId };
				await as(tx, stage, officer, gapVerbs.statePriority, { programmeId, placeId }, (may) => statePriority(tx, may, fields, id('priority', key)));
			}
		})),
		...madeUp.responses.flatMap((response) => respond(tx, stage, response)),
		...madeUp.results.map(({ key, day, region, statement, value, responses, evidence }) => ({
			day,
			happen: async () => {
				const placeId = placeOf(stage, region);
				const fields = {
					statement,
					value: value === undefined ? null : String(value.amount),
					valueUnit: value?.unit ?? {},
					observedOn: dayFrom(today, day),
					placeId,
					trainings: responses.filter((each) => kindOf(each) === 'training').map((each) => id('training', each)),
					plans: responses.filter((each) => kindOf(each) === 'plan').map((each) => id('plan', each)),
					...citedIn(evidence, told)
				};
				await as(tx, stage, officer, resultVerbs.draftResult, { programmeId, placeId }, (may) => draftResult(tx, may, fields, id('result', key)));
				await as(tx, stage, officer, resultVerbs.confirmResult, id('result', key), (may) => confirmResult(tx, may));
			}
		}))
	];
}

const kindOf = (key: string): Response['kind'] | undefined => madeUp.responses.find((response) => response.key === key)?.kind;

/** The day on which a response is planned: a fortnight before it starts, and not before what it responds to. */
export function plannedOn({ starts, gaps, priorities }: Pick<Response, 'starts' | 'gaps' | 'priorities'>): number {
	const grounds = [...madeUp.gaps.filter(({ key }) => gaps.includes(key)), ...madeUp.priorities.filter(({ key }) => priorities.includes(key))];
	return Math.max(Math.min(starts - 14, -3), ...grounds.map(({ day }) => day));
}

/** A response is planned, starts and ends on its days, as far as they have come. */
function respond(tx: Tx, stage: Stage, response: Response): Happening[] {
	const { programmeId, today } = stage;
	const { key, kind, title, region, owner, starts, ends, gaps, priorities, state } = response;
	const id = idOf(programmeId, kind, key);
	const placeId = placeOf(stage, region);
	const fields = {
		title,
		aim: {},
		ownerId: idOf(programmeId, 'organisation', owner),
		placeId,
		startsOn: dayFrom(today, starts),
		endsOn: dayFrom(today, ends),
		gaps: gaps.map((gap) => idOf(programmeId, 'gap', gap)),
		priorities: priorities.map((priority) => idOf(programmeId, 'priority', priority))
	};
	const plan = async (): Promise<void> => {
		if (kind === 'training') {
			await as(tx, stage, officer, trainingVerbs.draftTraining, { programmeId, placeId }, (may) => draftTraining(tx, may, fields, id));
			await as(tx, stage, officer, trainingVerbs.planTraining, id, (may) => planTraining(tx, may));
		} else {
			await as(tx, stage, officer, planVerbs.draftPlan, { programmeId, placeId }, (may) => draftPlan(tx, may, fields, id));
			await as(tx, stage, officer, planVerbs.adoptPlan, id, (may) => adoptPlan(tx, may));
		}
	};
	const start = (): Promise<unknown> =>
		kind === 'training'
			? as(tx, stage, officer, trainingVerbs.startTraining, id, (may) => startTraining(tx, may))
			: as(tx, stage, officer, planVerbs.startPlan, id, (may) => startPlan(tx, may));
	const finish = (): Promise<unknown> =>
		kind === 'training'
			? as(tx, stage, officer, trainingVerbs.finishTraining, id, (may) => finishTraining(tx, may))
			: as(tx, stage, officer, planVerbs.finishPlan, id, (may) => finishPlan(tx, may));
	return [
		{ day: plannedOn(response), happen: plan },
		...(state === 'planned' ? [] : [{ day: starts, happen: start }]),
		...(state === 'done' ? [{ day: ends, happen: finish }] : [])
	];
}

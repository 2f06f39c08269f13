import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeOpenRound, putAnswers } from '../../../../test/assessment.ts';
import { owner, useDatabase } from '../../../../test/database.ts';
import { makeWorld, type World } from '../../../../test/personas.ts';
import { saveFigure } from '#modules/assessment/figures/commands.server.ts';
import { simpleQuery } from '#modules/assessment/figures/figure.ts';
import * as assessment from '#modules/assessment/permits.ts';
import { system } from '#platform/actor.ts';
import { asActor, inTransaction } from '#platform/database.server.ts';
import { cancelJob, runTask, startJob } from '#platform/jobs.server.ts';
import { permit } from '#platform/permit.server.ts';
import { judgeTask } from './judge.tasks.ts';

useDatabase();

let world: World;
let many: string[];
const one = async (text: string, values: unknown[] = []): Promise<unknown> => Object.values((await owner.query(text, values)).rows[0] ?? {})[0];

/** Figures of the same people under filters that cut across each other: much to compare. */
async function makeFigures(): Promise<string[]> {
	return inTransaction(system('first-run'), async (tx) => {
		const round = await makeOpenRound(tx, world);
		const answers = Array.from({ length: 600 }, (_, i) => ({ '/data/sex': i % 3 === 0 ? 'm' : 'f', '/data/needs': ['law', 'home', 'law home', 'work', 'law work'][i % 5] ?? '', '/data/age': String(18 + (i % 60)) }));
		await putAnswers(tx, world, round, answers);
		return asActor(tx, world.person.analyst, async () => {
			const made: string[] = [];
			for (let at = 0; at < 40; at++) {
				const splits = [{ by: 'answer' as const, path: '/data/age', bands: [18 + at, 20 + at, 25 + at, 33 + at].filter((start) => start < 78) }];
				const where = at % 3 === 0 ? null : { answer: '/data/age', from: 18 + (at % 7), to: 77 - (at % 11) };
				const query = simpleQuery(round, 'count', at % 2 === 0 ? '/data/needs' : '/data/sex', { splits, where });
				made.push(await saveFigure(tx, await permit(tx, assessment.saveFigure, { roundId: round, placeId: null }), { title: { uz: `Yosh boʻyicha ${at}` }, query, placeId: null, comparedRoundId: null, familyOf: null }));
			}
			return made;
		});
	});
}

beforeAll(async () => {
	world = await inTransaction(system('first-run'), (tx) => makeWorld(tx, 'Katta nashr'));
	many = await makeFigures();
}, 120_000);

/** Starts a job that judges figures, and runs it as the queue would. */
async function judging(figures: readonly string[], signal = new AbortController().signal): Promise<{ id: string; run: Promise<void>; isOver: () => boolean }> {
	const { programmeId, person: { coordinator } } = world;
	const payload = { personId: coordinator.personId, programmeId, figures: [...figures], path: '/briefings' };
	const id = await inTransaction(coordinator, (tx) => startJob(tx, { task: judgeTask.name, programmeId, title: { uz: 'Nashr' }, payload }));
	let over = false;
	const run = runTask(judgeTask, { ...payload, jobId: id }, { last: false, signal }).finally(() => (over = true));
	run.catch(() => {});
	return { id, run, isOver: () => over };
}

const stateOf = (id: string): Promise<unknown> => one('select state from platform.job where id = $1', [id]);
const kept = async (): Promise<number> => Number(await one('select count(*) from releases.judgement'));

/** Waits until all has been read: the application has had no transaction open for three looks in a row. */
async function computes(isOver: () => boolean): Promise<void> {
	for (let quiet = 0; quiet < 3; ) {
		await pause(200);
		if (isOver()) throw new Error('it was over before it could be looked at');
		const open = await one("select count(*) from pg_stat_activity where datname = current_database() and usename = 'hamkor_app' and xact_start is not null");
		quiet = Number(open) === 0 ? quiet + 1 : 0;
	}
}

describe('the job that judges a large release', () => {
	it('hears that it is cancelled while it computes, holds no transaction open meanwhile, and leaves nothing half-written', async () => {
		const { id, run, isOver } = await judging(many);
		await computes(isOver);
		await inTransaction(world.person.coordinator, (tx) => cancelJob(tx, world.programmeId, id));
		await run;
		expect([await stateOf(id), await kept()]).toEqual(['cancelled', 0]);
	}, 120_000);

	it('ends at once when the program is told to stop, and waits to be taken up again', async () => {
		const stop = new AbortController();
		const { id, run, isOver } = await judging(many, stop.signal);
		await computes(isOver);
		stop.abort(new Error('the program stops'));
		await expect(run).rejects.toThrow('the program stops');
		expect([await stateOf(id), await kept()]).toEqual(['running', 0]);
	}, 120_000);

	it('comes to its end, and is found ready from then on', async () => {
		const { id, run } = await judging(many.slice(0, 2));
		await run;
		expect([await stateOf(id), await kept()]).toEqual(['done', 1]);
		const again = await judging(many.slice(0, 2));
		await again.run;
		expect([await stateOf(again.id), await kept()]).toEqual(['done', 1]);
	}, 120_000);
});

import { describe, expect } from 'vitest';
import { asActor } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { useDatabase } from '../../../../test/database.ts';
import type { World } from '../../../../test/personas.ts';
import { begin, mark, span, story } from '../../../../test/coding.ts';
import { eraseInterview, strikeMore } from './interview-commands.server.ts';
import * as verbs from './permits.ts';
import { getInterview, listInterviews } from './queries.server.ts';
import { stepBack } from './steps.server.ts';

useDatabase();

describe('an interview', () => {
	story('is read by who is named for it, and by nobody else, whatever the role', async (tx, { world, interview }) => {
		const seen = async (who: World['person'][keyof World['person']]) => asActor(tx, who, async () => (await listInterviews(tx, world.programmeId)).map(({ id }) => id));
		for (const role of ['coordinator', 'analyst', 'member'] as const) expect(await seen(world.person[role])).toEqual([interview]);
		for (const who of [world.person.reviewer, world.person.official, world.person.donor, world.person.administrator, world.person.collector, world.stranger]) expect(await seen(who)).toEqual([]);
		await asActor(tx, world.person.reviewer, async () => {
			await expect(permit(tx, verbs.storeInterview, { programmeId: world.programmeId, roundId: null })).rejects.toMatchObject({ code: 'not-found' });
		});
		await asActor(tx, world.person.member, async () => {
			await expect(permit(tx, verbs.strikeInterview, interview)).rejects.toMatchObject({ code: 'not-permitted' });
			await expect(permit(tx, verbs.editCodebook, { programmeId: world.programmeId })).rejects.toMatchObject({ code: 'not-permitted' });
		});
	});
	story('has more struck in it for good, and everybody\'s segments move along, those too that one does not see', async (tx, { world, interview, code, as }) => {
		const [mine, hers] = [await begin(tx, as.analyst, interview), await begin(tx, as.member, interview)];
		await mark(tx, as.analyst, mine, ...span('Markazda bizni eshitishdi'), code.a);
		await mark(tx, as.member, hers, ...span('Mahallada esa chida deyishdi'), code.b);
		await asActor(tx, as.analyst, async () => expect(await strikeMore(tx, await permit(tx, verbs.strikeInterview, interview), { words: 'markazda' })).toBe(1));
		const words = async (who: typeof as.analyst) =>
			asActor(tx, who, async () => {
				const page = await getInterview(tx, world.programmeId, interview);
				return page.segments.map(({ starts, ends }) => [...page.interview.body].slice(starts, ends).join(''));
			});
		expect(await words(as.analyst)).toEqual(['[oʻchirilgan] bizni eshitishdi']);
		expect(await words(as.member)).toEqual(['Mahallada esa chida deyishdi']);
		await asActor(tx, as.analyst, async () => {
			const may = await permit(tx, verbs.code, mine);
			await expect(stepBack(tx, may, { programmeId: world.programmeId, codingId: mine }, -1)).rejects.toMatchObject({ code: 'coding.no-step' });
			await expect(strikeMore(tx, await permit(tx, verbs.strikeInterview, interview), { words: 'yoʻq soʻz' })).rejects.toMatchObject({ code: 'interview.nothing-to-strike' });
		});
	});
	story('is erased with everything that was marked in it', async (tx, { world, interview, code, as }) => {
		const mine = await begin(tx, as.analyst, interview);
		await mark(tx, as.analyst, mine, 2, 10, code.a);
		await asActor(tx, as.coordinator, async () => eraseInterview(tx, await permit(tx, verbs.eraseInterview, interview), 'asked'));
		await asActor(tx, as.analyst, async () => {
			const page = await getInterview(tx, world.programmeId, interview);
			expect([page.interview.body, page.segments, page.interview.consentLevel]).toEqual(['', [], 'none']);
			await expect(permit(tx, verbs.code, mine)).rejects.toMatchObject({ code: 'not-found' });
		});
	});
});

import { describe, expect } from 'vitest';
import { asActor } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { useDatabase } from '../../../../test/database.ts';
import { begin, body, finish, mark, refused, span, story } from '../../../../test/coding.ts';
import { agreementReport } from './agreement.server.ts';
import { readAs } from './codebook.ts';
import { addSegments, changeSegment, removeSegment, startAgreed, writeMemo } from './coding-commands.server.ts';
import * as verbs from './permits.ts';
import { getInterview, listCodes } from './queries.server.ts';
import { findSegments } from './retrieval.server.ts';
import { stepBack } from './steps.server.ts';

useDatabase();

describe('two coders', () => {
	story('see nothing of each other until both are done; then neither changes her own any more', async (tx, { world, interview, code, as }) => {
		const [mine, hers] = [await begin(tx, as.analyst, interview), await begin(tx, as.member, interview)];
		await mark(tx, as.analyst, mine, ...span('Markazda bizni eshitishdi'), code.a);
		await mark(tx, as.member, hers, 2, 20, code.a, code.b);
		const seen = async (who: typeof as.analyst) => asActor(tx, who, async () => (await getInterview(tx, world.programmeId, interview)).segments.map(({ codingId }) => codingId));
		expect(new Set(await seen(as.analyst))).toEqual(new Set([mine]));
		await finish(tx, as.analyst, mine);
		expect(await seen(as.member)).toEqual([hers, hers]);
		expect(await seen(as.coordinator)).toEqual([]);
		await finish(tx, as.analyst, mine, false);
		await finish(tx, as.analyst, mine);
		await finish(tx, as.member, hers);
		expect(new Set(await seen(as.coordinator))).toEqual(new Set([mine, hers]));
		expect(await refused(tx, () => finish(tx, as.member, hers, false))).toBe('coding.unblinded');
	});
	story('cannot be joined by a third who has seen them', async (tx, { interview, as }) => {
		for (const who of [as.analyst, as.member]) await finish(tx, who, await begin(tx, who, interview));
		expect(await refused(tx, () => begin(tx, as.coordinator, interview))).toBe('coding.unblinded');
	});
	story('are compared over all interviews, and reconciled into an agreed coding that then speaks for the interview', async (tx, { world, interview, code, as }) => {
		const [mine, hers] = [await begin(tx, as.analyst, interview), await begin(tx, as.member, interview)];
		await mark(tx, as.analyst, mine, ...span('Markazda bizni eshitishdi'), code.a);
		await mark(tx, as.member, hers, 2, 20, code.a);
		await mark(tx, as.member, hers, 28, 40, code.b);
		await asActor(tx, as.analyst, async () => expect((await agreementReport(tx, world.programmeId, await listCodes(tx, world.programmeId), null)).interviews).toBe(0));
		await asActor(tx, as.coordinator, async () => {
			expect(await refused(tx, async () => startAgreed(tx, await permit(tx, verbs.agreeCoding, interview), (id) => id))).toBe('coding.blind');
		});
		await finish(tx, as.analyst, mine);
		await finish(tx, as.member, hers);
		await asActor(tx, as.coordinator, async () => {
			const codes = await listCodes(tx, world.programmeId);
			const report = await agreementReport(tx, world.programmeId, codes, null);
			expect(report).toMatchObject({ interviews: 1, left: 0, length: [...body].length });
			const kappa = report.codes.find((each) => each.code.id === code.a)?.kappa;
			expect(kappa).toMatchObject({ both: 18, first: 7, second: 0 });
			const agreed = await startAgreed(tx, await permit(tx, verbs.agreeCoding, interview), readAs(codes));
			const found = await findSegments(tx, world.programmeId, codes, { code: '', place: '', type: '', coder: '', words: '' });
			expect(found.map((each) => [each.codingId, each.starts, each.ends, each.agreed])).toEqual([[agreed, 2, 20, true]]);
			await addSegments(tx, await permit(tx, verbs.code, agreed), { starts: 28, ends: 40 }, [code.b]);
			expect(await findSegments(tx, world.programmeId, codes, { code: code.b, place: '', type: 'cso', coder: '', words: 'mahalla' })).toHaveLength(1);
			expect(await findSegments(tx, world.programmeId, codes, { code: code.b, place: '', type: 'ministry', coder: '', words: '' })).toHaveLength(0);
		});
	});
});

describe('a coding', () => {
	story('is taken back and done again step by step: segments, bounds, memos', async (tx, { world, interview, code, as }) => {
		const mine = await begin(tx, as.analyst, interview);
		await asActor(tx, as.analyst, async () => {
			const may = async () => permit(tx, verbs.code, mine);
			const scope = { programmeId: world.programmeId, codingId: mine };
			const now = async () => {
				const page = await getInterview(tx, world.programmeId, interview);
				return JSON.stringify([page.segments.map(({ codeId, starts, ends, memo }) => [codeId, starts, ends, memo]), page.memos.map(({ memo }) => memo)]);
			};
			const states = [await now()];
			const does: (() => Promise<unknown>)[] = [
				async () => addSegments(tx, await may(), { starts: 1, ends: 28 }, [code.a, code.b]),
				async () => changeSegment(tx, await may(), (await getInterview(tx, world.programmeId, interview)).segments[0]?.id ?? '', { memo: 'm' }),
				async () => changeSegment(tx, await may(), (await getInterview(tx, world.programmeId, interview)).segments[0]?.id ?? '', { span: { starts: 2, ends: 12 } }),
				async () => writeMemo(tx, await may(), 'hammasi'),
				async () => removeSegment(tx, await may(), (await getInterview(tx, world.programmeId, interview)).segments[0]?.id ?? ''),
				async () => writeMemo(tx, await may(), '')
			];
			for (const each of does) {
				await each();
				states.push(await now());
			}
			expect(new Set(states).size).toBe(states.length);
			for (let at = states.length - 2; at >= 0; at--) {
				await stepBack(tx, await may(), scope, -1);
				expect(await now()).toBe(states[at]);
			}
			await expect(stepBack(tx, await may(), scope, -1)).rejects.toMatchObject({ code: 'coding.no-step' });
			for (let at = 1; at < states.length; at++) {
				await stepBack(tx, await may(), scope, 1);
				expect(await now()).toBe(states[at]);
			}
			await stepBack(tx, await may(), scope, -1);
			await addSegments(tx, await may(), { starts: 30, ends: 34 }, [code.a]);
			await expect(stepBack(tx, await may(), scope, 1)).rejects.toMatchObject({ code: 'coding.no-step' });
			await expect(addSegments(tx, await may(), { starts: 5, ends: 5 }, [code.a])).rejects.toMatchObject({ code: 'coding.nothing-selected' });
		});
		await asActor(tx, as.coordinator, async () => {
			await expect(permit(tx, verbs.code, mine)).rejects.toMatchObject({ code: 'not-found' });
		});
	});
});

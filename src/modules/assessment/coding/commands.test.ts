import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { Problem } from '#platform/problem.ts';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeWorld, type World } from '../../../../test/personas.ts';
import { agreementReport } from './agreement.server.ts';
import { readAs, treeOf, type CodeFields } from './codebook.ts';
import { addCode, changeCode, mergeCode, retireCode } from './codebook-commands.server.ts';
import { addSegments, changeSegment, finishCoding, removeSegment, startAgreed, startCoding, writeMemo } from './coding-commands.server.ts';
import { editInterview, eraseInterview, nameInterviewAnalysts, storeInterview, strikeMore } from './interview-commands.server.ts';
import type { InterviewFields } from './interview.ts';
import * as verbs from './permits.ts';
import { getInterview, listCodes, listInterviews } from './queries.server.ts';
import { quoteSegment } from './quote-commands.server.ts';
import { projectOf } from './refi/exchange.server.ts';
import { importCodes, importInterviews } from './refi/import-commands.server.ts';
import { pendingOf, pendingProject } from './refi/pending.ts';
import { readProject } from './refi/read.ts';
import { writeProject, writeProjectXml } from './refi/write.ts';
import { findSegments } from './retrieval.server.ts';
import { stepBack } from './steps.server.ts';

useDatabase();

const facts: InterviewFields = { kind: 'interview', roundId: null, placeId: null, organisationType: 'cso', heldOn: '2026-01-05', language: 'uz', consentLevel: 'role', wanted: 2 };
const body = '😀 Markazda bizni eshitishdi. Mahallada esa chida deyishdi. Yoʻl uzoq edi.';
const span = (words: string): [number, number] => {
	const starts = [...body.slice(0, body.indexOf(words))].length;
	return [starts, starts + [...words].length];
};
const codeOf = (name: string, parentId: string | null = null): CodeFields => ({ name: { uz: name }, definition: {}, useWhen: {}, useNot: {}, examples: {}, parentId, colour: 0, memo: '' });

type Ground = { world: World; interview: string; code: Record<'a' | 'b' | 'c', string>; as: World['person'] };

/** An interview outside a round that coordinator, analyst and member may read, and three codes. */
async function ground(tx: Tx, change: Partial<InterviewFields> = {}): Promise<Ground> {
	const world = await makeWorld(tx);
	const { programmeId, person } = world;
	const target = { programmeId };
	const named = [person.coordinator, person.analyst, person.member].map(({ personId }) => personId);
	await asActor(tx, person.coordinator, async () => nameInterviewAnalysts(tx, await permit(tx, verbs.nameInterviewAnalysts, target), named));
	return asActor(tx, person.analyst, async () => {
		const interview = await storeInterview(tx, await permit(tx, verbs.storeInterview, { programmeId, roundId: null }), { facts: { ...facts, ...change }, body, struck: 0 });
		const may = await permit(tx, verbs.editCodebook, target);
		const a = await addCode(tx, may, codeOf('Markaz'));
		const code = { a, b: await addCode(tx, may, codeOf('Mahalla')), c: await addCode(tx, may, codeOf('Yoʻl', a)) };
		return { world, interview, code, as: person };
	});
}
const begin = (tx: Tx, who: World['person'][keyof World['person']], interview: string) => asActor(tx, who, async () => startCoding(tx, await permit(tx, verbs.startCoding, interview)));
const mark = (tx: Tx, who: World['person'][keyof World['person']], coding: string, starts: number, ends: number, ...codes: string[]) =>
	asActor(tx, who, async () => addSegments(tx, await permit(tx, verbs.code, coding), { starts, ends }, codes));
const finish = (tx: Tx, who: World['person'][keyof World['person']], coding: string, done = true) => asActor(tx, who, async () => finishCoding(tx, await permit(tx, verbs.finishCoding, coding), done));
/** Something that is refused, without the transaction ending with it. */
async function refused(tx: Tx, work: () => Promise<unknown>): Promise<string> {
	await sql`savepoint asked`.execute(tx);
	try {
		await work();
		return '';
	} catch (cause) {
		return cause instanceof Problem ? cause.code : cause instanceof Error ? cause.message : 'else';
	} finally {
		await sql`rollback to savepoint asked`.execute(tx);
	}
}
const story = (name: string, tell: (tx: Tx, ground: Ground) => Promise<void>, change: Partial<InterviewFields> = {}) =>
	it(name, () => rolledBack(system('first-run'), async (tx) => tell(tx, await ground(tx, change))));

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

describe('the codebook', () => {
	story('is changed, moved, merged and retired, and every step can be taken back', async (tx, { world, interview, code, as }) => {
		const mine = await begin(tx, as.member, interview);
		await mark(tx, as.member, mine, ...span('Markazda bizni eshitishdi'), code.b);
		await asActor(tx, as.analyst, async () => {
			const may = async () => permit(tx, verbs.editCodebook, { programmeId: world.programmeId });
			const scope = { programmeId: world.programmeId, codingId: null };
			const now = async () => treeOf(await listCodes(tx, world.programmeId)).map(({ name, depth, state, mergedIntoId }) => JSON.stringify([name, depth, state, mergedIntoId]));
			const before = await now();
			await changeCode(tx, await may(), code.c, codeOf('Masofa', code.b));
			await mergeCode(tx, await may(), code.b, code.a);
			const merged = readAs(await listCodes(tx, world.programmeId));
			expect([merged(code.b), merged(code.c)]).toEqual([code.a, code.c]);
			expect((await listCodes(tx, world.programmeId)).find(({ id }) => id === code.c)?.parentId).toBe(code.a);
			await retireCode(tx, await may(), code.c, true);
			await expect(mergeCode(tx, await may(), code.b, code.c)).rejects.toMatchObject({ code: 'code.merged' });
			for (let i = 0; i < 3; i++) await stepBack(tx, await may(), scope, -1);
			expect(await now()).toEqual(before);
			// The next step back would take away the code below, then the one under which somebody else has marked.
			await stepBack(tx, await may(), scope, -1);
			await expect(stepBack(tx, await may(), scope, -1)).rejects.toMatchObject({ code: 'coding.code-used' });
			const circle = async (): Promise<void> => {
				await changeCode(tx, await may(), code.a, codeOf('Markaz', code.b));
				await changeCode(tx, await may(), code.b, codeOf('Mahalla', code.a));
				await sql`set constraints all immediate`.execute(tx);
			};
			expect(await refused(tx, circle)).toBe('code.circle');
		});
	});
});

describe('a quotation from an interview', () => {
	const quoted = async (tx: Tx, { interview, code, as }: Ground): Promise<{ segment: string }> => {
		const [segment = ''] = await mark(tx, as.analyst, await begin(tx, as.analyst, interview), ...span('Markazda bizni eshitishdi'), code.a);
		return { segment };
	};
	story('goes no further than was agreed to, and is lowered when less is', async (tx, all) => {
		const { segment } = await quoted(tx, all);
		await asActor(tx, all.as.analyst, async () => {
			const may = async () => permit(tx, verbs.quoteSegment, segment);
			const id = await quoteSegment(tx, await may(), { consentLevel: 'public', spokenBy: { uz: 'Xodim' } });
			const now = () => tx.selectFrom('assessment.quotation').select(['consentLevel', 'segmentId', 'words', 'spokenBy']).where('id', '=', id).executeTakeFirstOrThrow();
			expect(await now()).toMatchObject({ consentLevel: 'public', segmentId: segment, words: { uz: 'Markazda bizni eshitishdi' }, spokenBy: { uz: 'Xodim' } });
			const { roundId: _, language: __, ...rest } = facts;
			await editInterview(tx, await permit(tx, verbs.editInterview, all.interview), { ...rest, consentLevel: 'anonymous' });
			expect((await now()).consentLevel).toBe('anonymous');
			await editInterview(tx, await permit(tx, verbs.editInterview, all.interview), { ...rest, consentLevel: 'none' });
			expect((await now()).consentLevel).toBe('internal');
			await expect(quoteSegment(tx, await may(), { consentLevel: 'internal', spokenBy: { uz: 'x' } })).rejects.toMatchObject({ code: 'quotation.consent' });
			const coding = await tx.selectFrom('assessment.segment').select('codingId').where('id', '=', segment).executeTakeFirstOrThrow();
			await expect(removeSegment(tx, await permit(tx, verbs.code, coding.codingId), segment)).rejects.toMatchObject({ code: 'coding.segment-quoted' });
			expect(await refused(tx, () => sql`update assessment.quotation set consent_level = 'public' where id = ${id}`.execute(tx))).toBe('quotation.consent');
		});
	});
	story('says neither who nor when where only that was agreed to', async (tx, all) => {
		const { segment } = await quoted(tx, all);
		await asActor(tx, all.as.analyst, async () => {
			await expect(quoteSegment(tx, await permit(tx, verbs.quoteSegment, segment), { consentLevel: 'public', spokenBy: { uz: 'Xodim' } })).rejects.toMatchObject({ code: 'quotation.consent' });
			const id = await quoteSegment(tx, await permit(tx, verbs.quoteSegment, segment), { consentLevel: 'anonymous', spokenBy: { uz: 'Xodim' } });
			const row = await tx.selectFrom('assessment.quotation').select(['spokenBy', 'saidOn']).where('id', '=', id).executeTakeFirstOrThrow();
			expect(row.saidOn).toBeNull();
			expect(JSON.stringify(row.spokenBy)).not.toContain('Xodim');
		});
	}, { consentLevel: 'anonymous' });
	story('cannot go out in a briefing past its level, even when the program would let it', async (tx, all) => {
		const { segment } = await quoted(tx, all);
		const { programmeId } = all.world;
		await asActor(tx, all.as.coordinator, async () => {
			const quotation = await asActor(tx, all.as.analyst, async () => quoteSegment(tx, await permit(tx, verbs.quoteSegment, segment), { consentLevel: 'internal', spokenBy: { uz: 'x' } }));
			const briefing = all.code.a;
			await sql`insert into policy.briefing (id, programme_id, number, slug, title, locales) values (${briefing}, ${programmeId}, 900, 'sinov', '{"uz":"x"}', '{uz}')`.execute(tx);
			await sql`insert into policy.briefing_block (id, programme_id, briefing_id, position, kind, quotation_id) values (${all.code.b}, ${programmeId}, ${briefing}, 1, 'quotation', ${quotation})`.execute(tx);
			await sql`insert into releases.release (id, programme_id, number, kind, title, released_by, content_sha256) values (${briefing}, ${programmeId}, 900, 'briefing', '{"uz":"x"}', ${all.as.coordinator.personId}, '\\x00')`.execute(tx);
			const publish = () => sql`update policy.briefing set state = 'published', published_at = now(), release_id = ${briefing} where id = ${briefing}`.execute(tx);
			expect(await refused(tx, publish)).toBe('briefing.quotation-internal');
		});
	}, { consentLevel: 'analysis' });
});

describe('a project', () => {
	story('goes out and comes in again with its codes, coders, passages and facts, masked on the way', async (tx, { world, interview, code, as }) => {
		const { programmeId } = world;
		const [mine, hers] = [await begin(tx, as.analyst, interview), await begin(tx, as.member, interview)];
		await mark(tx, as.analyst, mine, ...span('Markazda bizni eshitishdi'), code.a);
		await mark(tx, as.member, hers, ...span('Mahallada esa chida deyishdi'), code.b);
		await finish(tx, as.analyst, mine);
		await finish(tx, as.member, hers);
		await asActor(tx, as.coordinator, async () => {
			const project = await projectOf(tx, await permit(tx, verbs.exportCoding, { programmeId }), 'Sinov', 'uz');
			// No two things of a project bear the same guid.
			const guids = [...writeProjectXml(project, 'Hamkor').matchAll(/ guid="([^"]+)"/g)].map(([, each]) => each);
			expect(new Set(guids).size).toBe(guids.length);
			const read = readProject(writeProject(project, 'Hamkor'));
			if (!read.ok) throw new Error(read.reason);
			expect(read.value).toEqual(project);
			const pending = pendingProject.parse(JSON.parse(JSON.stringify(pendingOf(read.value))));
			const codes = await importCodes(tx, await permit(tx, verbs.importCodebook, { programmeId }), pending.codes, 'uz');
			expect(codes.added).toBe(0);
			const may = await permit(tx, verbs.storeInterview, { programmeId, roundId: null });
			const strike = { starts: 2, ends: 10, kind: 'place' as const, key: '', tail: 'da' };
			const [made = ''] = await importInterviews(tx, may, pending, codes, { roundId: null, language: 'ru', consentLevel: 'anonymous' }, [[strike]], []);
			const page = await getInterview(tx, programmeId, made);
			expect(page.interview).toMatchObject({ language: 'uz', consentLevel: 'anonymous', organisationType: 'cso', heldOn: '2026-01-05', unblinded: true });
			const points = [...page.interview.body];
			expect(page.segments.map(({ starts, ends, codeId }) => [points.slice(starts, ends).join(''), codeId])).toEqual([['[joy]da bizni eshitishdi', code.a], ['Mahallada esa chida deyishdi', code.b]]);
			expect(page.codings.map(({ kind, doneAt }) => [kind, doneAt !== null])).toEqual([['imported', true], ['imported', true]]);
			expect((await agreementReport(tx, programmeId, await listCodes(tx, programmeId), made)).interviews).toBe(1);
		});
	});
});

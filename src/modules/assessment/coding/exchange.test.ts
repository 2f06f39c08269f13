import { sql } from 'kysely';
import { describe, expect } from 'vitest';
import { asActor, type Tx } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { useDatabase } from '../../../../test/database.ts';
import { begin, facts, finish, type Ground, mark, refused, span, story } from '../../../../test/coding.ts';
import { agreementReport } from './agreement.server.ts';
import { removeSegment } from './coding-commands.server.ts';
import { editInterview } from './interview-commands.server.ts';
import * as verbs from './permits.ts';
import { getInterview, listCodes } from './queries.server.ts';
import { quoteSegment } from './quote-commands.server.ts';
import { projectOf } from './refi/exchange.server.ts';
import { importCodes, importInterviews } from './refi/import-commands.server.ts';
import { pendingOf, pendingProject } from './refi/pending.ts';
import { readProject } from './refi/read.ts';
import { writeProject, writeProjectXml } from './refi/write.ts';

useDatabase();

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

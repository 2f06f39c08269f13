import { sql } from 'kysely';
import { describe, expect } from 'vitest';
import { asActor } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { useDatabase } from '../../../../test/database.ts';
import { begin, codeOf, mark, refused, span, story } from '../../../../test/coding.ts';
import { readAs, treeOf } from './codebook.ts';
import { changeCode, mergeCode, retireCode } from './codebook-commands.server.ts';
import * as verbs from './permits.ts';
import { listCodes } from './queries.server.ts';
import { stepBack } from './steps.server.ts';

useDatabase();

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

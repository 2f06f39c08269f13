import { describe, expect, it } from 'vitest';
import { mergeGaps } from '#modules/gaps/lineage/commands.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { getProgramme } from '#modules/network/queries.server.ts';
import { asActor } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { useDatabase } from '../../../../../test/database.ts';
import { inWorld, makeGap, weigh } from '../../../../../test/gaps/making.ts';
import { makeEvidence } from '../../../../../test/thread/whole.ts';
import { register, registerRow } from './register.server.ts';
import { priorityText } from './words.ts';

useDatabase();

describe('the page of the register', () => {
	it('counts as all rows those that it can show, and tells a priority as the page of the gap does', () =>
		inWorld(async (tx, world) => {
			const evidence = await makeEvidence(tx, world);
			const [into, from] = [await makeGap(tx, world, 'Kattaroq', [evidence.findingId]), await makeGap(tx, world, 'Kichikroq', [evidence.findingId])];
			await asActor(tx, world.person.coordinator, async () => {
				await weigh(tx, into, 5, 4, 70);
				await mergeGaps(tx, await permit(tx, verbs.mergeGaps, { into, from: [from] }), { from: [from], reason: 'Bir xil' });
				const programme = await getProgramme(tx, world.programmeId);
				const shown = async (query: string) => register(tx, programme, new URL(`http://hamkor.example/uz/p/1/gaps${query}`));
				const all = await shown('');
				expect([all.found.length, all.total]).toEqual([1, 1]);
				const merged = await shown('?state=merged');
				expect([merged.found.length, merged.total]).toEqual([1, 2]);
				const [row] = all.found;
				expect(row?.rank && registerRow(row, world.programmeId, 'en').cells.priority).toBe(row?.rank && priorityText(row.rank, 'en'));
				expect(priorityText({ priority: 3.65 }, 'en')).toBe('3.65');
			});
		}));
});

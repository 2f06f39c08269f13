import { expect, it } from 'vitest';
import { layOutRound } from '../../../../bench/round.ts';
import { owner, useDatabase } from '../../../../test/database.ts';
import { formOf } from './form.server.ts';
import { receive } from './intake.server.ts';
import { recheckSome } from './recheck.server.ts';

useDatabase();

const form = `
| survey   |
|          | type             | name | label | required | constraint | relevant   |
|          | text             | word | Word  | yes      |            |            |
|          | integer          | age  | Age   |          | . < 120    |            |
|          | text             | old  | Old   |          |            | \${age} > 60 |
|          | begin_repeat     | child | Child |         |            |            |
|          | integer          | years | Years |         | . < 18     |            |
|          | end_repeat       |      |       |          |            |            |
| settings |
|          | form_id | version |
|          | recheck | 1       |
`;

it('flags broken constraints, missing answers and answers that were not asked for, and each submission once', async () => {
	const round = await layOutRound(owner, { form });
	const { shape } = await formOf(round.versionId);
	const send = (name: string, inside: string) =>
		receive({ kind: 'token', tokenId: round.tokenId }, { ...round, placeId: null }, shape, {
			xml: Buffer.from(`<data id="recheck" version="1">${inside}<meta><instanceID>${name}</instanceID></meta></data>`),
			files: []
		});
	await send('good', '<word>a</word><age>30</age><old/><child><years>3</years></child>');
	await send('bad', '<word/><age>200</age><old/><child><years>3</years></child><child><years>30</years></child>');
	await send('unasked', '<word>a</word><age>30</age><old>yes</old><child><years/></child>');
	expect(await recheckSome()).toBe(3);
	expect(await recheckSome()).toBe(0);
	const { rows } = await owner.query('select instance_id, flags, checked_at from assessment.submission order by id');
	expect(rows.every((row) => row.checked_at !== null)).toBe(true);
	expect(Object.fromEntries(rows.map((row) => [row.instance_id, row.flags]))).toEqual({
		good: [],
		bad: [
			{ path: '/data/word', kind: 'required' },
			{ path: '/data/age', kind: 'constraint' },
			{ path: '/data/child[2]/years', kind: 'constraint' }
		],
		unasked: [{ path: '/data/old', kind: 'irrelevant' }]
	});
});

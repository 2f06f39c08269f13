import { expect, it } from 'vitest';
import { layOutRound } from '../../../../bench/round.ts';
import { owner, useDatabase } from '../../../../test/database.ts';
import { inLimitedWorker } from '#platform/limited-worker.server.ts';
import { convert } from '#xforms/convert.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
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

const choices = `
| survey   |
|          | type                             | name  | label | required | choice_filter | parameters     |
|          | select_one colours               | one   | One   | yes      |               |                |
|          | select_one colours               | fine  | Fine  |          |               | randomize=true |
|          | select_multiple colours or_other | some  | Some  |          |               |                |
|          | select_one towns                 | town  | Town  |          | colour = \${one} |             |
|          | begin_repeat                     | child | Child |          |               |                |
|          | select_one colours               | likes | Likes |          |               |                |
|          | end_repeat                       |       |       |          |               |                |
| choices  |
|          | list_name | name  | label | colour |
|          | colours   | red   | Red   |        |
|          | colours   | blue  | Blue  |        |
|          | towns     | zomin | Zomin | red    |
|          | towns     | nukus | Nukus | blue   |
| settings |
|          | form_id | version |
|          | colours | 1       |
`;

it('flags a choice that the form does not offer, and calls none of them missing', async () => {
	const round = await layOutRound(owner, { form: choices });
	const { shape } = await formOf(round.versionId);
	const send = (name: string, inside: string) =>
		receive({ kind: 'token', tokenId: round.tokenId }, { ...round, placeId: null }, shape, {
			xml: Buffer.from(`<data id="colours" version="1">${inside}<meta><instanceID>${name}</instanceID></meta></data>`),
			files: []
		});
	await send('offered', '<one>red</one><fine>blue</fine><some>red other</some><some_other>green</some_other><town>zomin</town><child><likes>red</likes></child>');
	await send('made-up', '<one>purple</one><fine>pink</fine><some>red pink</some><some_other/><town/><child><likes>red</likes></child><child><likes>pink</likes></child>');
	await send('elsewhere', '<one>red</one><fine/><some/><some_other/><town>nukus</town><child><likes/></child>');
	await recheckSome();
	const { rows } = await owner.query('select instance_id, flags from assessment.submission where round_id = $1', [round.roundId]);
	const choice = (...paths: string[]) => paths.map((path) => ({ path, kind: 'choice' }));
	expect(Object.fromEntries(rows.map((row) => [row.instance_id, row.flags]))).toEqual({
		offered: [],
		'made-up': choice('/data/one', '/data/fine', '/data/some', '/data/child[2]/likes'),
		elsewhere: choice('/data/town')
	});
});

it('shows what it found at once, as the rules of quality show it', async () => {
	const { rows } = await owner.query('select s.instance_id, s.looked_at, q.rule, q.key from assessment.quality_flag q join assessment.submission s on s.id = q.submission_id order by 1, 4');
	expect(rows).toContainEqual({ instance_id: 'bad', looked_at: null, rule: 'constraint', key: '/data/age' });
	expect(rows).toContainEqual({ instance_id: 'made-up', looked_at: null, rule: 'choice', key: '/data/child[2]/likes' });
	expect(rows).toContainEqual({ instance_id: 'elsewhere', looked_at: null, rule: 'choice', key: '/data/town' });
});

const fromFile = `
| survey   |
|          | type                          | name | label | constraint |
|          | select_one_from_file towns.csv | town | Town  |            |
|          | integer                       | age  | Age   | . < 120    |
| settings |
|          | form_id | version |
|          | towns   | 1       |
`;

it('says nothing about choices that lie in a file beside the form', async () => {
	const conversion = convert(readMarkdown(fromFile));
	if (!conversion.ok) throw new Error('not converted');
	const xml = '<data id="towns" version="1"><town>zomin</town><age>200</age><meta><instanceID>towns</instanceID></meta></data>';
	const order = { xform: conversion.xml, submissions: [{ id: 'towns', xml, answers: { '/data/town': 'zomin', '/data/age': '200' } }] };
	const outcome = await inLimitedWorker('#modules/assessment/collection/recheck.worker.ts', order, { megabytes: 512, seconds: 90 });
	expect(outcome).toEqual([{ id: 'towns', flags: [{ path: '/data/age', kind: 'constraint' }] }]);
});

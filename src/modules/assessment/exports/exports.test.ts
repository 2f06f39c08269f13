import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { owner, useDatabase } from '../../../../test/database.ts';
import { deep } from '../../../../test/deep.ts';
import { filledXml, filesIn, layOutExport, newInstance, orderOf, putXml, readCsv, type Filled } from '../../../../test/exports.ts';
import { readDta, readSav, type StatTable } from '../../../../test/statistics-files.ts';
import { fileAt } from '#platform/file-place.server.ts';
import { newId } from '#platform/ids.ts';
import { neutralise } from '#platform/neutral.ts';
import { exportFields, type ExportChoice } from './choice.ts';
import { deliver } from './deliver.server.ts';
import type { ExportOrder } from './order.ts';

useDatabase();

async function written(order: ExportOrder): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	await deliver(order, async (piece) => void pieces.push(Buffer.from(piece)), async () => {});
	return Buffer.concat(pieces);
}
const exported = async (order: ExportOrder): Promise<Map<string, Buffer>> => filesIn(await written(order));

/** Rows of a CSV by the names of their columns; an empty field is no answer. */
function csvRows(text: string | undefined): Record<string, string>[] {
	const [heads = [], ...rows] = readCsv(text ?? '');
	return rows.map((row) => Object.fromEntries(heads.flatMap((head, i) => (row[i] ? [[head, row[i]]] : []))));
}

/** Text as people and hostile people write it; what XML cannot carry does not come in. */
const text = fc.oneof(
	fc.constantFrom('=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=x', ' =y', '"', '""', "'", 'a,b;c', 'a\nb', 'a\r\nb', 'Oʻzbekcha gʻoʻza', 'Қорақалпоқ', '💚 \u202e', '<b>&amp;</b>', '-12', '12x', '0012'),
	fc.string({ unit: 'grapheme', maxLength: 30 }).map((each) => each.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu, ''))
);
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const day = fc.date({ min: new Date('1901-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const filled: fc.Arbitrary<Filled> = fc.record({
	note_text: optional(text),
	sex: optional(fc.constantFrom('f', 'm', 'x9')),
	needs: optional(fc.constantFrom('law', 'home', 'law home', 'home other')),
	age: optional(fc.oneof(fc.integer({ min: -100_000, max: 100_000 }).map(String), fc.constant('12x'))),
	income: optional(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((value) => value.toFixed(3)), fc.constant('1.5'))),
	since: optional(day),
	seen: optional(day.map((each) => `${each}T10:20:30.000+05:00`)),
	members: fc.array(fc.record({ name: optional(text), sex: optional(fc.constantFrom('f', 'm')), visits: fc.array(fc.record({ day: optional(day), why: optional(text) }), { maxLength: 3 }) }), { maxLength: 3 })
});

/** What came in, as flat rows: said once more, without the program's own tables. */
function expectedOf(all: readonly { id: string; of: Filled }[]) {
	const clean = (row: Record<string, string | undefined>): Record<string, string> => Object.fromEntries(Object.entries(row).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''));
	const has = (needs: string | undefined, one: string): string | undefined => (needs === undefined ? undefined : needs.split(' ').includes(one) ? '1' : '0');
	return {
		submissions: all.map(({ id, of }) =>
			clean({ _id: id, note_text: of.note_text, sex: of.sex, needs: of.needs, 'needs/law': has(of.needs, 'law'), 'needs/home': has(of.needs, 'home'), ёшингиз: of.age, income: of.income, since: of.since, seen: of.seen })
		),
		member: all.flatMap(({ id, of }) => (of.members ?? []).map((each, i) => clean({ _id: `${id}/member[${i + 1}]`, _parent_id: id, _submission_id: id, _index: String(i + 1), name: each.name, member_sex: each.sex }))),
		visit: all.flatMap(({ id, of }) =>
			(of.members ?? []).flatMap((member, i) =>
				(member.visits ?? []).map((each, j) =>
					clean({ _id: `${id}/member[${i + 1}]/visit[${j + 1}]`, _parent_id: `${id}/member[${i + 1}]`, _submission_id: id, _index: String(j + 1), day: each.day, why: each.why })
				)
			)
		)
	};
}

/** Line ends as an XML reader hands them over; and an answer of nothing but spaces stands as it came. */
const known = ['_received', '_round', '_version', '_review', '_flags'];
const without = (row: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(row).filter(([name]) => !known.includes(name)));

/** A table of a statistics file as rows by the names of the columns it came from. */
function statRows({ variables, rows }: StatTable, names: readonly string[], epoch: { day: (value: number) => string; moment: (value: number) => string }): Record<string, string>[] {
	return rows.map((row) =>
		Object.fromEntries(
			row.flatMap((value, i) => {
				const [variable, name = ''] = [variables[i], names[i]];
				if (value === null || value === '' || variable === undefined) return [];
				if (variable.labels.size > 0) return [[name, variable.labels.get(Number(value)) ?? '?']];
				if (typeof value === 'number' && (name === 'since' || name === 'day')) return [[name, epoch.day(value)]];
				if (typeof value === 'number' && (name === 'seen' || name === '_received')) return [[name, epoch.moment(value)]];
				return [[name, String(value)]];
			})
		)
	);
}

const nearly = (row: Record<string, string>, numbers: readonly string[]): Record<string, string> =>
	Object.fromEntries(Object.entries(row).map(([name, value]) => [name, numbers.includes(name) && /^[-+]?\d+(\.\d+)?$/.test(value) ? String(Number(value)) : name === 'seen' ? value.slice(0, 19) : value]));

describe('an export', () => {
	it('gives back what came in, whatever it was, in every form', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(filled, { minLength: 1, maxLength: 6 }), async (several) => {
				const round = await layOutExport(owner);
				const all = several.map((of) => ({ id: newInstance(), of }));
				for (const { id, of } of all) await putXml(owner, round, filledXml(of, id));
				const expected = expectedOf(all);
				const csv = await exported(orderOf(round, { format: 'csv' }));
				for (const name of ['submissions', 'member', 'visit'] as const) {
					const safe = expected[name].map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, neutralise(value)])));
					expect(csvRows(csv.get(`${name}.csv`)?.toString('utf8')).map(without), name).toEqual(safe);
				}
				const heads = (name: string): string[] => readCsv(csv.get(`${name}.csv`)?.toString('utf8') ?? '')[0] ?? [];
				const labelled = (row: Record<string, string>): Record<string, string> => {
					const label: Record<string, string> = { f: 'Woman', m: 'Man' };
					return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, name === 'sex' || name === 'member_sex' ? (label[value] ?? value) : value]));
				};
				const numbers = ['ёшингиз', 'income', '_index', 'needs/law', 'needs/home'];
				const plain = (rows: Record<string, string>[]) => rows.map((row) => nearly(labelled(row), numbers));
				const spss = await exported(orderOf(round, { format: 'spss' }));
				const stata = await exported(orderOf(round, { format: 'stata' }));
				for (const name of ['submissions', 'member', 'visit'] as const) {
					const sav = readSav(spss.get(`${name}.sav`) ?? Buffer.alloc(0));
					const dta = readDta(stata.get(`${name}.dta`) ?? Buffer.alloc(0));
					expect([sav.announced, dta.announced, sav.rows.length]).toEqual([expected[name].length, expected[name].length, expected[name].length]);
					const iso = (ms: number): string => new Date(ms).toISOString();
					const fromSav = statRows(sav, heads(name), { day: (value) => iso((value - 12_219_379_200) * 1000).slice(0, 10), moment: (value) => iso((value - 12_219_379_200) * 1000).slice(0, 19) });
					const fromDta = statRows(dta, heads(name), { day: (value) => iso(value * 86_400_000 - 315_619_200_000).slice(0, 10), moment: (value) => iso(value - 315_619_200_000).slice(0, 19) });
					// A text of SPSS has no end of its own: spaces at its end are filling.
					const trimmed = plain(expected[name]).map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value.replace(/ +$/, '')]).filter(([, value]) => value !== '')));
					expect(fromSav.map((row) => nearly(without(row), numbers)), `${name}.sav`).toEqual(trimmed);
					expect(fromDta.map((row) => nearly(without(row), numbers)), `${name}.dta`).toEqual(plain(expected[name]));
				}
			}),
			{ numRuns: deep ? 200 : 12 }
		);
	});

	it('writes workbooks with a sheet for each repeat, the codebook, and how many rows it holds of how many', async () => {
		const round = await layOutExport(owner);
		const id = newInstance();
		await putXml(owner, round, filledXml({ note_text: '=HYPERLINK("http://x")', age: '31', since: '2020-02-29', income: '2.5', members: [{ name: 'Bir', visits: [{ why: 'a' }] }, {}] }, id));
		await putXml(owner, round, filledXml({ note_text: 'rad etilgan' }, newInstance()), undefined, { state: 'rejected' });
		const book = await readXlsx(await written(orderOf(round, { format: 'xlsx' })));
		expect(book.sheets.map((sheet) => sheet.name)).toEqual(['submissions', 'member', 'visit', 'Codebook', 'About']);
		const [heads = [], first = [], second] = book.sheets[0]?.rows ?? [];
		const row = Object.fromEntries(heads.map((head, i) => [String(head), first[i]]));
		expect(row).toMatchObject({ _id: id, note_text: '\'=HYPERLINK("http://x")', ёшингиз: 31, income: 2.5 });
		expect(row['since'] instanceof Date ? row['since'].toISOString().slice(0, 10) : row['since']).toBe('2020-02-29');
		expect(second).toBeUndefined();
		expect(book.sheets[1]?.rows.length).toBe(3);
		expect(JSON.stringify(book.sheets.at(-1)?.rows)).toContain('This export holds 1 of 2 submissions.');
	});

	it('makes several workbooks where one sheet would overflow, whole submissions in each', async () => {
		const round = await layOutExport(owner);
		for (let n = 0; n < 7; n++) await putXml(owner, round, filledXml({ note_text: `n${n}`, members: Array.from({ length: n % 3 }, (_, i) => ({ name: `m${n}.${i}` })) }, newInstance()));
		const pieces: Uint8Array[] = [];
		await deliver(orderOf(round, { format: 'xlsx' }), async (piece) => void pieces.push(Buffer.from(piece)), async () => {}, 3);
		const files = filesIn(Buffer.concat(pieces));
		const books = [...files.keys()].filter((name) => name.endsWith('.xlsx'));
		expect(books).toEqual(['answers-1.xlsx', 'answers-2.xlsx', 'answers-3.xlsx']);
		const sheets = await Promise.all(books.map(async (name) => (await readXlsx(files.get(name) ?? Buffer.alloc(0))).sheets));
		const column = (sheet: number, name: string): unknown[] => sheets.flatMap((book) => {
			const [heads = [], ...rows] = book[sheet]?.rows ?? [];
			return rows.map((row) => row[heads.indexOf(name)]);
		});
		expect(column(0, 'note_text')).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6']);
		expect(column(1, 'name')).toEqual(['m1.0', 'm2.0', 'm2.1', 'm4.0', 'm5.0', 'm5.1']);
		for (const book of sheets) for (const sheet of book.slice(0, 3)) expect(sheet.rows.length).toBeLessThanOrEqual(4);
		expect(files.get('README.txt')?.toString('utf8')).toContain('this is number 3');
	});

	it('brings files along under names that lead nowhere else, and says which have not arrived', async () => {
		const round = await layOutExport(owner);
		const id = newInstance();
		await putXml(owner, round, filledXml({ note_text: 'a' }, id));
		const content = Buffer.from('a picture');
		const sha256 = createHash('sha256').update(content).digest();
		mkdirSync(path.dirname(fileAt(sha256)), { recursive: true });
		writeFileSync(fileAt(sha256), content);
		const file = newId();
		await owner.query(`insert into platform.file (id, programme_id, sha256, media_type, name, bytes) values ($1, $2, $3, 'image/png', 'x', 9)`, [file, round.programmeId, sha256]);
		const attach = (name: string, fileId: string | null): Promise<unknown> =>
			owner.query('insert into assessment.attachment (programme_id, submission_id, name, file_id, sha256) select $1, id, $3, $4, $5 from assessment.submission where instance_id = $2', [round.programmeId, id, name, fileId, fileId ? sha256 : null]);
		await attach('../../сурат.png', file);
		await attach('late.png', null);
		const files = await exported(orderOf(round, { attachments: true }));
		const media = [...files.keys()].filter((name) => name.startsWith('media/'));
		expect(media).toEqual([`media/${id.slice(5)}/__.._сурат.png`]);
		expect(files.get(media[0] ?? '')?.toString()).toBe('a picture');
		expect(files.get('README.txt')?.toString('utf8')).toContain('1 have not arrived');
	});

	it('says names that a program cannot hold, and nothing that it cuts silently', async () => {
		const long = 'ўзгарувчи_'.repeat(9);
		const form = `
| survey |
| | type | name | label |
| | text | ${long}1 | ${'Savol '.repeat(60)} |
| | text | ${long}2 | B |
| | text | if | C |
| settings |
| | form_id | form_title | version |
| | leaving | Leaving | 1 |
`;
		const round = await layOutExport(owner, form);
		const body = (n: number): string => `<data id="leaving" version="1"><${long}1>${'қ'.repeat(n)}</${long}1><${long}2>b</${long}2><if>c</if><meta><instanceID>${newInstance()}</instanceID></meta></data>`;
		await putXml(owner, round, body(20_000), form);
		await putXml(owner, round, body(1), form);
		const spss = await exported(orderOf(round, { format: 'spss' }));
		const sav = readSav(spss.get('submissions.sav') ?? Buffer.alloc(0));
		const names = sav.variables.map((variable) => variable.name);
		expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
		for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(64);
		const codebook = csvRows(spss.get('codebook.csv')?.toString('utf8'));
		expect(codebook.find((line) => line['column'] === `${long}1`)?.['note']).toMatch(/renamed.*shortened.*32,767/);
		expect(String(sav.rows[0]?.at(-3)).length).toBe(16_383);
		const dta = readDta((await exported(orderOf(round, { format: 'stata' }))).get('submissions.dta') ?? Buffer.alloc(0));
		expect(String(dta.rows[0]?.at(-3))).toBe('қ'.repeat(20_000));
		for (const { name, label } of dta.variables) expect([[...name].length <= 32, [...label].length <= 80]).toEqual([true, true]);
		const csv = (await exported(orderOf(round, {}))).get('submissions.csv')?.toString('utf8') ?? '';
		expect(csvRows(csv)[0]?.[`${long}1`]).toBe('қ'.repeat(20_000));
	});

	it('bears two thousand columns', async () => {
		const questions = Array.from({ length: 2000 }, (_, n) => `| | text | q${n} | Q |`).join('\n');
		const form = `| survey |\n| | type | name | label |\n${questions}\n| settings |\n| | form_id | form_title | version |\n| | leaving | Leaving | 1 |\n`;
		const round = await layOutExport(owner, form);
		await putXml(owner, round, `<data id="leaving" version="1">${Array.from({ length: 2000 }, (_, n) => `<q${n}>v${n}</q${n}>`).join('')}<meta><instanceID>${newInstance()}</instanceID></meta></data>`, form);
		const sav = readSav((await exported(orderOf(round, { format: 'spss' }))).get('submissions.sav') ?? Buffer.alloc(0));
		expect(sav.rows[0]?.slice(-2000)).toEqual(Array.from({ length: 2000 }, (_, n) => `v${n}`));
	});

	it('narrows to states, days and places, and says of how many', async () => {
		const round = await layOutExport(owner);
		const put = (of: Filled, more: Parameters<typeof putXml>[4]): Promise<void> => putXml(owner, round, filledXml(of, newInstance()), undefined, more);
		await put({ note_text: 'a' }, { state: 'approved', receivedAt: new Date('2026-03-01T20:00:00Z') });
		await put({ note_text: 'b' }, { state: 'received', receivedAt: new Date('2026-03-01T18:00:00Z') });
		await put({ note_text: 'c' }, { state: 'rejected', receivedAt: new Date('2026-03-02T10:00:00Z') });
		const notes = async (choice: Partial<ExportChoice>): Promise<unknown[]> => {
			const files = await exported(orderOf(round, choice));
			expect(files.get('README.txt')?.toString('utf8')).toMatch(/holds \d of 3 submissions/);
			return csvRows(files.get('submissions.csv')?.toString('utf8')).map((row) => row['note_text']);
		};
		expect(await notes({})).toEqual(['b', 'a']);
		expect(await notes({ states: ['rejected'] })).toEqual(['c']);
		// 20:00 in Greenwich is the next day in Tashkent.
		expect(await notes({ from: '2026-03-02' })).toEqual(['a']);
		expect(await notes({ to: '2026-03-01' })).toEqual(['b']);
		expect(await notes({ place: '00000000-0000-7000-8000-000000000000' })).toEqual([]);
	});

	it('puts several versions of a questionnaire into one table with the columns of all', async () => {
		const round = await layOutExport(owner);
		const later = await owner.query<{ id: string }>(`insert into assessment.instrument_version (id, programme_id, instrument_id, version, xform, model, md5)
			select gen_random_uuid(), programme_id, instrument_id, '2', xform, jsonb_set(model, '{questions}', (select jsonb_agg(case when q->>'name' = 'note_text' then q || '{"name":"remark","xpath":"/data/remark"}' else q end) from jsonb_array_elements(model->'questions') q)), md5
			from assessment.instrument_version where id = $1 returning id`, [round.versionId]);
		const second = await owner.query<{ id: string }>(`insert into assessment.round (id, programme_id, instrument_version_id, number, name, kind, unit, state) select gen_random_uuid(), programme_id, $2, 2, name, 'repeat', unit, 'closed' from assessment.round where id = $1 returning id`, [round.roundId, later.rows[0]?.id]);
		const other = second.rows[0]?.id ?? '';
		await putXml(owner, round, filledXml({ note_text: 'old', sex: 'f' }, newInstance()));
		await owner.query(`insert into assessment.submission (id, programme_id, round_id, instance_id, xml, xml_sha256, answers) values (gen_random_uuid(), $1, $2, 'uuid:n', '<data/>', '', '{"/data/remark":"new"}')`, [round.programmeId, other]);
		await expect(exported(orderOf(round, { others: [other] }))).rejects.toMatchObject({ code: 'not-permitted' });
		await owner.query('insert into assessment.round_analyst (programme_id, round_id, person_id) values ($1, $2, $3)', [round.programmeId, other, round.analystId]);
		const rows = csvRows((await exported(orderOf(round, { others: [other] }))).get('submissions.csv')?.toString('utf8'));
		expect(rows.map((row) => [row['_version'], row['note_text'], row['remark'], row['sex']])).toEqual([['1', 'old', undefined, 'f'], ['2', undefined, 'new', undefined]]);
	});

	it('is written in the language asked for, Uzbek in either script, by labels or names', async () => {
		const round = await layOutExport(owner);
		await putXml(owner, round, filledXml({ sex: 'f', needs: 'law home', age: '5' }, newInstance()));
		const read = async (choice: Partial<ExportChoice>) => csvRows((await exported(orderOf(round, { values: 'labels', headings: 'labels', multiple: 'joined', ...choice }))).get('submissions.csv')?.toString('utf8'))[0];
		expect(await read({ language: 'uz' })).toMatchObject({ Jinsingiz: 'Ayol', 'Nima kerak?': 'Huquqiy yordam; Boshpana' });
		expect(await read({ language: 'uz-Cyrl' })).toMatchObject({ Жинсингиз: 'Аёл' });
		expect(await read({ language: 'kaa' })).toMatchObject({ Jinsingiz: 'Ayol' });
		expect(await read({ headings: 'names', groups: true })).toMatchObject({ 'home/ёшингиз': '5' });
	});

	it('sees one moment, whatever comes in while it is written', async () => {
		const round = await layOutExport(owner);
		for (let n = 0; n < 3; n++) await putXml(owner, round, filledXml({ note_text: `n${n}` }, newInstance()));
		const pieces: Uint8Array[] = [];
		let came = 0;
		await deliver(orderOf(round), async (piece) => {
			pieces.push(Buffer.from(piece));
			if (came++ < 3) await putXml(owner, round, filledXml({ note_text: 'late' }, newInstance()));
		}, async () => {});
		const files = filesIn(Buffer.concat(pieces));
		expect(csvRows(files.get('submissions.csv')?.toString('utf8')).map((row) => row['note_text'])).toEqual(['n0', 'n1', 'n2']);
		expect(files.get('README.txt')?.toString('utf8')).toContain('3 of 3');
	});

	it('is for the named analysts alone, and is written down before it leaves', async () => {
		const round = await layOutExport(owner);
		await putXml(owner, round, filledXml({ note_text: 'a' }, newInstance()));
		for (const personId of ['018f0000-0000-7000-8000-000000000001']) {
			await expect(written({ ...orderOf(round), personId })).rejects.toMatchObject({ code: 'not-found' });
		}
		await expect(deliver(orderOf(round), () => Promise.reject(new Error('cut')), async () => {})).rejects.toThrow('cut');
		const { rows } = await owner.query('select submissions, total from assessment.answer_export where round_id = $1', [round.roundId]);
		expect(rows).toEqual([{ submissions: 1, total: 1 }]);
		const entries = await owner.query(`select count(*)::int as n from platform.journal where verb = 'submission.export' and subject_id = $1`, [round.roundId]);
		expect(entries.rows).toEqual([{ n: 1 }]);
		await owner.query('update network.role_grant set ended_at = now() where person_id = $1', [round.analystId]);
		await expect(written(orderOf(round))).rejects.toMatchObject({ code: 'not-found' });
	});

	it('reads what a page sends, and nothing that it does not know', () => {
		expect(exportFields.safeParse({ format: 'exe' }).success).toBe(false);
		expect(exportFields.parse({ states: 'approved', groups: 'on' })).toMatchObject({ states: ['approved'], groups: true, format: 'csv' });
	});
});

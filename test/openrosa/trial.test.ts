import { createHash, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import net from 'node:net';
import { beforeAll, expect, it } from 'vitest';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { owner, useDatabase } from '../database.ts';
import { deep } from '../deep.ts';
import { exchange, multipart, useDoors, xmlPart, type Part } from './server.ts';

useDatabase();
const server = useDoors();

const submissions = deep ? 10_000 : 500;
const sendings = 5;
const atOnce = 50;
const cutShare = 0.3;

const form = `
| survey   |
|          | type  | name  | label |
|          | text  | word  | Word  |
|          | image | one   | One   |
|          | file  | two   | Two   |
| settings |
|          | form_id | version |
|          | trial   | 1       |
`;
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let round: LaidOut;
beforeAll(async () => {
	round = await layOutRound(owner, { form });
});

/** The same numbers at every run, so that what fails can be run again. */
function randomness(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

type Kept = { id: string; xml: string; parts: Part[]; table: Buffer | undefined };

/** A submission as a phone keeps it: a third without files, a third with a picture, a third with a picture and a table. */
function submission(n: number): Kept {
	const id = `uuid:${randomUUID()}`;
	const kind = n % 3;
	const table = kind === 2 ? Buffer.from(`n,name\n${n},Зомин\n${'x,y\n'.repeat(n % 50)}`) : undefined;
	const files = `${kind > 0 ? `<one>сурат-${n}.png</one>` : ''}${table ? `<two>t-${n}.csv</two>` : ''}`;
	const xml = `<data id="trial" version="1"><word>${n}</word>${files}<meta><instanceID>${id}</instanceID></meta></data>`;
	const parts: Part[] = [];
	if (kind > 0) parts.push({ name: `сурат-${n}.png`, filename: `сурат-${n}.png`, type: 'image/png', content: png });
	if (table) parts.push({ name: `t-${n}.csv`, filename: `t-${n}.csv`, type: 'text/csv', content: table });
	return { id, xml, parts, table };
}

/** Sends part of a request and hangs up. */
function cut(body: Buffer, headers: Record<string, string>, bytes: number): Promise<void> {
	const { port } = new URL(server.base);
	return new Promise((resolve) => {
		const socket = net.connect(Number(port), '127.0.0.1', () => {
			const head = [`POST /key/${round.token}/submission HTTP/1.1`, 'Host: 127.0.0.1', ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\r\n');
			socket.write(`${head}\r\n\r\n`);
			socket.write(body.subarray(0, bytes), () => setTimeout(() => socket.destroy(), 2));
		});
		socket.on('error', () => undefined);
		socket.once('close', () => resolve());
	});
}

const answers = new Map<number, number>();

/** One sending: whole in one request, in two as the protocol allows, or cut off somewhere. Answers with whether the app took it for success. */
async function send({ xml, parts }: Kept, random: () => number): Promise<boolean> {
	const inTwo = parts.length === 2 && random() < 0.3;
	const [first, ...later] = inTwo ? [parts.slice(0, 1), parts.slice(1)] : [parts];
	const announce: Part[] = inTwo ? [{ name: '*isIncomplete*', content: 'yes' }] : [];
	for (const [at, files] of [first ?? [], ...later].entries()) {
		const { headers, body } = multipart([xmlPart(xml), ...files, ...(at === 0 ? announce : [])]);
		if (random() < cutShare) {
			await cut(body, headers, Math.floor(random() * (body.length - 1)));
			return false;
		}
		const { status } = await exchange(server.base, 'POST', `/key/${round.token}/submission`, { headers, body });
		answers.set(status, (answers.get(status) ?? 0) + 1);
		if (status !== 201 && status !== 202) return false;
	}
	return true;
}

it(`keeps ${submissions} submissions once each and whole, each sent ${sendings} times, ${atOnce} at once, a third cut off in mid-upload`, { timeout: 1_800_000 }, async () => {
	const random = randomness(7);
	const all = Array.from({ length: submissions }, (_, n) => submission(n));
	const order = Array.from({ length: sendings }, () => all).flat().map((each) => ({ each, by: random() })).sort((a, b) => a.by - b.by).map(({ each }) => each);
	const taken = new Set<string>();
	const line = async (): Promise<void> => {
		for (let next = order.pop(); next; next = order.pop()) if (await send(next, random)) taken.add(next.id);
	};
	await Promise.all(Array.from({ length: atOnce }, line));
	// An app that has had no success tries again.
	for (const each of all) while (!taken.has(each.id)) if (await send(each, random)) taken.add(each.id);

	const kept = await owner.query('select instance_id, xml, id from assessment.submission where round_id = $1', [round.roundId]);
	expect(kept.rowCount).toBe(submissions);
	const xmls = new Map(kept.rows.map((row) => [row.instance_id, row.xml]));
	expect(all.filter(({ id, xml }) => xmls.get(id) !== xml)).toEqual([]);
	const journal = await owner.query("select subject_id, count(*) from platform.journal where verb = 'submission.receive' and programme_id = $1 group by 1", [round.programmeId]);
	expect([journal.rowCount, journal.rows.filter(({ count }) => count !== '1')]).toEqual([submissions, []]);
	const files = await owner.query('select s.instance_id, a.name, a.sha256, a.file_id from assessment.attachment a join assessment.submission s on s.id = a.submission_id where s.round_id = $1', [round.roundId]);
	expect(files.rows.filter(({ file_id }) => file_id === null)).toEqual([]);
	const tables = new Map(files.rows.map((row) => [`${row.instance_id} ${row.name}`, row.sha256]));
	expect(files.rowCount).toBe(all.reduce((sum, { parts }) => sum + parts.length, 0));
	for (const [n, { id, table }] of all.entries()) {
		if (table && !createHash('sha256').update(table).digest().equals(tables.get(`${id} t-${n}.csv`))) throw new Error(`the table of ${id} is another`);
	}
	// What was cut off leaves nothing aside either; the last connection may still be closing.
	await expect.poll(() => readdirSync(`${process.env['HAMKOR_DATA']}/incoming`), { timeout: 10_000 }).toEqual([]);
	if (deep) process.stderr.write(`answers by status: ${JSON.stringify(Object.fromEntries(answers))}\n`);
	// 201 and 202 are success to an app; 503 makes it try again. Nothing else may be said to what is whole.
	expect([...answers.keys()].filter((status) => ![201, 202, 503].includes(status))).toEqual([]);
});

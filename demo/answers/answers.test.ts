import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keptAnswers } from '#modules/assessment/collection/answers.ts';
import { recheckOutcome } from '#modules/assessment/collection/recheck.ts';
import { readXlsForm } from '#modules/assessment/instruments/xlsform.server.ts';
import { inLimitedWorker } from '#platform/limited-worker.server.ts';
import { convert } from '#xforms/convert.ts';
import { describe as describeInstrument } from '#xforms/instrument.ts';
import { readXlsx } from '#xforms/readXlsx.ts';
import { parseSubmission } from '#xforms/submission.ts';
import { submissionShape } from '#xforms/submissionShape.ts';
import { madeUpSubmissions } from './people.ts';
import { pick, randomFrom, uuidFrom, whole } from './random.ts';
import { isAsked } from './relevance.ts';

const spreadsheet = path.join(import.meta.dirname, '../instrument/baseline.xlsx');
const sent = madeUpSubmissions('2026-03-02');

describe('made-up answers', () => {
	it('are the same for the same seed and day, and their answers for the same seed on any day', () => {
		expect(madeUpSubmissions('2026-03-02')).toEqual(sent);
		const later = madeUpSubmissions('2027-11-30');
		const undated = (xml: string): string => xml.replace(/\d{4}-\d\d-\d\d/g, 'day');
		expect(later.map(({ xml }) => undated(xml))).toEqual(sent.map(({ xml }) => undated(xml)));
		expect(madeUpSubmissions('2026-03-02', 'other')).not.toEqual(sent);
	});

	it('are 400 over two rounds and three regions, with names of their own', () => {
		expect(sent).toHaveLength(400);
		expect(new Set(sent.map(({ instanceId }) => instanceId)).size).toBe(400);
		for (const region of ['UZ-JI', 'UZ-SA', 'UZ-NG']) expect(sent.filter((one) => one.region === region).length).toBeGreaterThan(90);
		expect(sent.filter(({ round }) => round === 'baseline')).toHaveLength(225);
	});

	it('are taken by the intake as the instrument asks them', async () => {
		const conversion = convert(await readXlsx(new Uint8Array(readFileSync(spreadsheet))));
		if (!conversion.ok) throw new Error('not converted');
		const shape = submissionShape(describeInstrument(conversion.form));
		for (const { xml, instanceId } of sent) {
			const read = parseSubmission(new TextEncoder().encode(xml), shape);
			expect(read.ok ? read.value.instanceId : read.error).toBe(instanceId);
		}
	});

	it('hold against the form itself, but for a few slips that are pointed out', async () => {
		const ready = await readXlsForm(readFileSync(spreadsheet), 'baseline.xlsx');
		if (!ready.ok) throw new Error('not converted');
		const shape = submissionShape(ready.model);
		const submissions = sent
			.filter((_, at) => at === 8 || at % 25 === 0)
			.map(({ xml, instanceId }) => {
				const read = parseSubmission(new TextEncoder().encode(xml), shape);
				return { id: instanceId, xml, answers: read.ok ? keptAnswers(read.value.answers) : {} };
			});
		const work = inLimitedWorker('#modules/assessment/collection/recheck.worker.ts', { xform: ready.xml, submissions }, { megabytes: 512, seconds: 90 });
		const flags = recheckOutcome.parse(await work).flatMap((looked) => looked.flags);
		const slips = ['/data/priorities/priority_second', '/data/respondent/years_in_role', '/data/access/main_barrier'];
		expect(flags.filter(({ kind, path: at }) => kind !== 'constraint' || !slips.includes(at))).toEqual([]);
		expect(flags).toHaveLength(2);
	}, 100_000);

	it('stop where somebody refuses or is not of age, and repeat as often as somebody says', () => {
		const refused = sent.filter(({ xml }) => xml.includes('<consent>no</consent>'));
		expect(refused.length).toBeGreaterThan(5);
		expect(refused.every(({ xml }) => !xml.includes('<respondent>') && !xml.includes('<adult>'))).toBe(true);
		for (const { xml } of sent) {
			const said = /<sectors_used>(\d)<\/sectors_used>/.exec(xml)?.[1];
			expect(xml.split('<referred_to>').length - 1).toBe(Number(said ?? 0));
			expect(xml.includes('<children_limit>')).toBe(xml.includes('<children_admitted>limit<'));
			expect(xml.includes('<places_total>')).toBe(/<role>(shelter|centre)<\/role>/.test(xml));
		}
	});

	it('come in the past, in working hours', () => {
		for (const { receivedAt } of sent) {
			const local = new Date(receivedAt.getTime() + 5 * 3_600_000);
			expect(local.getUTCHours()).toBeGreaterThanOrEqual(9);
			expect(local.getUTCHours()).toBeLessThan(18);
			expect(local.toISOString() < '2026-03-01').toBe(true);
		}
	});
});

describe('the made-up chance', () => {
	it('is even enough, and picks by weight', () => {
		const random = randomFrom('a seed');
		const sixes = Array.from({ length: 6000 }, () => whole(random, 1, 6)).filter((eyes) => eyes === 6).length;
		expect(Math.abs(sixes - 1000)).toBeLessThan(120);
		const heads = Array.from({ length: 4000 }, () => pick(random, { head: 3, tail: 1 })).filter((side) => side === 'head').length;
		expect(Math.abs(heads - 3000)).toBeLessThan(120);
		expect(uuidFrom(random)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	});
});

describe('whether a question is asked', () => {
	const known = new Map([['a', 'yes'], ['b', 'no']]);
	it('follows and, or and brackets', () => {
		expect(isAsked(undefined, known)).toBe(true);
		expect(isAsked("${a} = 'yes' and ${b} = 'no'", known)).toBe(true);
		expect(isAsked("${a} = 'no' and ${a} = 'yes' or ${b} = 'no'", known)).toBe(true);
		expect(isAsked("${a} = 'no' and (${a} = 'yes' or ${b} = 'no')", known)).toBe(false);
		expect(isAsked("${c} = 'yes'", known)).toBe(false);
	});
	it('does not guess at what it does not know', () => {
		expect(() => isAsked('${a} > 3', known)).toThrow();
		expect(() => isAsked("(${a} = 'yes'", known)).toThrow();
	});
});

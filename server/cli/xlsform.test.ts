import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const module = new URL('./xlsform.ts', import.meta.url).href;

/** Runs the command in a process of its own, as the dispatcher does. */
function xlsform(args: string[], input = ''): { status: number | null; stdout: string; stderr: string } {
	const script = `process.exitCode = await (await import(${JSON.stringify(module)})).run(${JSON.stringify(args)});`;
	return spawnSync(process.execPath, ['--input-type=module', '-e', script], { input, encoding: 'utf8' });
}

describe('hamkor xlsform convert', () => {
	let folder = '';
	beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'xlsform-'))));
	afterAll(() => rmSync(folder, { recursive: true }));

	function file(name: string, content: string): string {
		const target = path.join(folder, name);
		writeFileSync(target, content);
		return target;
	}

	it('prints the form, named after its file', () => {
		const { status, stdout } = xlsform(['convert', file('baseline.md', '| survey |\n| | type | name | label |\n| | text | a | Ism |')]);
		expect(status).toBe(0);
		expect(stdout).toContain('<data id="baseline">');
	});

	it('says sheet, row and reason of what it refuses, and fails', () => {
		const { status, stdout, stderr } = xlsform(['convert', file('bad.md', '| survey |\n| | type | name | label |\n| | foo | a | A |')]);
		expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
		expect(stderr).toContain("survey, row 2, type: The question type 'foo' is not known.");
	});

	it('fails in one sentence over a file that is none', () => {
		expect(xlsform(['convert', path.join(folder, 'nowhere.xlsx')])).toMatchObject({ status: 1, stdout: '' });
		expect(xlsform(['convert', file('empty.xlsx', '')])).toMatchObject({ status: 1, stdout: '' });
	});

	it('answers line by line, whatever the lines hold', () => {
		const good = { id: 1, format: 'markdown', form_name: 'f', input: '| survey |\n| | type | name | label |\n| | text | a | A |' };
		const bad = { id: 2, format: 'json', form_name: null, input: { survey: [{ type: 'text', label: 'A' }] } };
		const { status, stdout } = xlsform(['convert', '--jsonl'], `${JSON.stringify(good)}\n\nnonsense\n${JSON.stringify(bad)}\n`);
		const [first, second, third] = stdout.trim().split('\n').map((line): unknown => JSON.parse(line));
		expect(status).toBe(0);
		expect(first).toMatchObject({ id: 1, warnings: [] });
		expect(second).toMatchObject({ error: { code: 'line.unreadable' } });
		expect(third).toMatchObject({ id: 2, error: { code: 'survey.no-name', sheet: 'survey', row: 2 } });
	});

	it('explains itself', () => {
		expect(xlsform(['--help'])).toMatchObject({ status: 0 });
		expect(xlsform([])).toMatchObject({ status: 2 });
	});
});

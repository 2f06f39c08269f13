import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SaxesParser } from 'saxes';
import { describe as suite, expect, it } from 'vitest';
import { z } from 'zod';
import { convert, type Conversion } from '#xforms/convert.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
import { readSheetsJson } from '#xforms/readSheetsJson.ts';
import { readXlsx } from '#xforms/readXlsx.ts';
import { Refusal } from '#xforms/refusal.ts';

/** The corpus lies beside the repository, or where HAMKOR_SHARED says. */
const shared = [resolve(import.meta.dirname, '../../../shared'), process.env['HAMKOR_SHARED'] ?? ''].find((path) => path !== '' && existsSync(join(path, 'conformance/xlsform')));
const corpus = join(shared ?? '', 'conformance/xlsform');
const reason = shared === undefined ? ' (skipped: ../shared/conformance is not there; set HAMKOR_SHARED)' : '';

/** Shares measured against pyxform 4.5's answers (462 of 463, 202 of 202); a change may raise them, never lower them. */
const FLOORS = { equal: 462 / 463, refused: 1 };

const caseSchema = z.object({
	id: z.string(),
	format: z.enum(['markdown', 'json']),
	form_name: z.string().nullish(),
	input: z.unknown(),
	xform: z.string().optional(),
	error: z.string().optional()
});

type Case = z.infer<typeof caseSchema>;

function answer(each: Case): Conversion {
	try {
		const workbook = each.format === 'json' ? readSheetsJson(each.input) : readMarkdown(String(each.input));
		return convert(workbook, each.form_name == null ? {} : { formName: each.form_name });
	} catch (cause) {
		if (cause instanceof Refusal) return { ok: false, errors: [cause.problem] };
		throw cause;
	}
}

type Canonical = { head: string; text: string; tail: string; children: Canonical[]; key: string };

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();
const local = (name: string): string => name.slice(name.indexOf(':') + 1);
const UNORDERED = new Set(['model', 'itext', 'translation']);
const KEYS = ['nodeset', 'id', 'lang', 'ref'];

/** A document without what does not matter: order of attributes, white space, order inside model and itext. */
function canonical(xml: string): string {
	const root: Canonical = { head: '', text: '', tail: '', children: [], key: '' };
	const open = [root];
	const parser = new SaxesParser({ xmlns: false });
	const say = (text: string): void => {
		const top = open.at(-1);
		const last = top?.children.at(-1);
		if (last !== undefined) last.tail += text;
		else if (top !== undefined) top.text += text;
	};
	parser.on('opentag', ({ name, attributes }) => {
		const kept = Object.entries(attributes).filter(([key]) => key !== 'xmlns' && !key.startsWith('xmlns:'));
		const written = kept.map(([key, value]) => `${local(key)}=${squeeze(value)}`).sort();
		const key = [local(name), ...KEYS.map((each) => kept.find(([attribute]) => local(attribute) === each)?.[1] ?? '')].join('\u0000');
		const node: Canonical = { head: [local(name), ...written].join(' '), text: '', tail: '', children: [], key };
		open.at(-1)?.children.push(node);
		open.push(node);
	});
	parser.on('text', say);
	parser.on('closetag', () => {
		const closed = open.pop();
		if (closed !== undefined && UNORDERED.has(closed.head.split(' ')[0] ?? '')) closed.children.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
	});
	parser.write(xml).close();
	const print = (node: Canonical): string => `(${node.head}|${squeeze(node.text)}${node.children.map(print).join('')}|${squeeze(node.tail)})`;
	return print(root);
}

suite.skipIf(shared === undefined)(`XLSForms of the reference converter${reason}`, () => {
	it('are converted and refused as the reference converter does', () => {
		const cases = readFileSync(join(corpus, 'cases.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => caseSchema.parse(JSON.parse(line)));
		const accepted = cases.filter((each) => each.xform !== undefined);
		const refused = cases.filter((each) => each.xform === undefined);
		const equal = accepted.filter((each) => {
			const result = answer(each);
			return result.ok && canonical(result.xml) === canonical(each.xform ?? '');
		});
		expect(equal.length / accepted.length).toBeGreaterThanOrEqual(FLOORS.equal);
		expect(refused.filter((each) => !answer(each).ok).length / refused.length).toBeGreaterThanOrEqual(FLOORS.refused);
	});

	const files = shared === undefined ? [] : readdirSync(join(corpus, 'files')).filter((name) => /\.(?:xlsx|md|xls)$/.test(name));

	it.each(files)('file %s', async (name) => {
		const bytes = new Uint8Array(readFileSync(join(corpus, 'files', name)));
		if (name.endsWith('.xls')) {
			await expect(readXlsx(bytes)).rejects.toMatchObject({ problem: { code: 'xlsform.binary-xls' } });
			return;
		}
		const workbook = name.endsWith('.md') ? readMarkdown(new TextDecoder().decode(bytes)) : await readXlsx(bytes);
		const result = convert(workbook, { formId: name.replace(/\.\w+$/, '') });
		const expected = join(corpus, 'files', `${name}.xform.xml`);
		if (existsSync(expected)) expect(result.ok && canonical(result.xml)).toBe(canonical(readFileSync(expected, 'utf8')));
		else expect(result.ok).toBe(false);
	});
});

import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe as suite, expect, it } from 'vitest';
import { convert } from './convert.ts';
import { describe, type InstrumentNode } from './instrument.ts';
import { readMarkdown } from './readMarkdown.ts';
import type { Workbook } from './workbook.ts';

type Tree = { readonly kind: 'text' | 'integer' | 'group' | 'repeat'; readonly children: readonly Tree[] };

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
	tree: fc.oneof(
		{ depthSize: 'small' },
		fc.record({ kind: fc.constantFrom('text' as const, 'integer' as const), children: fc.constant([]) }),
		fc.record({ kind: fc.constantFrom('group' as const, 'repeat' as const), children: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) })
	)
}));

/** Rows of a survey sheet for trees of questions, each with a name of its own. */
function rowsOf(trees: readonly Tree[], next: { name: number }): string[][] {
	return trees.flatMap(({ kind, children }) => {
		const name = `n${(next.name += 1)}`;
		if (kind === 'text' || kind === 'integer') return [[kind, name, name]];
		return [[`begin_${kind}`, name, name], ...rowsOf(children, next), [`end_${kind}`, '', '']];
	});
}

function shapeOf(nodes: readonly InstrumentNode[]): Tree[] {
	return nodes.map((node) => {
		if (node.kind !== 'question') return { kind: node.kind, children: shapeOf(node.children) };
		return { kind: node.type === 'integer' ? 'integer' : 'text', children: [] };
	});
}

function isWellFormed(xml: string): boolean {
	const parser = new SaxesParser({ xmlns: true });
	let failed = false;
	parser.on('error', () => (failed = true));
	parser.write(xml).close();
	return !failed;
}

function holds(workbook: Workbook): boolean {
	const result = convert(workbook);
	return result.ok ? isWellFormed(result.xml) : result.errors.every((error) => error.message !== '');
}

suite('whatever is written on the sheets', () => {
	it('the instrument has the structure of the survey sheet', () => {
		fc.assert(
			fc.property(fc.array(tree, { minLength: 1, maxLength: 5 }), (trees) => {
				const rows = [['type', 'name', 'label'], ...rowsOf(trees, { name: 0 })];
				const result = convert({ sheets: [{ name: 'survey', rows }] });
				expect(result.ok && shapeOf(describe(result.form).questions)).toEqual(trees);
			})
		);
	});

	it('the form is well-formed XML, or the refusal has a reason', () => {
		const heading = fc.constantFrom('type', 'name', 'label', 'label::Русский (ru)', 'hint', 'relevant', 'constraint', 'calculation', 'default', 'appearance', 'parameters', 'choice_filter', 'trigger', 'save_to', 'media::image', 'bind::x:y', 'bind::a b', 'instance::q', 'instance::1', 'body::x', 'attribute::a b', 'a b', '__proto__');
		const cell = fc.oneof(
			fc.constantFrom('text', 'integer', 'select_one l', 'select_multiple l or_other', 'begin_group', 'end_group', 'begin_repeat', 'end_repeat', 'calculate', 'range', 'geopoint', 'rank l', 'q1', 'q2', '${q1}', '${last-saved#q1} + 1', 'true', 'start=1 end=5', "instance('l')/root/item[name=${q1}]/label", '', '&<>"'),
			fc.string()
		);
		const sheet = fc.array(heading, { minLength: 1, maxLength: 6 }).chain((header) => fc.array(fc.array(cell, { maxLength: header.length }), { maxLength: 8 }).map((rows) => [header, ...rows]));
		const choices = (column: string): string[][] => [['list_name', 'name', 'label', column], ['l', 'a', 'A', 'x'], ['l', 'b', '${q1}', 'y']];
		const column = fc.oneof(fc.constantFrom('2024', 'region', 'a:b', 'a b'), fc.string());
		fc.assert(
			fc.property(sheet, heading, column, cell, (survey, extra, choiceColumn, value) => {
				const list = { name: 'choices', rows: choices(choiceColumn) };
				const plain = [['type', 'name', 'label', extra], ['text', 'q1', 'Q', value], ['select_one l', 'q2', 'Q', value]];
				const settings = { name: 'settings', rows: [['namespaces', 'instance_name', extra], [value, value, value]] };
				return holds({ sheets: [{ name: 'survey', rows: plain }, list, settings] }) && holds({ sheets: [{ name: 'survey', rows: survey }, list] });
			}),
			{ numRuns: 500 }
		);
	});

	it('a table in prose is read without failing', () => {
		fc.assert(fc.property(fc.string(), (text) => readMarkdown(text).sheets.every((each) => each.rows.every((row) => row.length > 0))));
	});
});

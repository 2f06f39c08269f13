import { baseline } from '../instrument/baseline.ts';
import type { Row } from '../instrument/row.ts';
import { isAsked } from './relevance.ts';

/** What somebody would answer to every question if it were asked; a repeated question has one answer for each time. */
export type Filled = { readonly answers: ReadonlyMap<string, string>; readonly repeats: ReadonlyMap<string, readonly ReadonlyMap<string, string>[]> };

/** Rows of the instrument as a tree. */
type Node = { readonly row: Row; readonly children: readonly Node[] };

const tree = nodesOf([...baseline.survey]);

function nodesOf(rows: Row[]): Node[] {
	const nodes: Node[] = [];
	for (let row = rows.shift(); row !== undefined; row = rows.shift()) {
		if (row.type.startsWith('end_')) return nodes;
		nodes.push({ row, children: row.type.startsWith('begin_') ? nodesOf(rows) : [] });
	}
	return nodes;
}

/**
 * A filled questionnaire as a collection app on a phone sends it: questions that were not asked are left out, notes and
 * questions left open are empty elements, calculated values are worked out.
 */
export function submissionXml(filled: Filled, instanceId: string): string {
	const { form_id: form = '', version = '' } = baseline.settings;
	const known = new Map<string, string>();
	const body = tree.map((node) => element(node, filled.answers, known, filled)).join('');
	return `<?xml version='1.0' ?><data id="${form}" version="${version}">${body}<meta><instanceID>${instanceId}</instanceID></meta></data>`;
}

function element({ row, children }: Node, answers: ReadonlyMap<string, string>, known: Map<string, string>, filled: Filled): string {
	if (!isAsked(row.relevant, known)) return '';
	const { name, type } = row;
	if (type === 'begin_repeat') {
		const times = filled.repeats.get(name) ?? [];
		const numbers: number[] = [];
		const each = times.map((time) => {
			const inside = new Map(known);
			const content = children.map((child) => element(child, time, inside, filled)).join('');
			numbers.push(Number(inside.get('referred_number') ?? 0));
			return `<${name}>${content}</${name}>`;
		});
		known.set('referrals_total', String(numbers.reduce((sum, number) => sum + number, 0)));
		return each.join('');
	}
	if (type === 'begin_group') return `<${name}>${children.map((child) => element(child, answers, known, filled)).join('')}</${name}>`;
	const text = type === 'calculate' ? calculated(name, known) : (answers.get(name) ?? '');
	if (text !== '') known.set(name, text);
	return text === '' ? `<${name}/>` : `<${name}>${escaped(text)}</${name}>`;
}

/** The instrument's two calculations. */
function calculated(name: string, known: ReadonlyMap<string, string>): string {
	if (name === 'referrals_total') return known.get(name) ?? '0';
	if (name !== 'occupancy') throw new Error(`no such calculation: ${name}`);
	const total = Number(known.get('places_total') ?? 0);
	const free = Number(known.get('places_free') ?? 0);
	return String(total > 0 ? Math.round(((total - free) / total) * 100) : 0);
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

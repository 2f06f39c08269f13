import { parentPort, workerData } from 'node:worker_threads';
import type { AnyNode, InstanceData, LoadFormResult } from '@getodk/xforms-engine';
import { JSDOM } from 'jsdom';
import { recheckOrder, type Flag } from './recheck.ts';

const isInstanceData = (data: FormData): data is InstanceData => data.has('xml_submission_file');

/**
 * Holds submissions against everything their form asks for. A thread of its own: the engine wants a browser's document and is
 * slow beside the intake. Whatever a submission does here, it is one flag in the end.
 */
const order = recheckOrder.parse(workerData);

/** The parts of a browser's document that the engine looks for when it is loaded. */
const parts = ['DOMParser', 'XMLSerializer', 'Node', 'Element', 'Document', 'XMLDocument', 'Attr', 'Text', 'Comment', 'CDATASection', 'document', 'NodeFilter', 'HTMLElement'];
const { window } = new JSDOM('<html></html>');
for (const part of parts) if (!Reflect.has(globalThis, part)) Reflect.set(globalThis, part, Reflect.get(window, part));
// One of the engine's own parts asks for its folder as an older module would.
Reflect.set(globalThis, '__dirname', import.meta.dirname);

const { loadForm } = await import('@getodk/xforms-engine');
// Files and lists beside the form are not looked into here: without them it opens, and is held to all the rest.
const form = await loadForm(order.xform, { missingResourceBehavior: 'BLANK', fetchFormAttachment: () => Promise.resolve(new Response('', { status: 404 })) });
const elsewhere = choicesFromElsewhere(order.xform);
const outcome: { id: string; flags: Flag[] }[] = [];
for (const { id, xml, answers } of order.submissions) outcome.push({ id, flags: await recheck(form, xml, answers) });
parentPort?.postMessage(outcome);

async function recheck(opened: LoadFormResult, xml: string, answers: Readonly<Record<string, unknown>>): Promise<Flag[]> {
	const data = new FormData();
	data.set('xml_submission_file', new File([xml], 'xml_submission_file', { type: 'text/xml' }));
	if (opened.status === 'failure' || !isInstanceData(data)) return [{ path: '', kind: 'unreadable' }];
	try {
		const { root } = await opened.restoreInstance({ data: [data] });
		const unknown = notOffered(root, new DOMParser().parseFromString(xml, 'text/xml').documentElement);
		// The engine lets go of a choice it does not know, and then misses an answer: one was sent.
		const sent = new Set(unknown.map(({ path }) => path));
		const broken = root.validationState.violations.flatMap(({ reference, violation }): Flag[] =>
			sent.has(reference) && violation.condition === 'required' ? [] : [{ path: reference, kind: violation.condition }]
		);
		return [...broken, ...unknown, ...unasked(root, answers)];
	} catch {
		return [{ path: '', kind: 'unreadable' }];
	}
}

/** Choices sent that the form, given the other answers, would not have offered. */
function notOffered(node: AnyNode, sent: Element): Flag[] {
	const { reference, relevant } = node.currentState;
	if (!relevant) return [];
	const children: readonly AnyNode[] | null = node.currentState.children;
	if (children !== null) return children.flatMap((child) => notOffered(child, sent));
	if (node.nodeType !== 'select' || elsewhere.has(reference.replace(/\[\d+\]/g, ''))) return [];
	const offered = new Set(node.currentState.valueOptions.map((option: { readonly value: string }) => option.value));
	const text = valueAt(sent, reference).trim();
	const chosen = node.selectType === 'select1' ? [text].filter(Boolean) : text.split(/\s+/).filter(Boolean);
	return chosen.some((each) => !offered.has(each)) ? [{ path: reference, kind: 'choice' }] : [];
}

/** What stands in a submission at a reference: `/data/child[2]/age`. */
function valueAt(root: Element, reference: string): string {
	let at: Element | undefined = root;
	for (const step of reference.split('/').slice(2)) {
		const [, name, place] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
		at = [...(at?.children ?? [])].filter((child) => child.nodeName === name)[Number(place ?? 1) - 1];
	}
	return at?.textContent ?? '';
}

/** Questions whose choices hang on a file or a list that is not part of the form: what those offer is not known here. */
function choicesFromElsewhere(xform: string): Set<string> {
	const parsed = new DOMParser().parseFromString(xform, 'text/xml');
	const outside = new Set([...parsed.getElementsByTagName('instance')].flatMap((each) => (each.hasAttribute('src') ? [each.getAttribute('id')] : [])));
	const hangs = (nodeset: string): boolean => /pulldata\s*\(/.test(nodeset) || [...nodeset.matchAll(/instance\(\s*(['"])(.*?)\1\s*\)/g)].some((match) => outside.has(match[2] ?? ''));
	return new Set([...parsed.getElementsByTagName('itemset')].flatMap((each) => (hangs(each.getAttribute('nodeset') ?? '') ? [each.parentElement?.getAttribute('ref') ?? ''] : [])));
}

/** Answers to questions that the form, given the other answers, would not have asked. */
function unasked(node: AnyNode, answers: Readonly<Record<string, unknown>>): Flag[] {
	const { reference, relevant } = node.currentState;
	const children: readonly AnyNode[] | null = node.currentState.children;
	if (children !== null) return children.flatMap((child) => unasked(child, answers));
	return !relevant && answered(reference, answers) ? [{ path: reference, kind: 'irrelevant' }] : [];
}

/** Whether a reference has a text among the answers as they are kept: a repeated question's stand in one list. */
function answered(reference: string, answers: Readonly<Record<string, unknown>>): boolean {
	const kept = answers[reference.replace(/\[\d+\]/g, '')];
	if (typeof kept === 'string') return kept !== '';
	if (!Array.isArray(kept)) return false;
	const places = [...reference.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]));
	// With repeats inside repeats the place in the list is not known from the reference alone: any answer counts.
	return places.length === 1 ? Boolean(kept[(places[0] ?? 1) - 1]) : kept.some(Boolean);
}

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
const form = await loadForm(order.xform);
const outcome: { id: string; flags: Flag[] }[] = [];
for (const { id, xml, answers } of order.submissions) outcome.push({ id, flags: await recheck(form, xml, answers) });
parentPort?.postMessage(outcome);

async function recheck(opened: LoadFormResult, xml: string, answers: Readonly<Record<string, unknown>>): Promise<Flag[]> {
	const data = new FormData();
	data.set('xml_submission_file', new File([xml], 'xml_submission_file', { type: 'text/xml' }));
	if (opened.status === 'failure' || !isInstanceData(data)) return [{ path: '', kind: 'unreadable' }];
	try {
		const { root } = await opened.restoreInstance({ data: [data] });
		const broken = root.validationState.violations.map(({ reference, violation }): Flag => ({ path: reference, kind: violation.condition }));
		return [...broken, ...unasked(root, answers)];
	} catch {
		return [{ path: '', kind: 'unreadable' }];
	}
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

import type { AnyNode, GeneralChildNode, RootNode } from '@getodk/xforms-engine';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { m } from '#paraglide/messages.js';

/** What stands together on one page: a group, a repeat, or the loose questions between them. */
export type Page = { readonly key: string; readonly nodes: readonly GeneralChildNode[] };

/** An answer that needs another look. */
export type Wrong = { readonly field: string; readonly message: string };

/** A form being filled: what the engine does not know about it. */
export class Filling {
	readonly root: RootNode;
	/** Typed text that is no number: the engine would clear it without a word. */
	readonly malformed = new SvelteMap<string, string>();
	/** Questions whose complaints are shown: those that were left, and those of a page that was to be finished. */
	readonly looked = new SvelteSet<string>();
	/** Counts changes, for keeping a draft. */
	changes = $state(0);

	constructor(root: RootNode) {
		this.root = root;
	}

	/** Pages that have something to show now. */
	readonly pages: readonly Page[] = $derived.by(() => pagesOf(this.root.currentState.children.filter(shown)));

	/** Complaints about the answers on a page, in the order of the page. */
	wrongOn(page: Page): Wrong[] {
		// Made anew at every call; nothing waits for its changes.
		// eslint-disable-next-line svelte/prefer-svelte-reactivity
		const violations = new Map<string, string>();
		for (const { nodeId, violation } of this.root.validationState.violations) {
			const standard = violation.condition === 'required' ? m.assessment_fill_required() : m.assessment_fill_constraint();
			violations.set(nodeId, violation.message?.asString || standard);
		}
		return page.nodes.flatMap(questionsIn).flatMap(({ nodeId }) => {
			const message = this.malformed.get(nodeId) ?? violations.get(nodeId);
			return message === undefined ? [] : [{ field: nodeId, message }];
		});
	}

	/** Shows every complaint on a page, and answers with them. */
	look(page: Page): Wrong[] {
		for (const { nodeId } of page.nodes.flatMap(questionsIn)) this.looked.add(nodeId);
		return this.wrongOn(page);
	}

	touched(): void {
		this.changes += 1;
	}
}

/** Whether a node has a place on the page now. */
export function shown(node: GeneralChildNode): boolean {
	if (!node.currentState.relevant || node.nodeType === 'model-value') return false;
	if (node.nodeType === 'group') return node.currentState.hasRelevantBodyNodes;
	return true;
}

function pagesOf(nodes: readonly GeneralChildNode[]): Page[] {
	const pages: { key: string; nodes: GeneralChildNode[] }[] = [];
	let loose: GeneralChildNode[] | undefined;
	for (const node of nodes) {
		if (node.nodeType === 'group' || node.nodeType.startsWith('repeat-range')) {
			pages.push({ key: node.nodeId, nodes: [node] });
			loose = undefined;
		} else if (loose === undefined) {
			loose = [node];
			pages.push({ key: node.nodeId, nodes: loose });
		} else loose.push(node);
	}
	return pages;
}

function questionsIn(node: AnyNode): AnyNode[] {
	if (!node.currentState.relevant) return [];
	const children: readonly AnyNode[] | null = node.currentState.children;
	return children === null ? [node] : children.flatMap((child) => questionsIn(child));
}

import type { AnyNode, GeneralChildNode, RootNode } from '@getodk/xforms-engine';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { m } from '#paraglide/messages.js';
import type { FillingPage } from '../filling.ts';
import { textAt } from './decimals.ts';
import { answersFile, leavesOf, type OpenForm, type Payload } from './engine.svelte.ts';
import type { FormFiles } from './form-files.svelte.ts';
import type { Guidance } from './resources.ts';

/** What a form being filled is told of the page that it stands on. */
export type Surroundings = Pick<FillingPage, 'languages' | 'largestFile'>;

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
	/** Digits of decimals as they were typed, by the question's id. */
	readonly decimals = new SvelteMap<string, string>();
	/** Counts changes, for keeping a draft. */
	changes = $state(0);
	/** Called when a question was answered that wants to be left at once. */
	onquick: ((node: AnyNode) => void) | undefined;
	readonly largestFile: number;
	readonly #guidance: Guidance;
	readonly #page: Surroundings;
	readonly #files: FormFiles;

	/** @param draft what the form was opened with */
	constructor({ root, guidance }: OpenForm, page: Surroundings, files: FormFiles, draft?: Payload) {
		this.root = root;
		this.largestFile = page.largestFile;
		this.#guidance = guidance;
		this.#page = page;
		this.#files = files;
		const answers = draft?.find(([name]) => name === answersFile)?.[1];
		if (answers) void this.#readDecimals(answers);
	}

	/** Pages that have something to show now: one question each where the form asks for that. */
	readonly pages: readonly Page[] = $derived.by(() => pagesOf(this.root.currentState.children.filter(shown), this.root.classes['pages'] ?? false));

	/** The code of the language that the form speaks now, if it is known. */
	get lang(): string | undefined {
		const { language } = this.root.currentState.activeLanguage;
		return this.#page.languages.find(({ name }) => name === language)?.code ?? undefined;
	}

	/** Where a file that a text names is shown from: undefined when it names none or while it is coming, null when it cannot be had. */
	media(resource: URL | undefined): string | null | undefined {
		return this.#files.address(resource);
	}

	/** What helps with a question on request, in the form's language. */
	guidance(node: AnyNode): string | undefined {
		if (this.#guidance.size === 0) return undefined;
		const text = `${node.currentState.reference.replace(/\[\d+\]/g, '')}:hint`;
		return (this.#guidance.get(this.root.currentState.activeLanguage.language) ?? this.#guidance.get('default'))?.get(text);
	}

	answeredQuickly(node: AnyNode): void {
		this.onquick?.(node);
	}

	/** The engine has read the draft's decimals as numbers; the digits stand in the draft. */
	async #readDecimals(answers: File): Promise<void> {
		const form = new DOMParser().parseFromString(await answers.text(), 'text/xml');
		for (const node of leavesOf(this.root)) {
			if (node.nodeType !== 'input' || node.valueType !== 'decimal') continue;
			const digits = textAt(form, node.currentState.reference);
			if (digits && Number(digits) === Number(node.currentState.instanceValue)) this.decimals.set(node.nodeId, digits);
		}
	}

	/** Complaints about the answers on a page, in the order of the page. */
	wrongOn(page: Page): Wrong[] {
		// Made anew at every call; nothing waits for its changes.
		// eslint-disable-next-line svelte/prefer-svelte-reactivity
		const violations = new Map<string, string>();
		for (const { nodeId, violation } of this.root.validationState.violations) {
			const standard = violation.condition === 'required' ? m.assessment_fill_required() : m.assessment_fill_constraint();
			violations.set(nodeId, violation.message?.asString || standard);
		}
		return page.nodes.flatMap(leavesOf).flatMap(({ nodeId }) => {
			const message = this.malformed.get(nodeId) ?? violations.get(nodeId);
			return message === undefined ? [] : [{ field: nodeId, message }];
		});
	}

	/** Shows every complaint on a page, and answers with them. */
	look(page: Page): Wrong[] {
		for (const { nodeId } of page.nodes.flatMap(leavesOf)) this.looked.add(nodeId);
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

function pagesOf(nodes: readonly GeneralChildNode[], single: boolean): Page[] {
	const pages: { key: string; nodes: GeneralChildNode[] }[] = [];
	let loose: GeneralChildNode[] | undefined;
	for (const node of nodes) {
		if (single && node.nodeType === 'group' && !node.appearances['field-list'] && !node.appearances['table-list']) {
			pages.push(...pagesOf(node.currentState.children.filter(shown), single).map((page) => ({ ...page, nodes: [...page.nodes] })));
		} else if (single || node.nodeType === 'group' || node.nodeType.startsWith('repeat-range')) {
			pages.push({ key: node.nodeId, nodes: [node] });
			loose = undefined;
		} else if (loose === undefined) {
			loose = [node];
			pages.push({ key: node.nodeId, nodes: loose });
		} else loose.push(node);
	}
	return pages;
}

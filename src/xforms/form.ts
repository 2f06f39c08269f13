import { emptyGroup, type Text } from './cells.ts';
import type { Warning } from './refusal.ts';

/** A value set by an event rather than by a person. */
export type Action = {
	readonly element: 'setvalue' | 'odk:setgeopoint' | 'odk:recordaudio';
	/** `new-repeat` actions are written inside the repeat, all others in the model. */
	readonly event: 'odk-instance-first-load' | 'odk-new-repeat' | 'odk-instance-load';
	/** An expression; when absent, the node's own default. */
	readonly value?: string;
	readonly attributes?: Readonly<Record<string, string>>;
};

export type NodeKind = 'form' | 'group' | 'repeat' | 'question' | 'external' | 'attribute' | 'element';

/**
 * A node of the form: the form itself, a group, a repeat or a question; also what the converter adds (metadata,
 * entities). Texts and expressions are as the author wrote them, with `${references}`.
 */
export type FormNode = {
	readonly kind: NodeKind;
	readonly name: string;
	readonly type: string;
	/** Sheet that declares it, and the row there; no row for what the converter added. */
	readonly sheet: 'survey' | 'entities' | 'settings';
	readonly row: number | undefined;
	parent: FormNode | undefined;
	readonly children: FormNode[];
	label: Text | undefined;
	hint: Text | undefined;
	guidance: Text | undefined;
	readonly media: Record<string, Text>;
	readonly bind: Record<string, Text>;
	/** Attributes of the control in the body. */
	readonly control: Record<string, string>;
	/** Attributes of the node in the blank form. */
	readonly attributes: Record<string, string>;
	/** Value in the blank form, or an expression when `dynamicDefault`. */
	default: string | undefined;
	dynamicDefault: boolean;
	/** Names of the questions whose change computes this one. */
	triggers: readonly string[];
	choiceFilter: string | undefined;
	/** Choice list, file, or reference from which choices are taken. */
	itemset: string | undefined;
	/** External list asked by a query. */
	query: string | undefined;
	readonly parameters: Record<string, string>;
	readonly actions: Action[];
	readonly tags: readonly Choice[];
	/** `save_to`: the entity property that the answer fills. */
	readonly save: string | undefined;
};

export type Choice = {
	readonly name: string;
	readonly row: number | undefined;
	readonly label: Text | undefined;
	readonly media: Readonly<Record<string, Text>>;
	/** Other columns of the choices sheet, for choice filters. */
	readonly extra: Readonly<Record<string, string>>;
	/** How the choice is written in a text message. */
	readonly smsOption?: string | undefined;
	/** The columns in the order of the sheet. */
	readonly order: readonly string[];
	readonly choices?: readonly Choice[];
};

export type ChoiceLists = ReadonlyMap<string, readonly Choice[]>;

/** A form, ready to be written as XML or described. */
export type XForm = {
	readonly root: FormNode;
	readonly id: string;
	readonly title: string;
	readonly version: string | undefined;
	readonly defaultLanguage: string;
	readonly settings: Readonly<Record<string, string>>;
	/** Attributes of the form's root, from `attribute::` columns. */
	readonly attributes: Readonly<Record<string, string>>;
	readonly choices: ChoiceLists;
	/** Version of the entities specification in use, if any. */
	readonly entitiesVersion: string | undefined;
	readonly warnings: readonly Warning[];
};

/** A node with everything empty but what is given. */
export function formNode(given: Partial<FormNode> & Pick<FormNode, 'kind' | 'name' | 'type'>): FormNode {
	return {
		sheet: 'survey',
		row: undefined,
		parent: undefined,
		children: [],
		label: undefined,
		hint: undefined,
		guidance: undefined,
		media: emptyGroup(),
		bind: emptyGroup(),
		control: emptyGroup(),
		attributes: emptyGroup(),
		default: undefined,
		dynamicDefault: false,
		triggers: [],
		choiceFilter: undefined,
		itemset: undefined,
		query: undefined,
		parameters: emptyGroup(),
		actions: [],
		tags: [],
		save: undefined,
		...given
	};
}

export function append(parent: FormNode, ...children: readonly FormNode[]): void {
	for (const child of children) {
		child.parent = parent;
		parent.children.push(child);
	}
}

/** The node and all below it, in the order of the form. */
export function* descendants(node: FormNode): Generator<FormNode> {
	yield node;
	for (const child of node.children) yield* descendants(child);
}

/** From the form down to the node. */
export function lineage(node: FormNode): FormNode[] {
	const path: FormNode[] = [];
	for (let at: FormNode | undefined = node; at !== undefined; at = at.parent) path.unshift(at);
	return path;
}

/** Where the node stands in a submission: `/data/household/age`, attributes as `/data/meta/entity/@id`. */
export function xpath(node: FormNode): string {
	return lineage(node)
		.map((each) => `/${each.kind === 'attribute' ? '@' : ''}${each.name}`)
		.join('');
}

/** The nearest repeat around a node, itself excluded. */
export function repeatAround(node: FormNode): FormNode | undefined {
	for (let at = node.parent; at !== undefined; at = at.parent) if (at.kind === 'repeat') return at;
	return undefined;
}

import { SaxesParser } from 'saxes';
import type { SubmissionShape } from './submissionShape.ts';

/** Limits on a submission. A form of 3,000 questions fills about 300 KB. */
export const SUBMISSION_LIMITS = { bytes: 4 * 1024 * 1024, depth: 40, elements: 60_000, attributes: 32 } as const;

export type SubmissionErrorCode =
	| 'submission.too-large' | 'submission.encoding' | 'submission.ill-formed' | 'submission.forbidden' | 'submission.too-deep'
	| 'submission.too-many-elements' | 'submission.encrypted' | 'submission.no-form-id' | 'submission.no-instance-id'
	| 'submission.other-form' | 'submission.other-version' | 'submission.unknown-element' | 'submission.repeated-element'
	| 'submission.stray-text';

export type SubmissionError = { readonly code: SubmissionErrorCode; readonly facts: Readonly<Record<string, string>>; readonly message: string };

export type Answer = {
	/** `/data/household/age` */
	readonly path: string;
	/** Which instance of each repeat around the answer, from 1, outermost first. */
	readonly repeatIndexes: readonly number[];
	readonly text: string;
};

export type Submission = {
	readonly instanceId: string;
	/** The submission that this one replaces. */
	readonly deprecatedId?: string;
	readonly formId: string;
	readonly version: string;
	/** Every element without children, empty ones included, in the order of the document. */
	readonly answers: readonly Answer[];
	/** Names of the files that answers refer to. */
	readonly attachments: readonly string[];
};

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: SubmissionError };

/** A well-formed submission, before it is held against its form. */
export type RawSubmission = {
	readonly root: string;
	readonly formId: string;
	readonly version: string;
	readonly instanceId: string;
	readonly deprecatedId: string | undefined;
	readonly leaves: readonly Leaf[];
};

/** `ordinals[i]` counts elements of the same name under the same parent, from 1, at depth i + 1. */
type Leaf = { readonly path: string; readonly ordinals: readonly number[]; readonly text: string };

class Rejected extends Error {
	readonly error: SubmissionError;

	constructor(code: SubmissionErrorCode, message: string, facts: Readonly<Record<string, string>> = {}) {
		super(message);
		this.error = { code, message, facts };
	}
}

/**
 * Reads a submission's XML: UTF-8, well-formed, within limits, without document type, processing instructions or
 * entities beyond XML's own five. Stands in the way of every acknowledgement, so it does no more than that.
 *
 * @param xml the file as received
 */
export function readSubmission(xml: Uint8Array | string): Read<RawSubmission> {
	try {
		return { ok: true, value: new Reader().read(decode(xml)) };
	} catch (cause) {
		if (cause instanceof Rejected) return { ok: false, error: cause.error };
		throw cause;
	}
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function decode(xml: Uint8Array | string): string {
	const size = typeof xml === 'string' ? xml.length : xml.byteLength;
	if (size > SUBMISSION_LIMITS.bytes) {
		throw new Rejected('submission.too-large', 'The submission is too large.', { limit: String(SUBMISSION_LIMITS.bytes) });
	}
	if (typeof xml === 'string') return xml;
	try {
		return UTF8.decode(xml);
	} catch {
		throw new Rejected('submission.encoding', 'The submission is not UTF-8.');
	}
}

type Open = { readonly path: string; readonly ordinal: number; counts: Map<string, number> | undefined; text: string };

class Reader {
	readonly #parser = new SaxesParser({ xmlns: false, position: false });
	readonly #open: Open[] = [];
	readonly #leaves: Leaf[] = [];
	#elements = 0;
	#root = '';
	#attributes: Readonly<Record<string, string>> = {};

	read(xml: string): RawSubmission {
		const parser = this.#parser;
		parser.on('error', (error) => {
			throw new Rejected('submission.ill-formed', `The submission is not well-formed XML: ${error.message}`);
		});
		parser.on('xmldecl', (declaration) => {
			if (declaration.encoding !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(declaration.encoding)) {
				throw new Rejected('submission.encoding', 'The submission is not UTF-8.');
			}
		});
		parser.on('doctype', () => this.#forbid('a document type'));
		parser.on('processinginstruction', () => this.#forbid('a processing instruction'));
		parser.on('opentag', (tag) => this.#enter(tag.name, tag.attributes));
		parser.on('text', (text) => this.#say(text));
		parser.on('cdata', (text) => this.#say(text));
		parser.on('closetag', () => this.#leave());
		parser.write(xml).close();
		return this.#result();
	}

	#forbid(what: string): never {
		throw new Rejected('submission.forbidden', `A submission cannot contain ${what}.`, { what });
	}

	#enter(qualified: string, attributes: Readonly<Record<string, string>>): void {
		this.#elements += 1;
		if (this.#elements > SUBMISSION_LIMITS.elements) throw new Rejected('submission.too-many-elements', 'The submission has too many elements.');
		if (this.#open.length >= SUBMISSION_LIMITS.depth) throw new Rejected('submission.too-deep', 'The submission is nested too deeply.');
		if (Object.keys(attributes).length > SUBMISSION_LIMITS.attributes) this.#forbid('so many attributes');
		const name = localName(qualified);
		const parent = this.#open.at(-1);
		if (parent === undefined) {
			this.#root = name;
			this.#attributes = attributes;
			this.#open.push({ path: `/${name}`, ordinal: 1, counts: undefined, text: '' });
			return;
		}
		if ('jr:template' in attributes) this.#forbid('a repeat template');
		parent.counts ??= new Map();
		const ordinal = (parent.counts.get(name) ?? 0) + 1;
		parent.counts.set(name, ordinal);
		this.#open.push({ path: `${parent.path}/${name}`, ordinal, counts: undefined, text: '' });
	}

	#say(text: string): void {
		const top = this.#open.at(-1);
		if (top !== undefined) top.text += text;
	}

	#leave(): void {
		const closed = this.#open.pop();
		if (closed === undefined) return;
		if (closed.counts === undefined) {
			const ordinals = this.#open.slice(1).map((each) => each.ordinal);
			ordinals.push(closed.ordinal);
			this.#leaves.push({ path: closed.path, ordinals, text: closed.text });
		} else if (closed.text.trim() !== '') {
			throw new Rejected('submission.stray-text', `There is text between the elements of ${closed.path}.`, { path: closed.path });
		}
	}

	#result(): RawSubmission {
		const formId = this.#attributes['id']?.trim() ?? '';
		if (formId === '') throw new Rejected('submission.no-form-id', 'The submission does not name its form.');
		if (this.#attributes['encrypted'] !== undefined) throw new Rejected('submission.encrypted', 'Encrypted submissions are not accepted.');
		const meta = `/${this.#root}/meta/`;
		const one = (name: string): string | undefined => {
			const found = this.#leaves.filter((leaf) => leaf.path === `${meta}${name}`);
			if (found.length > 1) throw new Rejected('submission.repeated-element', `${name} occurs twice.`, { path: `${meta}${name}` });
			const text = found[0]?.text.trim() ?? '';
			return text === '' ? undefined : text;
		};
		const instanceId = one('instanceID');
		if (instanceId === undefined || instanceId.length > 255 || /\s/.test(instanceId)) {
			throw new Rejected('submission.no-instance-id', 'The submission has no usable instanceID.');
		}
		const version = this.#attributes['version'] ?? this.#attributes['orx:version'] ?? '';
		return { root: this.#root, formId, version, instanceId, deprecatedId: one('deprecatedID'), leaves: this.#leaves };
	}
}

function localName(qualified: string): string {
	const colon = qualified.indexOf(':');
	return colon === -1 ? qualified : qualified.slice(colon + 1);
}

/**
 * Holds a submission against the form it names: same form and version, only elements that the form has, several of
 * them only where it repeats. Constraints are not looked at: a client may have an older opinion of them, and an
 * answer that was given is never refused for being unexpected.
 */
export function checkSubmission(raw: RawSubmission, shape: SubmissionShape): Read<Submission> {
	try {
		return { ok: true, value: check(raw, shape) };
	} catch (cause) {
		if (cause instanceof Rejected) return { ok: false, error: cause.error };
		throw cause;
	}
}

/** `readSubmission` and `checkSubmission` in one. */
export function parseSubmission(xml: Uint8Array | string, shape: SubmissionShape): Read<Submission> {
	const raw = readSubmission(xml);
	return raw.ok ? checkSubmission(raw.value, shape) : raw;
}

function check(raw: RawSubmission, shape: SubmissionShape): Submission {
	if (raw.formId !== shape.formId || raw.root !== shape.root) {
		throw new Rejected('submission.other-form', `The submission is for the form '${raw.formId}'.`, { formId: raw.formId });
	}
	if (raw.version !== shape.version) {
		throw new Rejected('submission.other-version', `The submission is for version '${raw.version}'.`, { version: raw.version });
	}
	const attachments: string[] = [];
	const answers: Answer[] = [];
	for (const leaf of raw.leaves) {
		const known = shape.elements.get(leaf.path);
		if (known === undefined) {
			throw new Rejected('submission.unknown-element', `The form has no ${leaf.path}.`, { path: leaf.path });
		}
		const repeatIndexes: number[] = [];
		leaf.ordinals.forEach((ordinal, depth) => {
			if (known.repeats[depth] === true) repeatIndexes.push(ordinal);
			else if (ordinal !== 1) throw new Rejected('submission.repeated-element', `${leaf.path} occurs twice.`, { path: leaf.path });
		});
		if (known.isFile && leaf.text.trim() !== '') attachments.push(leaf.text.trim());
		if (known.isAnswer) answers.push({ path: leaf.path, repeatIndexes, text: leaf.text });
	}
	return {
		instanceId: raw.instanceId,
		...(raw.deprecatedId === undefined ? {} : { deprecatedId: raw.deprecatedId }),
		formId: raw.formId,
		version: raw.version,
		answers,
		attachments
	};
}

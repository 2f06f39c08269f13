import type { AnyNode, FormInstanceConfig, InstanceData, RootNode } from '@getodk/xforms-engine';
import { asTyped } from './decimals.ts';
import type { FormFiles } from './form-files.svelte.ts';
import { withoutGuidance, type Guidance } from './resources.ts';

/** One value that the page follows. Raw: a deep proxy would break the engine's comparisons by identity. */
class Cell {
	value: unknown = $state.raw();

	constructor(value: unknown) {
		this.value = value;
	}
}

/** What the engine keeps its state in: each key a cell, so that the page follows exactly what it reads. */
function reactive<T extends object>(object: T): T {
	const made: T = Object.create(Object.getPrototypeOf(object));
	for (const key of Reflect.ownKeys(object)) {
		const cell = new Cell(Reflect.get(object, key));
		Object.defineProperty(made, key, {
			enumerable: true,
			configurable: true,
			get: () => cell.value,
			set: (value: unknown) => {
				cell.value = value;
			}
		});
	}
	return made;
}

/** This browser, or its policy, does not run WebAssembly, which the engine needs. */
export class NoWasm extends Error {}

/** The form itself could not be opened. */
export class FormFailure extends Error {}

/** What a filled-in form consists of: file names and files; the answers are `xml_submission_file`. */
export type Payload = readonly (readonly [string, File])[];

const config: FormInstanceConfig = {
	stateFactory: reactive,
	// Two pictures of one name would overwrite each other.
	instanceAttachments: { fileNameFactory: ({ basename, extension }) => `${basename.slice(0, 40)}-${crypto.randomUUID()}${extension ?? ''}` },
	geolocationProvider: { getLocation: whereNow }
};

/** Where the device is, for forms that ask it of the device rather than of the person; empty when it does not tell. */
function whereNow(): Promise<string> {
	return new Promise((resolve) => {
		if (!('geolocation' in navigator)) return resolve('');
		navigator.geolocation.getCurrentPosition(
			({ coords: { latitude, longitude, altitude, accuracy } }) => resolve(`${latitude} ${longitude} ${altitude ?? 0} ${accuracy}`),
			() => resolve(''),
			{ enableHighAccuracy: true, timeout: 60_000 }
		);
	});
}

/** The eight bytes of an empty WebAssembly module. Compiling them fails at once where it is not allowed. */
function demandWasm(): void {
	try {
		new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
	} catch (cause) {
		throw new NoWasm('no WebAssembly', { cause });
	}
}

const isInstanceData = (data: FormData): data is InstanceData => data.has(answersFile);

/** Milliseconds after which a form that does not open counts as one that cannot. */
const patience = 60_000;

/** A form that is open. */
export type OpenForm = { readonly root: RootNode; readonly guidance: Guidance };

/** What a form is opened with: what was kept of it, and whether that is to become a new version of answers that were sent. */
export type OpenWith = { readonly payload: Payload; readonly edits: boolean };

/**
 * Opens a form: empty, as a draft left it, or with answers that were sent and are to be replaced by what is written now.
 *
 * @param files what the form names
 * @throws NoWasm, FormFailure
 */
export async function openForm(xform: string, draft: OpenWith | undefined, files: FormFiles): Promise<OpenForm> {
	demandWasm();
	const late = new Promise<never>((_, reject) => setTimeout(() => reject(new FormFailure('late')), patience));
	return Promise.race([open(xform, draft, files), late]);
}

async function open(whole: string, draft: OpenWith | undefined, files: FormFiles): Promise<OpenForm> {
	const { loadForm } = await import('@getodk/xforms-engine');
	const { xform, guidance } = withoutGuidance(whole);
	const form = await loadForm(xform, files.options);
	if (form.status === 'failure') throw new FormFailure('the form was refused', { cause: form.error });
	if (draft !== undefined) {
		const data = formData(draft.payload);
		const answers = draft.payload.find(([name]) => name === answersFile)?.[1];
		const before = answers && !draft.edits ? (await import('./edits.ts')).beforeEdit(await answers.text()) : undefined;
		if (before !== undefined) data.set(answersFile, new File([before], answersFile, { type: 'text/xml' }));
		if (isInstanceData(data) && (draft.edits || before !== undefined)) {
			const edited = await form.editInstance({ inputType: 'FORM_INSTANCE_INPUT_RESOLVED', data: [data] }, config).catch((cause: unknown) => {
				throw new FormFailure('the answers were refused', { cause });
			});
			return { root: edited.root, guidance };
		}
		if (isInstanceData(data)) {
			const restored = await form.restoreInstance({ data: [data] }, config).catch(() => undefined);
			if (restored) return { root: restored.root, guidance };
		}
	}
	return { root: form.createInstance(config).root, guidance };
}

/** The payload as a request body. */
export function formData(payload: Payload): FormData {
	const data = new FormData();
	for (const [name, file] of payload) data.set(name, file, file.name);
	return data;
}

/** The name under which the answers themselves travel. */
export const answersFile = 'xml_submission_file';

/**
 * What stands in the form now. The identity of the submission is in it, so the same payload may be sent again and again.
 *
 * @param decimals digits as they were typed, by the question's id
 */
export async function payloadOf(root: RootNode, decimals: ReadonlyMap<string, string>): Promise<Payload> {
	const prepared = await root.prepareInstancePayload({ payloadType: 'monolithic' });
	// Both are handed over when they are whole; nothing waits for their changes.
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	const payload = new Map<string, File>();
	for (const [name, file] of prepared.data[0].entries()) payload.set(name, file);
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	const typed = new Map<string, string>();
	for (const node of leavesOf(root)) {
		// After a draft was restored the engine leaves out files that have not changed since.
		if (node.nodeType === 'upload' && node.currentState.value instanceof File) {
			const { value } = node.currentState;
			if (!payload.has(value.name)) payload.set(value.name, value);
		}
		const digits = decimals.get(node.nodeId);
		if (digits !== undefined) typed.set(node.currentState.reference, digits);
	}
	const answers = payload.get(answersFile);
	if (answers && typed.size > 0) payload.set(answersFile, new File([asTyped(await answers.text(), typed)], answers.name, { type: answers.type }));
	return [...payload];
}

/** Questions and calculations below a node that hold now. */
export function leavesOf(node: AnyNode): AnyNode[] {
	if (!node.currentState.relevant) return [];
	const children: readonly AnyNode[] | null = node.currentState.children;
	return children === null ? [node] : children.flatMap((child) => leavesOf(child));
}

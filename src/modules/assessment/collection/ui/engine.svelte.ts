import type { FormInstanceConfig, InstanceData, RootNode } from '@getodk/xforms-engine';

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
	instanceAttachments: { fileNameFactory: ({ basename, extension }) => `${basename.slice(0, 40)}-${crypto.randomUUID()}${extension ?? ''}` }
};

/** The eight bytes of an empty WebAssembly module. Compiling them fails at once where it is not allowed. */
function demandWasm(): void {
	try {
		new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
	} catch (cause) {
		throw new NoWasm('no WebAssembly', { cause });
	}
}

const isInstanceData = (data: FormData): data is InstanceData => data.has('xml_submission_file');

/** Milliseconds after which a form that does not open counts as one that cannot. */
const patience = 60_000;

/**
 * Opens a form, empty or as a draft left it.
 * @throws NoWasm, FormFailure
 */
export async function openForm(xform: string, draft: Payload | undefined): Promise<RootNode> {
	demandWasm();
	const late = new Promise<never>((_, reject) => setTimeout(() => reject(new FormFailure('late')), patience));
	return Promise.race([open(xform, draft), late]);
}

async function open(xform: string, draft: Payload | undefined): Promise<RootNode> {
	const { loadForm } = await import('@getodk/xforms-engine');
	const form = await loadForm(xform);
	if (form.status === 'failure') throw new FormFailure('the form was refused', { cause: form.error });
	if (draft !== undefined) {
		const data = formData(draft);
		if (isInstanceData(data)) {
			const restored = await form.restoreInstance({ data: [data] }, config).catch(() => undefined);
			if (restored) return restored.root;
		}
	}
	return form.createInstance(config).root;
}

/** The payload as a request body. */
export function formData(payload: Payload): FormData {
	const data = new FormData();
	for (const [name, file] of payload) data.set(name, file, file.name);
	return data;
}

/** What stands in the form now. The identity of the submission is in it, so the same payload may be sent again and again. */
export async function payloadOf(root: RootNode): Promise<Payload> {
	const prepared = await root.prepareInstancePayload({ payloadType: 'monolithic' });
	const payload: [string, File][] = [];
	for (const [name, file] of prepared.data[0].entries()) payload.push([name, file]);
	return payload;
}

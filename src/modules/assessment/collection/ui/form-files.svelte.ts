import type { LoadFormOptions } from '@getodk/xforms-engine';
import { SvelteMap } from 'svelte/reactivity';
import { filesOfForm, keepFormFile } from '#offline/shelf.ts';
import type { Vault } from '#offline/vault.ts';
import type { FillingPage, FormFileFact } from '../filling.ts';

/** Looks for a file of the form on the device, by the hash of its content. */
export type KeptFiles = (hash: string) => Promise<File | undefined>;

/**
 * Pictures, sounds, films and tables of a form. Each is taken from the device where it lies there sealed, else fetched, and once
 * only; what is shown is shown from memory, so that nothing of it comes to lie in the browser's own cache.
 */
export class FormFiles {
	readonly #page: Pick<FillingPage, 'media' | 'files'>;
	readonly #kept: KeptFiles;
	// Nothing waits for its changes.
	// eslint-disable-next-line svelte/prefer-svelte-reactivity
	readonly #got = new Map<string, Promise<File | undefined>>();
	/** Addresses of what is shown, by name; null for what could not be had. */
	readonly #shown = new SvelteMap<string, string | null>();

	/** @param kept nothing is on the device without it */
	constructor(page: Pick<FillingPage, 'media' | 'files'>, kept: KeptFiles = async () => undefined) {
		this.#page = page;
		this.#kept = kept;
	}

	/** Which file is meant by `jr://images/map.png`: names are compared as addresses write them. */
	#named(resource: URL): FormFileFact | undefined {
		return this.#page.files.find(({ name }) => new URL(`jr://file/${name}`).pathname === resource.pathname);
	}

	/** A file; undefined when it can be had neither here nor there. What failed is tried again when it is asked for again. */
	get(file: FormFileFact): Promise<File | undefined> {
		const known = this.#got.get(file.hash);
		if (known) return known;
		const coming = this.#kept(file.hash).then((kept) => kept ?? this.#fetched(file));
		this.#got.set(file.hash, coming);
		void coming.then((got) => got ?? this.#got.delete(file.hash));
		return coming;
	}

	async #fetched({ name, bytes, mediaType }: FormFileFact): Promise<File | undefined> {
		if (this.#page.media === null) return undefined;
		try {
			const response = await fetch(`${this.#page.media}/${encodeURIComponent(name)}`, { credentials: 'same-origin', cache: 'no-store', redirect: 'error' });
			const blob = response.ok ? await response.blob() : undefined;
			// What was cut off on the way is not the file.
			return blob?.size === bytes ? new File([blob], name, { type: mediaType }) : undefined;
		} catch {
			return undefined;
		}
	}

	/** Where the file that a text names can be shown from: undefined while it is coming, null when there is none. */
	address(resource: URL | undefined): string | null | undefined {
		if (resource === undefined) return undefined;
		const file = this.#named(resource);
		if (!file) return null;
		const shown = this.#shown.get(file.name);
		if (shown === undefined) void this.get(file).then((got) => this.#show(file.name, got));
		return shown;
	}

	#show(name: string, got: File | undefined): void {
		if (this.#shown.has(name)) return;
		this.#shown.set(name, got ? URL.createObjectURL(got) : null);
	}

	/** How the form's engine gets choices and other data that lie in files. What is missing counts as empty, so that the form opens. */
	readonly options: LoadFormOptions = {
		missingResourceBehavior: 'BLANK',
		fetchFormAttachment: async (resource) => {
			const named = this.#named(resource);
			const file = named && (await this.get(named));
			return file ? new Response(file) : new Response('', { status: 404 });
		}
	};

	/** Takes everything out of memory. */
	close(): void {
		for (const address of this.#shown.values()) if (address !== null) URL.revokeObjectURL(address);
		this.#shown.clear();
		this.#got.clear();
	}
}

/** Keeps all files of a form that is kept, under the hashes of their content. @returns whether all of them are there now */
export async function keepFiles(vault: Vault, page: Pick<FillingPage, 'address' | 'files'>, files: FormFiles): Promise<boolean> {
	const there = (await filesOfForm(vault, page.address)).map(({ name }) => name);
	let all = true;
	for (const each of page.files) {
		if (there.includes(each.hash)) continue;
		const file = await files.get(each);
		if (file) await keepFormFile(vault, page.address, new File([file], each.hash, { type: file.type }));
		else all = false;
	}
	return all;
}

import type { Payload } from './engine.svelte.ts';

/** What is kept in the browser for one form: answers not yet sent, or a payload on its way. */
export type Kept = { readonly payload: Payload; readonly savedAt: Date; readonly ready: boolean };

const database = 'hamkor-filling';
const store = 'drafts';

function open(): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(database, 1);
		request.onupgradeneeded = () => request.result.createObjectStore(store);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('no storage'));
		request.onblocked = () => reject(new Error('no storage'));
	});
}

async function inStore<T>(mode: IDBTransactionMode, work: (objects: IDBObjectStore) => IDBRequest<T>): Promise<T> {
	const opened = await open();
	try {
		return await new Promise<T>((resolve, reject) => {
			const transaction = opened.transaction(store, mode);
			const request = work(transaction.objectStore(store));
			// Only the end of the transaction says that it is on the disk.
			transaction.oncomplete = () => resolve(request.result);
			transaction.onabort = () => reject(transaction.error ?? new Error('not kept'));
		});
	} finally {
		opened.close();
	}
}

/** Keeps what stands in a form, in place of what was kept before. @throws when the browser has no storage or no room */
export const keepDraft = (key: string, kept: Kept): Promise<unknown> => inStore('readwrite', (objects) => objects.put(kept, key));

/** Forgets what was kept. */
export const dropDraft = (key: string): Promise<unknown> => inStore('readwrite', (objects) => objects.delete(key));

/** What was kept; undefined when nothing was, or when the browser keeps nothing. */
export async function readDraft(key: string): Promise<Kept | undefined> {
	const found: unknown = await inStore<unknown>('readonly', (objects) => objects.get(key)).catch(() => undefined);
	return isKept(found) ? found : undefined;
}

const isKept = (value: unknown): value is Kept =>
	typeof value === 'object' && value !== null && 'payload' in value && Array.isArray(value.payload) && 'savedAt' in value && value.savedAt instanceof Date && 'ready' in value;

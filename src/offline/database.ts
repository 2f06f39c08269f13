import type { Sealed } from './seal.ts';

/** Stores of the device: `head` says how the key is kept, `records` and `files` hold what is sealed under it. */
type StoreName = 'head' | 'records' | 'files';

export const databaseName = 'hamkor-offline';

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
	opened ??= new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open(databaseName, 1);
		request.onupgradeneeded = () => {
			for (const name of ['head', 'records', 'files']) request.result.createObjectStore(name);
		};
		request.onsuccess = () => {
			const { result } = request;
			const drop = (): void => {
				result.close();
				opened = undefined;
			};
			// Another page erases everything: nobody stands in its way.
			result.onversionchange = drop;
			result.onclose = drop;
			resolve(result);
		};
		request.onerror = () => reject(request.error ?? new Error('no storage'));
		request.onblocked = () => reject(new Error('no storage'));
	}).catch((error: unknown) => {
		opened = undefined;
		throw error;
	});
	return opened;
}

/** Whether anything was ever kept here. Looking must leave no trace: a database that is opened is made. */
export async function isThere(): Promise<boolean> {
	if (opened || !('databases' in indexedDB)) return true;
	return (await indexedDB.databases()).some(({ name }) => name === databaseName);
}

/** The stores within one transaction. */
export type Stores = (name: StoreName) => IDBObjectStore;

/**
 * Reads or writes in one transaction: all of it or nothing. A write has ended only when it lies on the disk.
 *
 * @param work asks its questions of the stores and hands back the one whose answer is wanted
 * @throws when the browser has no storage or no room
 */
export async function transact<T>(mode: IDBTransactionMode, work: (stores: Stores) => IDBRequest<T>): Promise<T> {
	const transaction = (await database()).transaction(['head', 'records', 'files'], mode, { durability: 'strict' });
	return new Promise<T>((resolve, reject) => {
		const fail = (): void => reject(transaction.error ?? new Error('not kept'));
		transaction.onabort = fail;
		const request = work((name) => transaction.objectStore(name));
		transaction.oncomplete = () => resolve(request.result);
	});
}

/** All that lies in a store, with its names. */
export async function everything(name: 'records' | 'files'): Promise<[string, Sealed][]> {
	const found: [string, Sealed][] = [];
	await transact('readonly', (stores) => {
		const request = stores(name).openCursor();
		request.onsuccess = () => {
			const cursor = request.result;
			if (!cursor) return;
			if (typeof cursor.key === 'string' && isSealed(cursor.value)) found.push([cursor.key, cursor.value]);
			cursor.continue();
		};
		return request;
	});
	return found;
}

/** Removes the whole database of the device. */
export async function dropDatabase(): Promise<void> {
	if (opened) (await opened.catch(() => undefined))?.close();
	opened = undefined;
	await new Promise<void>((resolve, reject) => {
		const request = indexedDB.deleteDatabase(databaseName);
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error ?? new Error('not erased'));
	});
}

export const isSealed = (value: unknown): value is Sealed =>
	typeof value === 'object' && value !== null && 'iv' in value && value.iv instanceof Uint8Array && 'bytes' in value && value.bytes instanceof ArrayBuffer;

import { dropDatabase, everything, isSealed, transact, type Stores } from './database.ts';
import { isHead, readHead, type Head, type Way } from './head.ts';
import { keyFromPassphrase, roundsHere } from './passphrase.ts';
import { random, seal, sealValue, unseal, Unreadable, unsealValue, type Sealed } from './seal.ts';

/** none: nothing is kept yet. device: kept under a key of the browser's own. locked: a person has to open it. open: she has. */
export type VaultState = 'none' | 'device' | 'locked' | 'open';

/** The key in hand is not the one that things are kept under (any more): it was locked, changed or erased, perhaps by another page. */
export class Locked extends Error {}

/** What is to be written or dropped in one go. */
export type Changes = {
	readonly records?: ReadonlyMap<string, unknown>;
	readonly files?: ReadonlyMap<string, BufferSource>;
	readonly dropRecords?: readonly string[];
	readonly dropFiles?: readonly string[];
};

type Held = { readonly id: string; readonly key: CryptoKey };

const newDataKey = (extractable: boolean): Promise<CryptoKey> => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, extractable, ['encrypt', 'decrypt']);

/**
 * Everything that is kept on a device, sealed under one key. The key is the browser's own until a person chooses a passphrase or
 * a passkey; from then on it lies sealed, and is in memory only while the vault is open.
 */
export class Vault {
	#head: Head | undefined;
	#held: Held | undefined;

	/** Reads how things stand on this device. @throws when the browser has no storage */
	static async find(): Promise<Vault> {
		const vault = new Vault();
		await vault.look();
		return vault;
	}

	/** Looks again: another page may have changed how the key is kept. */
	async look(): Promise<void> {
		this.#head = await readHead();
		if (this.#head?.kind === 'open') this.#held = { id: this.#head.keyId, key: this.#head.key };
		else if (this.#held?.id !== this.#head?.keyId) this.#held = undefined;
	}

	get state(): VaultState {
		if (!this.#head) return 'none';
		if (this.#head.kind === 'open') return 'device';
		return this.#held ? 'open' : 'locked';
	}

	/** Kinds of ways by which it opens. */
	get ways(): readonly Way['kind'][] {
		return this.#head?.kind === 'closed' ? this.#head.ways.map(({ kind }) => kind) : [];
	}

	/** Begins to keep things under a key of the browser's own, which no script can read out. */
	async begin(): Promise<void> {
		const head: Head = { kind: 'open', keyId: crypto.randomUUID(), key: await newDataKey(false) };
		// Two pages may begin at once: who comes second takes what is there.
		await transact('readwrite', (stores) => {
			const request = stores('head').get('key');
			request.onsuccess = () => request.result === undefined && stores('head').put(head, 'key');
			return request;
		});
		await this.look();
	}

	/**
	 * From now on only this way opens it. What was kept until now is sealed anew under a new key, and the old one is gone.
	 * @throws Locked
	 */
	async protect(way: (key: CryptoKey) => Promise<Way>): Promise<void> {
		const fresh = await newDataKey(true);
		const head: Head = { kind: 'closed', keyId: crypto.randomUUID(), ways: [await way(fresh)] };
		const before = this.#held;
		if (this.#head && !before) throw new Locked('locked');
		const moved: { store: 'records' | 'files'; id: string; sealed: Sealed }[] = [];
		let seen = 0;
		for (const store of before ? (['records', 'files'] as const) : []) {
			for (const [id, sealed] of await everything(store)) {
				seen += 1;
				const bytes = before && (await unseal(before.key, sealed, id).catch(() => undefined));
				if (bytes) moved.push({ store, id, sealed: await seal(fresh, bytes, id) });
			}
		}
		await this.#change(before?.id, (stores) => {
			for (const store of ['records', 'files'] as const) stores(store).clear();
			for (const { store, id, sealed } of moved) stores(store).put(sealed, id);
			stores('head').put(head, 'key');
			// Another page may have written while this one sealed: then nothing changes, and the person tries again.
		}, seen);
		this.#head = head;
		this.#held = { id: head.keyId, key: await closedKey(fresh) };
	}

	/** Opens it. @returns false when this is not the passphrase */
	async unlock(passphrase: string): Promise<boolean> {
		const way = this.#way('passphrase');
		if (!way || way.kind !== 'passphrase') return false;
		return this.#take(way, await keyFromPassphrase(passphrase, way.salt, way.rounds));
	}

	/** Opens it with what a passkey yields. @param ask hands over the passkey's key; undefined when the person gave up */
	async unlockBy(ask: (way: Extract<Way, { kind: 'passkey' }>) => Promise<CryptoKey | undefined>): Promise<boolean> {
		const way = this.#way('passkey');
		if (!way || way.kind !== 'passkey') return false;
		const key = await ask(way);
		return key !== undefined && this.#take(way, key);
	}

	#way(kind: Way['kind']): Way | undefined {
		return this.#head?.kind === 'closed' ? this.#head.ways.find((way) => way.kind === kind) : undefined;
	}

	async #take(way: Way, opener: CryptoKey): Promise<boolean> {
		if (!this.#head) return false;
		try {
			const raw = await unseal(opener, { iv: way.iv, bytes: way.wrapped }, 'key');
			this.#held = { id: this.#head.keyId, key: await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']) };
			return true;
		} catch (error) {
			if (error instanceof Unreadable) return false;
			throw error;
		}
	}

	/** Drops the key from memory. */
	lock(): void {
		if (this.#head?.kind === 'closed') this.#held = undefined;
	}

	/** Erases the key first, and then all that lay under it. */
	async forget(): Promise<void> {
		await transact('readwrite', (stores) => stores('head').clear());
		this.#head = undefined;
		this.#held = undefined;
		await dropDatabase();
	}

	/** Every record that is kept, with its name. Of what cannot be read it tells nothing. @throws Locked */
	async records(): Promise<[string, unknown][]> {
		const { key } = this.#inHand();
		const opened = await Promise.all(
			(await everything('records')).map(async ([id, sealed]): Promise<[string, unknown]> => [id, await unsealValue(key, sealed, id).catch(() => undefined)])
		);
		return opened.filter(([, value]) => value !== undefined);
	}

	/** A file that is kept. @throws Locked, Unreadable */
	async file(id: string): Promise<ArrayBuffer> {
		const { key } = this.#inHand();
		const found: unknown = await transact<unknown>('readonly', (stores) => stores('files').get(id));
		if (!isSealed(found)) throw new Unreadable('no such file');
		return unseal(key, found, id);
	}

	/**
	 * Writes and drops in one go: afterwards all of it lies on the disk, or nothing has changed.
	 * @throws Locked when the key was changed or erased meanwhile, and what storage throws when there is no room
	 */
	async write({ records = new Map(), files = new Map(), dropRecords = [], dropFiles = [] }: Changes): Promise<void> {
		const { id: keyId, key } = this.#inHand();
		const sealedRecords = await Promise.all([...records].map(async ([id, value]) => [id, await sealValue(key, value, id)] as const));
		const sealedFiles = await Promise.all([...files].map(async ([id, bytes]) => [id, await seal(key, bytes, id)] as const));
		await this.#change(keyId, (stores) => {
			for (const [id, sealed] of sealedRecords) stores('records').put(sealed, id);
			for (const [id, sealed] of sealedFiles) stores('files').put(sealed, id);
			for (const id of dropRecords) stores('records').delete(id);
			for (const id of dropFiles) stores('files').delete(id);
		});
	}

	/** Writes only where the key is still the one in hand, asked in the very transaction that writes. */
	async #change(keyId: string | undefined, work: (stores: Stores) => void, expected?: number): Promise<void> {
		let locked = false;
		await transact('readwrite', (stores) => {
			let there = 0;
			const counted = (['records', 'files'] as const).map((name) => stores(name).count());
			for (const count of counted) count.onsuccess = () => (there += count.result);
			// Asked last, so that the counts are known when it answers.
			const request = stores('head').get('key');
			request.onsuccess = () => {
				const head: unknown = request.result;
				if ((isHead(head) ? head.keyId : undefined) === keyId && (expected === undefined || expected === there)) work(stores);
				else locked = true;
			};
			return request;
		});
		if (!locked) return;
		await this.look();
		throw new Locked('the key has changed');
	}

	#inHand(): Held {
		if (!this.#held) throw new Locked('locked');
		return this.#held;
	}
}

/** The same key, now such that no script can read it out. */
const closedKey = async (key: CryptoKey): Promise<CryptoKey> =>
	crypto.subtle.importKey('raw', await crypto.subtle.exportKey('raw', key), 'AES-GCM', false, ['encrypt', 'decrypt']);

/** A way by a passphrase, stretched as long as this device bears. */
export const byPassphrase = (passphrase: string) => async (key: CryptoKey): Promise<Way> => {
	const salt = random(16);
	const rounds = await roundsHere();
	const { iv, bytes } = await seal(await keyFromPassphrase(passphrase, salt, rounds), await crypto.subtle.exportKey('raw', key), 'key');
	return { kind: 'passphrase', salt, rounds, iv, wrapped: bytes };
};

import { watchIdle } from './idle.ts';
import { sorted, type Shelf } from './kept.ts';
import { Outbox, type Send } from './outbox.ts';
import { canSeal } from './seal.ts';
import { shelf } from './shelf.ts';
import { Vault, type VaultState } from './vault.ts';
import { dropWorkers } from './worker-link.ts';

const nothing: Shelf = sorted([]);

/** looking: not known yet. none: this browser, or this address, keeps nothing. Otherwise as the vault says. */
export type RoomState = 'looking' | 'unable' | VaultState;

/** What is kept on this device, as a page follows it: the vault, what lies in it, and the connection. */
export class Room {
	state = $state<RoomState>('looking');
	kept = $state.raw<Shelf>(nothing);
	online = $state(true);
	/** Whether the browser promised not to clear this away when it needs room; undefined: not asked yet. */
	lasting = $state<boolean>();
	/** It locked itself, because nobody touched it. */
	fellAsleep = $state(false);
	ways = $state.raw<Vault['ways']>([]);
	#vault: Vault | undefined;
	#outbox: Outbox | undefined;
	#channel: BroadcastChannel | undefined;
	#leave: (() => void)[] = [];

	/** The vault. @throws before `enter`, and where nothing can be kept */
	get vault(): Vault {
		if (!this.#vault) throw new Error('nothing is kept here');
		return this.#vault;
	}

	/** Whether something can be kept now. */
	get keeps(): boolean {
		return this.state === 'device' || this.state === 'open';
	}

	/**
	 * Looks at what is there and begins to send what waits.
	 * @param asleep is called before it locks by itself, to keep what is still to be kept
	 */
	async enter(send: (vault: Vault) => Send, asleep: () => Promise<void> = async () => {}): Promise<void> {
		this.online = navigator.onLine;
		const line = (): void => void (this.online = navigator.onLine);
		addEventListener('online', line);
		addEventListener('offline', line);
		this.#leave.push(() => removeEventListener('online', line), () => removeEventListener('offline', line));
		if (!canSeal()) return void (this.state = 'unable');
		try {
			this.#vault = await Vault.find();
		} catch {
			return void (this.state = 'unable');
		}
		this.#channel = new BroadcastChannel('hamkor-offline');
		this.#channel.onmessage = () => void this.#follow();
		this.#outbox = new Outbox(this.#vault, send(this.#vault), () => void this.changed());
		this.#leave.push(watchIdle(() => void this.#fallAsleep(asleep)));
		await this.refresh();
		this.lasting = await navigator.storage?.persisted?.();
		this.#outbox.start();
	}

	leave(): void {
		for (const each of this.#leave.splice(0)) each();
		this.#outbox?.stop();
		this.#channel?.close();
	}

	/** Reads anew what is kept. */
	async refresh(): Promise<void> {
		if (!this.#vault) return;
		const { state } = this.#vault;
		// First what is there, then that it is known: an empty list would say that everything has arrived.
		this.kept = state === 'device' || state === 'open' ? await shelf(this.#vault).catch(() => nothing) : nothing;
		this.ways = this.#vault.ways;
		this.state = this.#vault.state;
	}

	/** Something has changed here: this page and the others look again. */
	async changed(): Promise<void> {
		await this.refresh();
		this.#channel?.postMessage('changed');
	}

	async #follow(): Promise<void> {
		await this.#vault?.look();
		await this.refresh();
	}

	/** Sends what waits. @param again the name of something that the server refused before */
	async send(again?: string): Promise<void> {
		await this.#outbox?.flush(again);
	}

	/** Begins to keep things under the browser's own key, unless a way to keep them is there already. */
	async begin(): Promise<void> {
		if (this.state !== 'none') return;
		await this.vault.begin();
		await this.changed();
	}

	/** Asks the browser not to clear this away when it needs room. */
	async askToLast(): Promise<void> {
		if (this.lasting !== true) this.lasting = await navigator.storage?.persist?.();
	}

	async protect(way: Parameters<Vault['protect']>[0]): Promise<void> {
		await this.vault.protect(way);
		await this.changed();
		void this.send();
	}

	/** @returns whether it is open now */
	async unlock(open: (vault: Vault) => Promise<boolean>): Promise<boolean> {
		const opened = await open(this.vault);
		if (opened) {
			this.fellAsleep = false;
			await this.refresh();
			void this.send();
		}
		return opened;
	}

	async lock(): Promise<void> {
		this.#vault?.lock();
		await this.refresh();
	}

	async #fallAsleep(asleep: () => Promise<void>): Promise<void> {
		if (this.state !== 'open') return;
		await asleep().catch(() => undefined);
		this.fellAsleep = true;
		await this.lock();
	}

	/** Erases everything from this device: the key first. */
	async forget(): Promise<void> {
		this.#outbox?.stop();
		await this.#vault?.forget();
		await dropWorkers();
		await this.changed();
	}
}

import type { Waiting } from './kept.ts';
import { noteArrived, noteWaiting, outboxLock, shelf } from './shelf.ts';
import { Locked, type Vault } from './vault.ts';

/**
 * What became of sending. `part`: these files have arrived and others are to follow. `later`: the server was not reached, or has
 * no time now. `refused`: it was reached and does not take this; its sentence says why.
 */
export type Outcome =
	| { readonly kind: 'arrived' }
	| { readonly kind: 'part'; readonly names: readonly string[] }
	| { readonly kind: 'later' }
	| { readonly kind: 'refused'; readonly sentence: string };

/** Sends one thing, or a part of it. Sending the same again must do no harm. */
export type Send = (waiting: Waiting) => Promise<Outcome>;

/** Milliseconds until the next try, by how often it was tried in vain. */
export const pause = (tries: number): number => Math.min(5_000 * 2 ** Math.min(tries, 10), 300_000);

/** Asks for all that was refused to be tried again. */
export const everything = 'everything';

/** Sends what waits, one after another, until it has arrived. */
export class Outbox {
	readonly #vault: Vault;
	readonly #send: Send;
	readonly #changed: () => void;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#vain = 0;
	#stopped = false;

	/** @param changed is called whenever something has arrived or was refused */
	constructor(vault: Vault, send: Send, changed: () => void) {
		this.#vault = vault;
		this.#send = send;
		this.#changed = changed;
	}

	/** Begins to send by itself: now, when the connection comes back, and from time to time. */
	start(): void {
		this.#stopped = false;
		addEventListener('online', this.#soon);
		document.addEventListener('visibilitychange', this.#soon);
		// What was refused may be taken now: the person has signed in again, or the round was opened.
		void this.flush(everything);
	}

	stop(): void {
		this.#stopped = true;
		clearTimeout(this.#timer);
		removeEventListener('online', this.#soon);
		document.removeEventListener('visibilitychange', this.#soon);
	}

	readonly #soon = (): void => {
		if (document.visibilityState === 'visible') void this.flush();
	};

	/**
	 * Tries everything that waits. What the server refused before is tried again only when it is asked for, by name or altogether.
	 * @returns when nothing more can be done now
	 */
	async flush(again?: string): Promise<void> {
		clearTimeout(this.#timer);
		const left = await navigator.locks.request(outboxLock, () => this.#all(again)).catch((error: unknown) => {
			if (error instanceof Locked) return 0;
			throw error;
		});
		if (this.#stopped) return;
		this.#vain = left > 0 ? this.#vain + 1 : 0;
		if (left > 0) this.#timer = setTimeout(() => void this.flush(), pause(this.#vain));
	}

	/** @returns how many could not be sent for now */
	async #all(again: string | undefined): Promise<number> {
		if (this.#vault.state !== 'device' && this.#vault.state !== 'open') return 0;
		const { waiting } = await shelf(this.#vault);
		let left = 0;
		let reached = true;
		for (const each of waiting) {
			if (each.refused !== null && again !== everything && each.id !== again) continue;
			// Where the first was not reached the next will not be either; each has its own address, but one connection.
			if (!reached) left += 1;
			else if (!(await this.#one(each))) {
				left += 1;
				reached = false;
			}
			this.#changed();
		}
		return left;
	}

	/** @returns whether the server was reached */
	async #one(first: Waiting): Promise<boolean> {
		// Without a connection nothing leaves this device: it can still be taken back and changed.
		if (!navigator.onLine) return false;
		// Noted before it goes out: whatever happens now, the server may have it.
		let waiting: Waiting = { ...first, tries: first.tries + 1 };
		await noteWaiting(this.#vault, waiting);
		for (;;) {
			const outcome = await this.#send(waiting);
			if (outcome.kind === 'arrived') {
				await noteArrived(this.#vault, waiting);
				return true;
			}
			if (outcome.kind === 'part' && outcome.names.length > 0) {
				waiting = { ...waiting, sent: [...waiting.sent, ...outcome.names], refused: null };
				await noteWaiting(this.#vault, waiting);
				continue;
			}
			const refused = outcome.kind === 'refused' ? outcome.sentence : null;
			if (refused !== waiting.refused) await noteWaiting(this.#vault, { ...waiting, refused });
			return refused !== null;
		}
	}
}

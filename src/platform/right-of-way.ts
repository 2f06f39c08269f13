import os from 'node:os';

/*
 * Whoever fills in a form comes first. Work that can wait (jobs, exports) is done in threads of our own, of which the system
 * thinks last, and in pieces between which it keeps a pace: while many submissions come in it rests, so that the database too
 * is left to them; otherwise it goes on at once.
 */

/** Arrivals a second above which others rest. Below, a machine with two cores has time for both. */
const busyRate = 100;
/** While submissions come in, a piece of work is followed by a rest of so many times its length. */
const restPerWork = 9;
/** The longest rest, in milliseconds: whatever comes in, every piece of work has its turn. */
const longestRest = 20_000;
/** How often a rest looks whether it may end, in milliseconds. */
const lookEvery = 100;

/** How far a thread steps aside (the system's nice value): where both want the processor all the time, it has a quarter of one. */
const aside = 5;

/** How many submissions have come to the door, counted by all threads of the program together. */
export type Arrivals = Int32Array<SharedArrayBuffer>;

// The built pages and the server load this module apart from each other; what they count is one all the same.
declare global {
	var hamkorArrivals: Arrivals | undefined;
}

/** The count of arrivals, to be handed to a thread, which calls {@link shareArrivals} with it. */
export const arrivals = (): Arrivals => (globalThis.hamkorArrivals ??= new Int32Array(new SharedArrayBuffer(4)));

/** In a thread: counts together with the one that started it. */
export const shareArrivals = (shared: Arrivals): void => void (globalThis.hamkorArrivals = shared);

/** Counts a submission that has come to the door. */
export const arrived = (): void => void Atomics.add(arrivals(), 0, 1);

/** Lets everything else go before the calling thread. On Linux a thread can do so for itself; elsewhere it would slow the whole program. */
export function stepAside(): void {
	if (os.platform() === 'linux') os.setPriority(0, aside);
}

/** Ends one piece of work and begins the next: returns at once, or after a rest while many submissions come in. */
export type Pace = () => Promise<void>;

/**
 * Begins to measure work: a piece lasts from one call of what is returned to the next.
 * @param signal ends a rest early, without an error
 */
export function newPace(signal?: AbortSignal): Pace {
	let began = 0;
	let before = 0;
	const begin = (): void => {
		began = performance.now();
		before = Atomics.load(arrivals(), 0);
	};
	const isBusy = (): boolean => (Atomics.load(arrivals(), 0) - before) * 1000 > busyRate * (performance.now() - began);
	begin();
	return async () => {
		const rest = Math.min(longestRest, (performance.now() - began) * restPerWork);
		const until = performance.now() + rest;
		while (performance.now() < until && isBusy() && signal?.aborted !== true) {
			begin();
			await new Promise((resolve) => setTimeout(resolve, Math.min(lookEvery, rest)));
		}
		begin();
	};
}

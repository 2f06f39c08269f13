import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { arrived, newPace } from './right-of-way.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** So many submissions a second, until told to stop. */
function traffic(rate: number): () => void {
	const sending = setInterval(arrived, 1000 / rate);
	return () => clearInterval(sending);
}

/** Milliseconds that a pace rests after a piece of work of so many. */
async function restAfter(worked: number, signal?: AbortSignal): Promise<number> {
	const pace = newPace(signal);
	await vi.advanceTimersByTimeAsync(worked);
	const from = performance.now();
	let rested: number | undefined;
	void pace().then(() => (rested = performance.now() - from));
	for (let n = 0; n < 3000 && rested === undefined; n++) await vi.advanceTimersByTimeAsync(10);
	return rested ?? Infinity;
}

test('work goes on at once while nothing comes in, or little', async () => {
	expect(await restAfter(100)).toBe(0);
	const stop = traffic(50);
	expect(await restAfter(1000)).toBe(0);
	stop();
});

test('while many submissions come in, work rests nine times as long as it worked', async () => {
	const stop = traffic(500);
	expect(await restAfter(100)).toBeCloseTo(900, -2);
	stop();
});

test('but never longer than twenty seconds: it has its turn whatever comes in', async () => {
	const stop = traffic(500);
	expect(await restAfter(60_000)).toBeCloseTo(20_000, -2);
	stop();
});

test('a rest ends when what comes in has ended', async () => {
	const stop = traffic(500);
	setTimeout(stop, 1500);
	expect(await restAfter(1000)).toBeLessThan(800);
});

test('a rest ends when the program is told to stop', async () => {
	const stop = traffic(500);
	const stopping = new AbortController();
	setTimeout(() => stopping.abort(), 1500);
	expect(await restAfter(1000, stopping.signal)).toBeLessThan(700);
	stop();
});

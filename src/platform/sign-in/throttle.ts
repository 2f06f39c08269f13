/** Wrong attempts counted so far, within the windows given. Attempts under way count as wrong until they turn out right. */
export type Wrong = {
	/** From this very device, which has signed in as this person before: in the last 15 minutes and in the last day. */
	readonly device: { readonly quarter: number; readonly day: number };
	/** On this name from devices not known for it, in the last 15 minutes. */
	readonly name: number;
	/** On all names from devices not known, in the last minute. */
	readonly all: number;
};

/** Go on after a delay in milliseconds; or refuse, with the minutes to wait. */
export type Verdict = { readonly go: true; readonly delay: number } | { readonly go: false; readonly minutes: number };

/** How many wrong attempts are let pass; see {@link decide}. */
export const limits = { deviceSlow: 5, deviceDay: 50, nameFree: 3, name: 10, allSlow: 60, all: 600 } as const;
export const longestDelay = 8000;

const slower = (over: number): number => (over <= 0 ? 0 : Math.min(longestDelay, 500 * 2 ** Math.min(over - 1, 4)));

/** Whether a device still has its own budget: it loses it only by its own wrong attempts, never by somebody else's. */
export const deviceCounts = (wrong: Wrong['device']): boolean => wrong.day < limits.deviceDay;

/**
 * Decides on one attempt with name and password. Guessing from outside is slowed and then refused for a while, for each
 * name and over all. Who can be told apart from the guesser is not touched by it: a device that has signed in as this
 * person before has a budget of its own, is slowed but not refused; who brings a printed one-time code is let through
 * (it has 58 bits, and is used up by the attempt).
 * @param known the device has signed in as this person before
 * @param code a valid one-time code came along
 */
export function decide(wrong: Wrong, { known, code }: { known: boolean; code: boolean }): Verdict {
	if (code) return { go: true, delay: 0 };
	if (known && deviceCounts(wrong.device)) return { go: true, delay: slower(wrong.device.quarter - limits.deviceSlow + 1) };
	if (wrong.name >= limits.name) return { go: false, minutes: 15 };
	if (wrong.all >= limits.all) return { go: false, minutes: 1 };
	const perName = slower(wrong.name - limits.nameFree + 1);
	return { go: true, delay: Math.max(perName, wrong.all >= limits.allSlow ? 2000 : 0) };
}

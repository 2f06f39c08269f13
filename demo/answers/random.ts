/** A stream of numbers that is the same for the same seed, on every machine. */
export type Random = {
	/** From 0 up to, not including, 1. */
	(): number;
};

/** sfc32, seeded by the bytes of a text (FNV-1a, three times); for what is made up, never for secrets. */
export function randomFrom(seed: string): Random {
	let a = hashOf(`a ${seed}`);
	let b = hashOf(`b ${seed}`);
	let c = hashOf(`c ${seed}`);
	let d = 1;
	const next = (): number => {
		const t = (((a + b) | 0) + d) | 0;
		d = (d + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = ((c << 21) | (c >>> 11)) + t;
		c |= 0;
		return (t >>> 0) / 4_294_967_296;
	};
	for (let skipped = 0; skipped < 12; skipped += 1) next();
	return next;
}

function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193);
	return hash | 0;
}

/** A whole number from `least` to `most`, both among them. */
export const whole = (random: Random, least: number, most: number): number => least + Math.floor(random() * (most - least + 1));

/** Whether something happens that happens with this chance. */
export const chance = (random: Random, share: number): boolean => random() < share;

/** One of the keys, each as often as its weight says. */
export function pick<K extends string>(random: Random, weights: Readonly<Partial<Record<K, number>>>): K {
	const entries = entriesOf(weights);
	let left = random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
	for (const [key, weight] of entries) {
		left -= weight;
		if (left < 0) return key;
	}
	const [last] = entries.at(-1) ?? [];
	if (last === undefined) throw new Error('nothing to pick from');
	return last;
}

/** Several of the keys, each with its own chance; `none` when nothing else came up. In the order of the list. */
export function pickSome(random: Random, chances: Readonly<Record<string, number>>, none: string): string[] {
	const picked = Object.entries(chances).flatMap(([key, share]) => (chance(random, share) ? [key] : []));
	return picked.length > 0 ? picked : [none];
}

/** A version 4 UUID made from the stream: the same at every run, so that sending again changes nothing. */
export function uuidFrom(random: Random): string {
	const hex = Array.from({ length: 32 }, () => whole(random, 0, 15).toString(16));
	hex[12] = '4';
	hex[16] = '89ab'.charAt(whole(random, 0, 3));
	return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const entriesOf = <K extends string>(weights: Readonly<Partial<Record<K, number>>>): [K, number][] => {
	const found: [K, number][] = [];
	for (const key in weights) {
		const weight = weights[key];
		if (weight !== undefined) found.push([key, weight]);
	}
	return found;
};

import { m } from '#paraglide/messages.js';

const words: Record<string, () => string> = {
	availability: m.gaps_barrier_availability,
	access: m.gaps_barrier_access,
	quality: m.gaps_barrier_quality,
	coordination: m.gaps_barrier_coordination,
	norms: m.gaps_barrier_norms,
	law: m.gaps_barrier_law,
	money: m.gaps_barrier_money
};

/** A barrier in words. */
export const barrierWord = (barrier: string): string => words[barrier]?.() ?? barrier;

import type { Span } from '../text.ts';

/** A code as REFI-QDA has it. */
export type RefiCode = { readonly guid: string; readonly name: string; readonly codable: boolean; readonly color: string | null; readonly description: string; readonly children: readonly RefiCode[] };

/** A coded passage: positions in Unicode code points of its source. */
export type RefiSelection = Span & { readonly guid: string; readonly name: string; readonly description: string; readonly user: string | null; readonly codes: readonly { readonly guid: string; readonly code: string; readonly user: string | null }[] };

export type RefiSource = {
	readonly guid: string;
	readonly name: string;
	readonly description: string;
	readonly text: string;
	readonly created: string | null;
	readonly selections: readonly RefiSelection[];
	/** Values of variables by the variable's name. */
	readonly variables: Readonly<Record<string, string>>;
};

/** A project as it is exchanged: what REFI-QDA has of it that an interview here can hold. */
export type RefiProject = { readonly name: string; readonly created: string | null; readonly users: readonly { readonly guid: string; readonly name: string }[]; readonly codes: readonly RefiCode[]; readonly sources: readonly RefiSource[] };

/** Colours of the twelve codes as REFI-QDA wants them; read back by nearness. */
export const refiColours = ['#0B5F73', '#B4581A', '#6A4C93', '#2C6E49', '#A3262A', '#8A5000', '#3F5FBF', '#7A4A2B', '#A8327D', '#5A6B1F', '#4A5560', '#007A87'] as const;

/** The nearest of the twelve colours. */
export function nearestColour(color: string | null): number {
	const parts = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
	// The standard knows short colours too: #f0a is #ff00aa.
	const long = color?.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3');
	if (long === undefined || !/^#[0-9a-f]{6}$/i.test(long)) return 0;
	const wanted = parts(long);
	const distances = refiColours.map((each) => parts(each).reduce((sum, part, i) => sum + (part - (wanted[i] ?? 0)) ** 2, 0));
	return distances.indexOf(Math.min(...distances));
}

import { positionsOf, type Span } from './text.ts';

/** A piece of text under the same segments from its first letter to its last. */
export type Run = { readonly at: number; readonly text: string; readonly segments: readonly string[]; /** Segments that begin here. */ readonly begins: readonly string[] };

/** A line of an interview with its pieces. */
export type Line = { readonly at: number; readonly runs: readonly Run[] };

/**
 * A text cut where segments begin and end, line by line, for drawing: what overlaps is drawn as lines below each other, the longest
 * segment lowest. Positions in code points.
 */
export function linesOf(text: string, segments: readonly (Span & { readonly id: string })[]): Line[] {
	const positions = positionsOf(text);
	const sorted = [...segments].sort((a, b) => b.ends - b.starts - (a.ends - a.starts) || a.starts - b.starts || a.id.localeCompare(b.id));
	const cuts = [...new Set(segments.flatMap(({ starts, ends }) => [starts, ends]))].sort((a, b) => a - b);
	const lines: Line[] = [];
	let next = 0;
	let at = 0;
	for (const line of text.split('\n')) {
		const ends = at + positionsOf(line).length;
		const runs: Run[] = [];
		let from = at;
		while (next < cuts.length && (cuts[next] ?? 0) <= from) next++;
		for (let cut = next; from < ends; cut++) {
			const to = Math.min(cuts[cut] ?? ends, ends);
			const inside = sorted.filter((each) => each.starts < to && each.ends > from);
			runs.push({
				at: from,
				text: text.slice(positions.units(from), positions.units(to)),
				segments: inside.map(({ id }) => id),
				begins: inside.filter(({ starts }) => starts === from).map(({ id }) => id)
			});
			from = to;
		}
		lines.push({ at, runs });
		at = ends + 1;
	}
	return lines;
}

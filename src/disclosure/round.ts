import type { Programme, Solver } from './solver.ts';
import type { System } from './system.ts';

/**
 * Controlled rounding: every number becomes a multiple of the base next to it, and all sums still hold; as close to the
 * true numbers as that allows. A multiple of the base stays as it is where it can (Cox 1987, "A constructive procedure
 * for unbiased controlled rounding"; here as an integer programme, for tables of any shape).
 * @returns the rounded numbers, or null when none add up
 */
export function rounded(solver: Solver, system: System, base: number): number[] | null {
	for (const reach of [0, 1]) {
		const found = solver.once(roundingProgramme(system, base, reach), { whole: true });
		if (found.kind === 'solved') return system.cells.map((cell, i) => (base * (Math.floor(cell.value / base) + Math.round(found.at[i] ?? 0))) + 0);
	}
	return null;
}

/** One column a cell: by how many steps of the base it lies above the multiple below it. */
function roundingProgramme({ cells, relations }: System, base: number, reach: number): Programme {
	const below = cells.map(({ value }) => Math.floor(value / base));
	return {
		// |up - value| is linear between two neighbours: its slope says whether up or down is closer.
		cost: cells.map(({ value }, i) => base - 2 * (value - base * (below[i] ?? 0))),
		lower: cells.map(() => 0),
		upper: cells.map(({ value }) => (value % base === 0 ? reach : 1)),
		rows: relations.map((relation) => ({
			columns: relation.cells,
			factors: relation.signs,
			sum: -relation.cells.reduce((sum, cell, i) => sum + (relation.signs[i] ?? 0) * (below[cell] ?? 0), 0)
		}))
	};
}

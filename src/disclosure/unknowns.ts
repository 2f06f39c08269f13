import type { Given } from './given.ts';
import { magnitudeNeed, thresholds } from './primary.ts';
import type { Unknown } from './system.ts';

/**
 * A cell as its table knows it.
 * @param value its true number; null where nobody here knows it
 * @param ids its codes as numbers of sets, 0 for totals
 * @param release the earlier release that it stands in; null for what is to be released now
 */
export function unknownOf(table: Given['table'], cell: Given['table']['cells'][number] | undefined, value: number | null, ids: readonly number[], release: string | null): Unknown {
	const threshold = table.threshold ?? thresholds[table.unit];
	const step = cell && 'roundedTo' in cell ? cell.roundedTo : undefined;
	const rounded = step !== undefined && value !== null;
	const margins = ids.filter((id) => id === 0).length;
	const known = value !== null && !rounded;
	const flag = (name: 'few' | 'told'): boolean => cell !== undefined && name in cell && Object.entries(cell).some(([key, set]) => key === name && set === true);
	const few = flag('few');
	const unknown: Unknown = {
		value: value ?? 0,
		known,
		open: known && release === null && !flag('told'),
		few,
		lower: rounded ? Math.max(0, value - step + 1) : 0,
		upper: rounded ? value + step - 1 : Infinity,
		need: threshold,
		up: 0,
		down: 0,
		large: few ? Infinity : threshold,
		weight: 8 + bits(value ?? 0) + 8 * margins
	};
	if (table.magnitude === undefined) return unknown;
	const rule = table.rule ?? { p: 10 };
	const enough = cell && 'contributors' in cell && cell.contributors !== undefined ? { value: value ?? 0, contributors: cell.contributors, largest: cell.largest ?? [] } : null;
	const reach = enough && known ? magnitudeNeed(enough, rule, threshold) : null;
	return { ...unknown, need: Math.ceil((rule.p / 100) * (value ?? 0)), large: Infinity, up: reach ?? 0, down: Math.min(reach ?? 0, value ?? 0) };
}

/** Whether a published number is rounded. */
export const isRounded = (cell: Given['table']['cells'][number] | undefined): boolean => cell !== undefined && 'roundedTo' in cell && cell.roundedTo !== undefined;

/** The number of binary digits: what a number weighs, without a logarithm that machines might round differently. */
const bits = (value: number): number => (value < 1 ? 0 : value >= 2 ** 31 ? 32 : 32 - Math.clz32(value));

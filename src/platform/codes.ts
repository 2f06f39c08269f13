/** Series of numbers within a programme; what people call a record by. */
export const series = {
	figure: 'F',
	document: 'D',
	quotation: 'Q',
	finding: 'E',
	gap: 'G',
	priority: 'P',
	training: 'T',
	plan: 'A',
	result: 'R',
	recommendation: 'N',
	commitment: 'C',
	change: 'V',
	briefing: 'B',
	release: 'L',
	round: 'S',
	score: 'K',
	session: 'W',
	interview: 'I'
} as const;
export type Series = keyof typeof series;

/** What people call a record by: `G-07`. */
export const codeOf = (kind: Series, number: number): string => `${series[kind]}-${String(number).padStart(2, '0')}`;

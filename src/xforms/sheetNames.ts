/**
 * Sheets whose names look like a misspelling of the wanted one (at most two letters apart). A name that begins with
 * an underscore was set aside on purpose.
 */
export function similarSheets(wanted: string, names: readonly string[]): string[] {
	return names.filter((name) => !name.startsWith('_') && name.toLowerCase() !== wanted && distance(name.toLowerCase(), wanted) <= 2);
}

/** Levenshtein distance: letters to add, remove or change. */
function distance(a: string, b: string): number {
	let before = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i += 1) {
		const row = [i];
		for (let j = 1; j <= b.length; j += 1) {
			const change = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			row.push(Math.min((before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change));
		}
		before = row;
	}
	return before[b.length] ?? 0;
}

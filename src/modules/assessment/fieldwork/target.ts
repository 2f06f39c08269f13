import { z } from 'zod';
import { localText, type Locale } from '#platform/locales.ts';
import { fold } from '#platform/search-fold.ts';
import { planOf, readSheet, type ImportPlan, type ImportReason, type ImportRow } from '#modules/network/import.ts';
import type { TreePlace } from '#modules/network/tree.server.ts';

/** Most answers that a target can ask for. */
export const largestTarget = 1_000_000;

/** One target: how many answers from a place, with a choice of the target question or (empty) altogether. */
export type Target = { readonly placeId: string; readonly choice: string; readonly target: number };

const cell = z.union([z.literal('').transform(() => null), z.coerce.number().int().min(1).max(largestTarget)]);

/** Targets as their table sends them: `target.<place>|<n>` to a number, empty for none; n counts the choices from 1, 0 is altogether. */
export const targetsFields = z.object({ target: z.record(z.string(), cell).default({}) }).transform(({ target }) =>
	Object.entries(target).map(([key, value]) => {
		const [placeId = '', at = '0'] = key.split('|');
		return { placeId, at: Number(at), target: value };
	})
);

/** What was typed, with the names of the choices in place of their numbers. */
export const targetCells = (typed: z.output<typeof targetsFields>, choices: readonly { name: string }[]): TargetCell[] =>
	typed.flatMap(({ placeId, at, target }) => {
		const choice = at === 0 ? '' : choices[at - 1]?.name;
		return choice === undefined ? [] : [{ placeId, choice, target }];
	});

/** A target to set, or (null) to take away. */
export type TargetCell = { placeId: string; choice: string; target: number | null };

/** Columns of an import of targets, and of their export. */
export const targetColumns = ['place', 'place_name', 'choice', 'target'];

/** What targets of a round may be about. */
export type TargetGround = { readonly places: readonly TreePlace[]; readonly choices: readonly { name: string; label: string }[]; readonly there: readonly Target[] };

/**
 * Compares a file of targets with those there are: a row sets the target of a place (and a choice), an empty or zero target takes
 * it away. A place is named by id, by code or, where only one is meant, by name.
 * @throws Problem of the file as a whole, see `readSheet`
 */
export function planTargets({ places, choices, there }: TargetGround, table: readonly (readonly string[])[], locale: Locale): ImportPlan<TargetCell> {
	const sheet = readSheet(table, targetColumns, ['place', 'target']);
	const known = new Map(there.map((each) => [`${each.placeId}|${each.choice}`, each.target]));
	const find = placeFinder(places);
	const seen = new Map<string, number>();
	const rows: ImportRow[] = [];
	const writes: TargetCell[] = [];
	for (const { line, cell: at } of sheet.rows) {
		const reasons: ImportReason[] = [];
		const named = at('place') || at('place_name') || '';
		const place = find(named);
		if (typeof place === 'string') reasons.push({ code: place, facts: { place: named.slice(0, 80) } });
		const choice = choiceOf(at('choice') ?? '', choices);
		if (choice === undefined) reasons.push({ code: 'import.target-choice', facts: { choice: (at('choice') ?? '').slice(0, 80) } });
		const target = numberOf(at('target') ?? '');
		if (target === undefined) reasons.push({ code: 'import.target-number', facts: { maximum: largestTarget } });
		const label = typeof place === 'string' ? named : [localText(place.name, locale).text, choice].filter(Boolean).join(' · ');
		if (reasons.length > 0 || typeof place === 'string' || choice === undefined || target === undefined) {
			rows.push({ line, action: 'error', label, changes: [], reasons });
			continue;
		}
		const key = `${place.id}|${choice}`;
		const twice = seen.get(key);
		if (twice !== undefined) {
			rows.push({ line, action: 'error', label, changes: [], reasons: [{ code: 'import.twice', facts: { line: twice } }] });
			continue;
		}
		seen.set(key, line);
		const before = known.get(key) ?? null;
		const action = before === target ? 'unchanged' : before === null ? 'add' : 'change';
		const changes = action === 'unchanged' ? [] : [{ column: 'target', from: before === null ? '' : String(before), to: target === null ? '' : String(target) }];
		rows.push({ line, action, label, changes, reasons: [] });
		if (action !== 'unchanged') writes.push({ placeId: place.id, choice, target });
	}
	return planOf(rows, writes, sheet.ignored);
}

function placeFinder(places: readonly TreePlace[]): (named: string) => TreePlace | 'import.target-place' | 'import.target-place-ambiguous' {
	const byId = new Map(places.map((place) => [place.id, place]));
	const byCode = new Map(places.flatMap((place) => (place.code === null ? [] : [[place.code.toUpperCase(), place] as const])));
	return (named) => {
		const exact = byId.get(named.toLowerCase()) ?? byCode.get(named.toUpperCase());
		if (exact) return exact;
		const key = fold(named);
		const same = key === '' ? [] : places.filter((place) => Object.values(place.name).some((name) => fold(name) === key));
		const [only] = same;
		return only && same.length === 1 ? only : same.length === 0 ? 'import.target-place' : 'import.target-place-ambiguous';
	};
}

function choiceOf(given: string, choices: TargetGround['choices']): string | undefined {
	if (given === '') return '';
	return choices.find(({ name }) => name === given)?.name ?? choices.find(({ label }) => fold(label) === fold(given))?.name;
}

/** null: the target is taken away. */
function numberOf(given: string): number | null | undefined {
	if (given === '' || given === '0') return null;
	const plain = given.replace(/[\s\u00a0\u202f]/g, '');
	return /^\d{1,7}$/.test(plain) && Number(plain) <= largestTarget ? Number(plain) : undefined;
}

import { columnsOf, fieldsOf, isSheet, sheetOf, type Book } from './book.ts';
import { listsOf, outlineOf, settingsOf } from './outline.ts';

/** A field that says something else: `''` where there was or is nothing. */
export type FieldChange = { readonly field: string; readonly before: string; readonly after: string };

/** Where something stands: in which group (`''` at the top), after what (`''` as the first). */
export type Standing = { readonly inside: string; readonly after: string };

/** What became of one question, group or choice. */
export type ItemChange = {
	readonly name: string;
	/** Its words, in the first language that has some. */
	readonly label: string;
	readonly kind: 'added' | 'removed' | 'changed' | 'moved';
	readonly moved: { readonly from: Standing; readonly to: Standing } | null;
	/** Every field of what was added or removed; the changed ones otherwise. */
	readonly fields: readonly FieldChange[];
};

export type Differences = {
	readonly survey: readonly ItemChange[];
	readonly lists: readonly { readonly list: string; readonly changes: readonly ItemChange[] }[];
	readonly settings: readonly FieldChange[];
	/** Other sheets (entities, osm, …) that say something else. */
	readonly sheets: readonly string[];
};

type Item = { readonly name: string; readonly inside: string; readonly after: string; readonly fields: Readonly<Record<string, string>> };

/** What changed from one state of an instrument to another, by the names of questions and choices. The version itself is no change. */
export function differences(before: Book, after: Book): Differences {
	const [oldLists, newLists] = [listItems(before), listItems(after)];
	const lists = [...new Set([...oldLists.keys(), ...newLists.keys()])].map((list) => ({ list, changes: compare(oldLists.get(list) ?? [], newLists.get(list) ?? []) }));
	return {
		survey: compare(surveyItems(before), surveyItems(after)),
		lists: lists.filter(({ changes }) => changes.length > 0),
		settings: fieldChanges(withoutVersion(settingsOf(before)), withoutVersion(settingsOf(after))),
		sheets: otherSheets(before, after)
	};
}

export const nothingChanged = ({ survey, lists, settings, sheets }: Differences): boolean => survey.length + lists.length + settings.length + sheets.length === 0;

const withoutVersion = (settings: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(settings).filter(([key]) => key !== 'version'));

/** The rows of the survey sheet by name, each with where it stands. The same name again gets a number. */
function surveyItems(book: Book): Item[] {
	const groups: string[] = [];
	const last = [''];
	const seen = new Map<string, number>();
	const items: Item[] = [];
	for (const row of outlineOf(book)) {
		if (row.edge === 'end') {
			groups.pop();
			last.pop();
			continue;
		}
		const own = row.fields['name'] ?? row.fields['type'] ?? '';
		const times = (seen.get(own) ?? 0) + 1;
		seen.set(own, times);
		const name = times === 1 ? own : `${own} (${times})`;
		items.push({ name, inside: groups.at(-1) ?? '', after: last.at(-1) ?? '', fields: row.fields });
		last[last.length - 1] = name;
		if (row.edge === 'begin') {
			groups.push(name);
			last.push('');
		}
	}
	return items;
}

function listItems(book: Book): Map<string, Item[]> {
	return new Map(
		listsOf(book).map(({ name, choices }) => {
			const seen = new Map<string, number>();
			let after = '';
			const items = choices.map(({ fields }) => {
				const own = fields['name'] ?? '';
				const times = (seen.get(own) ?? 0) + 1;
				seen.set(own, times);
				const item = { name: times === 1 ? own : `${own} (${times})`, inside: '', after, fields };
				after = item.name;
				return item;
			});
			return [name, items];
		})
	);
}

function compare(before: readonly Item[], after: readonly Item[]): ItemChange[] {
	const old = new Map(before.map((item) => [item.name, item]));
	const names = new Set(after.map((item) => item.name));
	const moved = movedNames(before, after);
	const kept = after.flatMap((item): ItemChange[] => {
		const was = old.get(item.name);
		if (!was) return [{ name: item.name, label: labelOf(item), kind: 'added', moved: null, fields: fieldChanges({}, item.fields) }];
		const fields = fieldChanges(was.fields, item.fields);
		const way = moved.has(item.name) ? { from: standing(was), to: standing(item) } : null;
		if (fields.length === 0 && way === null) return [];
		return [{ name: item.name, label: labelOf(item), kind: fields.length === 0 ? 'moved' : 'changed', moved: way, fields }];
	});
	const removed = before.filter((item) => !names.has(item.name)).map((item): ItemChange => ({ name: item.name, label: labelOf(item), kind: 'removed', moved: null, fields: fieldChanges(item.fields, {}) }));
	return [...kept, ...removed];
}

const labelOf = ({ fields }: Item): string => Object.entries(fields).find(([key]) => key === 'label' || key.startsWith('label::'))?.[1] ?? '';

const standing = ({ inside, after }: Item): Standing => ({ inside, after });

/**
 * Names that stand elsewhere: in another group, or out of order among those that stayed. The longest run that kept its
 * order counts as having stayed, so that one question moved to the end is one move and not many.
 */
function movedNames(before: readonly Item[], after: readonly Item[]): Set<string> {
	const old = new Map(before.map((item, index) => [item.name, { item, index }]));
	const moved = new Set<string>();
	const byGroup = new Map<string, { name: string; index: number }[]>();
	for (const item of after) {
		const was = old.get(item.name);
		if (!was) continue;
		if (was.item.inside !== item.inside) moved.add(item.name);
		else byGroup.set(item.inside, [...(byGroup.get(item.inside) ?? []), { name: item.name, index: was.index }]);
	}
	for (const group of byGroup.values()) {
		const stayed = new Set(longestRising(group.map(({ index }) => index)));
		for (const { name, index } of group) if (!stayed.has(index)) moved.add(name);
	}
	return moved;
}

/** The longest rising subsequence, by patience sorting. */
function longestRising(numbers: readonly number[]): number[] {
	const tails: number[] = [];
	const before: (number | undefined)[] = [];
	numbers.forEach((number, i) => {
		let [low, high] = [0, tails.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((numbers[tails[middle] ?? 0] ?? 0) < number) low = middle + 1;
			else high = middle;
		}
		before[i] = low === 0 ? undefined : tails[low - 1];
		tails[low] = i;
	});
	const run: number[] = [];
	for (let i = tails.at(-1); i !== undefined; i = before[i]) run.unshift(numbers[i] ?? 0);
	return run;
}

function fieldChanges(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): FieldChange[] {
	const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	return fields.flatMap((field) => {
		const [was, is] = [before[field] ?? '', after[field] ?? ''];
		return was === is || field === 'list_name' ? [] : [{ field, before: was, after: is }];
	});
}

const compared = ['survey', 'choices', 'settings'];

function otherSheets(before: Book, after: Book): string[] {
	const names = new Set([...before.sheets, ...after.sheets].map((sheet) => sheet.name.trim().toLowerCase()).filter((name) => !compared.includes(name)));
	const text = (book: Book, name: string): string => {
		const sheet = sheetOf(book, name);
		return sheet ? JSON.stringify(sheet.rows.map((row) => fieldsOf(columnsOf(sheet), row))) : '';
	};
	return [...names].filter((name) => text(before, name) !== text(after, name) && [...before.sheets, ...after.sheets].some((sheet) => isSheet(sheet, name)));
}

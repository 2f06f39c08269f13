import { z } from 'zod';
import { locales, localTextOf, type LocalText } from '#platform/locales.ts';

const list = (value: unknown): unknown => (value === undefined || value === '' ? null : value);

/** Text in several languages that may be missing altogether. */
const maybeText = (max: number) =>
	z.preprocess(
		(value) => value ?? {},
		z.partialRecord(z.enum(locales), z.string().trim().max(max)).transform((value): LocalText => Object.fromEntries(Object.entries(value).filter(([, text]) => text !== '')))
	);

/** Twelve colours, each with its own pattern of line: colour is never all that tells two codes apart. */
export const codeColours = 12;

/** A code as its form sends it. */
export const codeFields = z.object({
	name: localTextOf(120),
	definition: maybeText(2000),
	useWhen: maybeText(1000),
	useNot: maybeText(1000),
	examples: maybeText(2000),
	parentId: z.preprocess(list, z.uuid().nullable()),
	colour: z.coerce.number().int().min(0).max(codeColours - 1),
	memo: z.string().trim().max(4000).default('')
});
export type CodeFields = z.output<typeof codeFields>;

/** A code as it is kept. */
export type Code = CodeFields & { readonly id: string; readonly position: number; readonly state: string; readonly mergedIntoId: string | null };

/** A code with its depth in the tree, in the order in which the codebook is read. */
export type TreeCode = Code & { readonly depth: number };

/** The codebook as a tree read from top to bottom. Codes whose parent is not there stand at the top. */
export function treeOf(codes: readonly Code[]): TreeCode[] {
	const children = new Map<string | null, Code[]>();
	const ids = new Set(codes.map(({ id }) => id));
	for (const code of codes) {
		const parent = code.parentId !== null && ids.has(code.parentId) ? code.parentId : null;
		children.set(parent, [...(children.get(parent) ?? []), code]);
	}
	const tree: TreeCode[] = [];
	const seen = new Set<string>();
	const walk = (parent: string | null, depth: number): void => {
		for (const code of (children.get(parent) ?? []).sort((a, b) => a.position - b.position || a.id.localeCompare(b.id))) {
			if (seen.has(code.id)) continue;
			seen.add(code.id);
			tree.push({ ...code, depth });
			walk(code.id, depth + 1);
		}
	};
	walk(null, 0);
	return tree;
}

/** As what each code is read: itself, or what it was merged into. */
export function readAs(codes: readonly Pick<Code, 'id' | 'mergedIntoId'>[]): (id: string) => string {
	const into = new Map(codes.map(({ id, mergedIntoId }) => [id, mergedIntoId]));
	return (id) => {
		let at = id;
		for (let steps = 0; steps < 100; steps++) {
			const next = into.get(at);
			if (next === null || next === undefined) break;
			at = next;
		}
		return at;
	};
}

/** A code and everything below it, and all that was merged into any of these. */
export function withBelow(codes: readonly Code[], id: string): Set<string> {
	const as = readAs(codes);
	const wanted = new Set([id]);
	for (const { id: each, parentId } of treeOf(codes)) if (parentId !== null && wanted.has(as(parentId))) wanted.add(as(each));
	return new Set(codes.filter((code) => wanted.has(as(code.id))).map((code) => code.id));
}

/** The codes that can be given: active, in the order of the tree. */
export const activeCodes = (codes: readonly Code[]): TreeCode[] => treeOf(codes).filter(({ state }) => state === 'active');

/** A leaf of a submission that has been accepted before: where it stands and which instance of each level it is in. */
export type LeafVisitor = (path: string, ordinals: readonly number[], text: () => string) => void;

type Open = { path: string; ordinal: number; counts: Map<string, number> | undefined; textFrom: number };

const local = (name: string): string => {
	const colon = name.indexOf(':');
	return colon === -1 ? name : name.slice(colon + 1);
};

/**
 * Walks the leaves of a submission's XML. Only for what the intake has read and accepted: well-formed, without document
 * type and processing instructions; ten times as quick as reading it strictly once more.
 * @param visit gets the path, the number of each element among its like-named neighbours (from the child of the root down), and its text when asked
 */
export function walkLeaves(xml: string, visit: LeafVisitor): void {
	const open: Open[] = [];
	let at = 0;
	for (;;) {
		const start = xml.indexOf('<', at);
		if (start === -1) return;
		if (xml.startsWith('<!--', start)) {
			at = after(xml, '-->', start);
		} else if (xml.startsWith('<![CDATA[', start)) {
			at = after(xml, ']]>', start);
		} else if (xml[start + 1] === '?') {
			at = after(xml, '?>', start);
		} else if (xml[start + 1] === '/') {
			leave(xml, open, start, visit);
			at = after(xml, '>', start);
		} else {
			const end = endOfTag(xml, start);
			enter(xml, open, start, end);
			if (xml[end - 1] === '/') leave(xml, open, end + 1, visit);
			at = end + 1;
		}
		if (at <= start) return;
	}
}

function after(xml: string, mark: string, from: number): number {
	const found = xml.indexOf(mark, from);
	return found === -1 ? xml.length : found + mark.length;
}

/** Where a tag's `>` stands; one inside a quoted attribute does not end it. */
function endOfTag(xml: string, start: number): number {
	let end = xml.indexOf('>', start);
	let quote = '';
	for (let i = start; i < xml.length; i++) {
		const letter = xml[i] ?? '';
		if (quote !== '') {
			if (letter === quote) quote = '';
			if (i > end) end = xml.indexOf('>', i);
		} else if (letter === '"' || letter === "'") quote = letter;
		else if (letter === '>') return i;
	}
	return end === -1 ? xml.length : end;
}

function enter(xml: string, open: Open[], start: number, end: number): void {
	let stop = start + 1;
	while (stop < end && !/[\s/>]/.test(xml[stop] ?? '>')) stop++;
	const name = local(xml.slice(start + 1, stop));
	const parent = open.at(-1);
	if (parent === undefined) {
		open.push({ path: `/${name}`, ordinal: 1, counts: undefined, textFrom: end + 1 });
		return;
	}
	parent.counts ??= new Map();
	const ordinal = (parent.counts.get(name) ?? 0) + 1;
	parent.counts.set(name, ordinal);
	open.push({ path: `${parent.path}/${name}`, ordinal, counts: undefined, textFrom: end + 1 });
}

function leave(xml: string, open: Open[], end: number, visit: LeafVisitor): void {
	const closed = open.pop();
	if (closed === undefined || closed.counts !== undefined || open.length === 0) return;
	visit(closed.path, [...open.slice(1).map((each) => each.ordinal), closed.ordinal], () => unescaped(xml.slice(closed.textFrom, Math.max(closed.textFrom, end))));
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
	if (!/[&<]/.test(text)) return text;
	return text
		.replace(/<!--[\s\S]*?-->/g, '')
		.replace(/<!\[CDATA\[([\s\S]*?)\]\]>|&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, raw: string | undefined, entity: string | undefined) => {
			if (raw !== undefined) return raw;
			if (entity === undefined) return whole;
			if (!entity.startsWith('#')) return entities[entity] ?? whole;
			const code = entity[1] === 'x' || entity[1] === 'X' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
			return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
		});
}

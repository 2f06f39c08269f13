import { lengthOf, positionsOf, type Span } from '../text.ts';

/** The code point at a point of the drawn text; null outside of it. Pieces know where they begin (`data-at`). */
function codePointAt(root: HTMLElement, node: Node, offset: number): number | null {
	if (!root.contains(node)) return null;
	const piece = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('[data-at]');
	if (piece && node.nodeType === Node.TEXT_NODE) return Number(piece.dataset['at']) + lengthOf((node.textContent ?? '').slice(0, offset));
	// Between pieces: where the next one begins, or where the last one ends.
	const range = document.createRange();
	range.setStart(node, offset);
	range.setEnd(root, root.childNodes.length);
	const pieces = [...root.querySelectorAll<HTMLElement>('[data-at]')];
	const next = pieces.find((each) => range.intersectsNode(each) && range.comparePoint(each, 0) >= 0);
	if (next) return Number(next.dataset['at']);
	const last = pieces.at(-1);
	return last ? Number(last.dataset['at']) + lengthOf(last.textContent ?? '') : null;
}

/** What is selected in the drawn text, in code points; null when nothing is. */
export function selectedSpan(root: HTMLElement): Span | null {
	const selection = getSelection();
	if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
	const range = selection.getRangeAt(0);
	const [starts, ends] = [codePointAt(root, range.startContainer, range.startOffset), codePointAt(root, range.endContainer, range.endOffset)];
	return starts === null || ends === null || starts >= ends ? null : { starts, ends };
}

/** Selects a passage in the drawn text, for the eye. */
export function showSpan(root: HTMLElement, span: Span): void {
	const edge = (at: number, end: boolean): [Node, number] | null => {
		for (const piece of root.querySelectorAll<HTMLElement>('[data-at]')) {
			const text = piece.firstChild;
			const from = Number(piece.dataset['at']);
			const positions = positionsOf(piece.textContent ?? '');
			const inside = at >= from && (end ? at <= from + positions.length : at < from + positions.length);
			if (text && inside) return [text, positions.units(at - from)];
		}
		return null;
	};
	const [from, to] = [edge(span.starts, false), edge(span.ends, true)];
	const selection = getSelection();
	if (!from || !to || !selection) return;
	selection.setBaseAndExtent(from[0], from[1], to[0], to[1]);
	from[0].parentElement?.scrollIntoView({ block: 'nearest' });
}

/**
 * Where an arrow key leads: the next or former word (left, right) or sentence (up, down); with Shift the passage grows or shrinks at its end.
 */
export function movedSpan(units: { words: readonly Span[]; sentences: readonly Span[] }, now: Span | null, key: string, grow: boolean): Span | null {
	const list = key === 'ArrowUp' || key === 'ArrowDown' ? units.sentences : units.words;
	const forward = key === 'ArrowRight' || key === 'ArrowDown';
	if (!now) return list[0] ?? null;
	if (!grow) return (forward ? list.find(({ starts }) => starts >= now.ends) : list.findLast(({ ends }) => ends <= now.starts)) ?? now;
	const ends = forward ? list.find((each) => each.ends > now.ends)?.ends : list.findLast((each) => each.ends < now.ends)?.ends;
	return ends !== undefined && ends > now.starts ? { starts: now.starts, ends } : now;
}

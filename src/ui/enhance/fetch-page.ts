import { unattendedHeader } from '../unattended.ts';

/**
 * Fetches a page of ours for a piece of it.
 * @param unattended nobody asked for it just now: it does not keep the session from locking
 * @returns undefined when it is not to be had as asked: the person was signed out, locked, or the server refused
 */
export async function fetchPage(address: string, signal: AbortSignal, unattended = false): Promise<Document | undefined> {
	const response = await fetch(address, { signal, headers: { accept: 'text/html', ...(unattended ? { [unattendedHeader]: '1' } : {}) } });
	if (!response.ok || response.redirected) return undefined;
	return new DOMParser().parseFromString(await response.text(), 'text/html');
}

/**
 * Puts pieces of a fetched page in the place of the same ones here. A piece bears `data-live` with a name of its own on the page;
 * one with `data-live="text"` as kind keeps its element, so that a screen reader hears the new words.
 */
export function takeOver(fresh: Document, pieces: Iterable<HTMLElement>): void {
	for (const piece of pieces) {
		const found = fresh.querySelector(`[data-live="${CSS.escape(piece.dataset['live'] ?? '')}"]`);
		if (!found) continue;
		if (piece.dataset['liveKind'] === 'text') piece.textContent = found.textContent;
		else piece.replaceWith(found);
	}
}

import type { Waiting } from '#offline/kept.ts';
import type { Room } from '#offline/room.svelte.ts';
import { noteWaiting } from '#offline/shelf.ts';
import { localizeHref } from '#paraglide/runtime.js';

/** Sends what a link no longer takes in the name of whoever is signed in, into the same round. */
export async function inOwnName(room: Room, waiting: Waiting): Promise<void> {
	const action = localizeHref(`${waiting.round}/fill/${waiting.errand === 'refusal' ? 'refusal' : 'submission'}`);
	await noteWaiting(room.vault, { ...waiting, action, refused: null });
	await room.send(waiting.id);
	await room.refresh();
}

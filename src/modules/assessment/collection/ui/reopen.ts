import type { Draft, Waiting } from '#offline/kept.ts';
import type { Room } from '#offline/room.svelte.ts';
import { asDraft } from '#offline/shelf.ts';
import { answersFile } from './engine.svelte.ts';

/** Whether answers have never left this device: then they can still be changed. */
export const neverOut = ({ errand, tries, sent }: Waiting): boolean => errand === 'answers' && tries === 0 && sent.length === 0;

/** Makes a draft again of what waits and has never been on its way; undefined when it has been by now. */
export async function reopened(room: Room, waiting: Waiting): Promise<Draft | undefined> {
	const draft = await asDraft(room.vault, waiting.id, answersFile);
	await room.changed();
	return draft;
}

import { z } from 'zod';
import type { Instrument } from '#xforms/instrument.ts';
import { answeredQuestions } from '../answers.ts';
import { reasonSchema, type ErasureReason } from './erasure.ts';

/** A file that a submission names, as it stands. */
export type SubmissionFile = {
	readonly name: string;
	/** Null until it has arrived, and once it is struck. */
	readonly stored: { readonly mediaType: string; readonly bytes: number; readonly receivedAt: Date } | null;
	readonly struck: { readonly at: Date; readonly who: string; readonly reason: ErasureReason; readonly note: string } | null;
};

/** How a file is shown on its page; everything else is offered for download alone. */
export type ShownAs = 'picture' | 'sound' | 'video' | 'download';

/** What a browser can show in its place without running anything. */
export function shownAs(mediaType: string): ShownAs {
	if (/^image\/(png|jpeg|webp)$/.test(mediaType)) return 'picture';
	if (mediaType.startsWith('audio/')) return 'sound';
	return mediaType.startsWith('video/') ? 'video' : 'download';
}

/** The question that a file answers. */
export const questionOfFile = (instrument: Instrument, answers: Readonly<Record<string, string | readonly string[]>>, name: string) =>
	answeredQuestions(instrument).find(({ xpath }) => {
		const answer = answers[xpath];
		return (typeof answer === 'string' ? [answer] : (answer ?? [])).some((each) => each.normalize('NFC') === name);
	});

/** Striking a file as its form sends it. */
export const strikeFields = z.object({ reason: reasonSchema, note: z.string().trim().max(500).default('') });
export type StrikeFields = z.output<typeof strikeFields>;

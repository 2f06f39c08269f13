import { z } from 'zod';

/** What a review can say of a submission. `received`: not looked at yet, or to be looked at anew. */
export const reviewStates = ['received', 'has_issues', 'approved', 'rejected'] as const;
export type ReviewState = (typeof reviewStates)[number];

/** How a submission stands, as it is shown. `edited`: a version that took another's place and that nobody has reviewed since. */
export const shownStates = ['received', 'edited', 'has_issues', 'approved', 'rejected'] as const;
export type ShownState = (typeof shownStates)[number];

/** Longest note of a review, in characters. */
export const longestNote = 2000;

/** A review as its form sends it. `id` is minted where the form was made, so that sending it again changes nothing. */
export const reviewFields = z.object({
	id: z.uuid(),
	state: z.enum(reviewStates),
	note: z.string().trim().max(longestNote).default('')
});
export type ReviewFields = z.infer<typeof reviewFields>;

/** One review in the history of a submission. */
export type Review = {
	readonly id: string;
	readonly submissionId: string;
	readonly state: ReviewState;
	readonly note: string;
	readonly reviewedAt: Date;
	readonly reviewer: string;
};

/** One version of a submission: what first came, and each edit after it. */
export type SubmissionVersion = {
	readonly id: string;
	readonly instanceId: string;
	readonly receivedAt: Date;
	readonly reviewState: ReviewState;
	readonly current: boolean;
};

import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { record } from '#platform/journal.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { problem } from '#platform/problem.ts';
import type { CollectedFile } from './form-files.server.ts';
import type { ShownState } from './review.ts';

/** Submissions that are listed at most. */
export const mostSent = 200;

/** What somebody sent in their own name, as far as they are told of it. */
export type SentByMe = {
	readonly submissionId: string;
	readonly programmeId: string;
	readonly roundId: string;
	readonly title: LocalText;
	readonly round: LocalText;
	readonly timeZone: string;
	readonly open: boolean;
	readonly sensitive: boolean;
	readonly receipt: string;
	readonly receivedAt: Date;
	/** When the version that counts now came, if another was there before it. */
	readonly changedAt: Date | null;
	readonly state: ShownState;
	/** A reviewer has corrected the answers. */
	readonly corrected: boolean;
	readonly note: string | null;
	readonly reviewedAt: Date | null;
	/** The answers can be opened again. */
	readonly reopens: boolean;
};

/** What the acting person sent, the newest first; at most `mostSent`. */
export async function sentByMe(tx: Tx): Promise<SentByMe[]> {
	const { rows } = await sql<SentByMe>`select s.*, r.programme_id, r.name as round, i.title, p.time_zone, r.state = 'open' as open, r.sensitive
		from assessment.sent_by_me(${mostSent}) s join assessment.round r on r.id = s.round_id join network.programme p on p.id = r.programme_id
			join assessment.instrument_version v on v.id = r.instrument_version_id join assessment.instrument i on i.id = v.instrument_id
		order by s.received_at desc, s.submission_id desc`.execute(tx);
	return rows;
}

/** Answers that go back to who sent them, to be corrected. */
export type Reopened = { readonly instanceId: string; readonly xml: string; readonly files: readonly { readonly name: string; readonly mediaType: string }[] };

type Place = { readonly programme: string; readonly round: string; readonly submission: string };

/**
 * Opens answers again for who sent them, once a review has found issues; the journal says so.
 * @throws Problem `collection.not-reopened` (404) for anybody and anything else, without saying why
 */
export async function reopen(tx: Tx, { programme, round, submission }: Place): Promise<Reopened> {
	const { rows } = await sql<{ programmeId: string; roundId: string; instanceId: string; xml: string }>`select * from assessment.reopened(${submission}::uuid)`.execute(tx);
	const [found] = rows;
	if (found?.programmeId !== programme || found.roundId !== round) throw problem('collection.not-reopened', 404);
	const { instanceId, xml } = found;
	await record(tx, 'submission.reopen', programme, { table: 'assessment.submission', id: submission });
	return { instanceId, xml, files: (await filesReopened(tx, submission)).map(({ name, mediaType }) => ({ name, mediaType })) };
}

/** The files of answers that go back to who sent them; none where the answers do not. */
export async function filesReopened(tx: Tx, submission: string): Promise<Pick<CollectedFile, 'name' | 'mediaType' | 'bytes' | 'content'>[]> {
	const { rows } = await sql<{ name: string; mediaType: string; bytes: string; sha256: Buffer }>`select * from assessment.reopened_files(${submission}::uuid) order by name`.execute(tx);
	return rows.map(({ name, mediaType, bytes, sha256 }) => ({ name, mediaType, bytes: Number(bytes), content: { sha256 } }));
}

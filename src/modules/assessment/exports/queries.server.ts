import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { notFound, problem } from '#platform/problem.ts';
import { shownName } from '#platform/shown-name.ts';
import { exportFormats } from './choice.ts';

/** Rounds with versions of the same questionnaire that the acting person may export as well. */
export async function siblingRounds(tx: Tx, roundId: string): Promise<{ id: string; number: number; name: LocalText; version: string }[]> {
	const { rows } = await sql<{ id: string; number: number; name: LocalText; version: string }>`select o.id, o.number, o.name, ov.version
		from assessment.round r join assessment.instrument_version v on v.id = r.instrument_version_id
			join assessment.instrument_version ov on ov.instrument_id = v.instrument_id join assessment.round o on o.instrument_version_id = ov.id
		where r.id = ${roundId} and o.id <> r.id and o.id = any((select assessment.analysed_rounds())::uuid[]) order by o.number`.execute(tx);
	return rows;
}

/** Places where submissions of a round stand, with what lies above them, for a filter. */
export async function placesOfRound(tx: Tx, roundId: string): Promise<{ id: string; name: LocalText; depth: number }[]> {
	const { rows } = await sql<{ id: string; name: LocalText; depth: number }>`select p.id, p.name, nlevel(p.path) as depth from network.place p
		where p.programme_id = (select r.programme_id from assessment.round r where r.id = ${roundId}) and exists (
			select from assessment.round_place c join network.place covered on covered.id = c.place_id where c.round_id = ${roundId} and (p.path <@ covered.path or covered.path <@ p.path))
		order by p.path limit 500`.execute(tx);
	return rows;
}

const format = z.enum(exportFormats);

/** The exports of a round that the acting person may know of, newest first. */
export async function listExports(tx: Tx, roundId: string) {
	const rows = await tx
		.selectFrom('assessment.answerExport as e')
		.innerJoin('network.person as p', 'p.id', 'e.personId')
		.select(['e.id', 'e.format', 'e.submissions', 'e.total', 'e.madeAt', 'e.fileName', 'e.bytes', 'e.keptUntil', 'e.personId', 'e.jobId', shownName('p').as('who')])
		.where(sql<boolean>`${roundId}::uuid = any(e.rounds)`)
		.orderBy('e.madeAt', 'desc')
		.limit(50)
		.execute();
	return rows.map((row) => ({ ...row, format: format.parse(row.format) }));
}
export type ListedExport = Awaited<ReturnType<typeof listExports>>[number];

/**
 * The file of an export that a job prepared for the acting person, while it is kept and no answer of its rounds was erased since.
 * @throws Problem `not-found`, `export.gone` (410)
 */
export async function keptExport(tx: Tx, id: string): Promise<{ id: string; fileName: string; bytes: number; fileKey: Buffer; roundId: string; rounds: string[] }> {
	const { rows } = await sql<{ id: string; fileName: string | null; bytes: string | null; fileKey: Buffer | null; roundId: string; rounds: string[]; stands: boolean }>`
		select e.id, e.file_name, e.bytes, e.file_key, e.round_id, e.rounds, e.kept_until > now()
			and not exists (select from assessment.erasure x where x.round_id = any(e.rounds) and x.erased_at >= e.made_at) as stands
		from assessment.answer_export e where e.id = ${id} and e.person_id = (select platform.actor_person()) and e.job_id is not null`.execute(tx);
	const [found] = rows;
	if (!found) throw notFound();
	if (found.fileName === null || found.fileKey === null || !found.stands) throw problem('export.gone', 410);
	return { ...found, fileName: found.fileName, fileKey: found.fileKey, bytes: Number(found.bytes) };
}

/** The feeds of a round, newest first. */
export const listFeeds = (tx: Tx, roundId: string) =>
	tx
		.selectFrom('assessment.answerFeed as f')
		.innerJoin('network.person as p', 'p.id', 'f.personId')
		.select(['f.id', 'f.label', 'f.expiresAt', 'f.revokedAt', 'f.lastUsedAt', 'f.createdAt', shownName('p').as('who')])
		.where('f.roundId', '=', roundId)
		.orderBy('f.createdAt', 'desc')
		.execute();

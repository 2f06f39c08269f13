import type { Tx } from '#platform/database.server.ts';
import { notFound } from '#platform/problem.ts';
import { listRecords, type ListFilter, type ListSource } from '#platform/record-list.server.ts';
import { citedIds, versionOf } from '#platform/record.server.ts';
import { trainingGaps, trainingPriorities } from './commands.server.ts';

const trainings: ListSource = { table: 'training.training', title: 'title', organisation: 'ownerId', day: 'startsOn' };

/** A page of trainings; `day` is when each starts. */
export const listTrainings = (tx: Tx, programmeId: string, filter: ListFilter) => listRecords(tx, trainings, programmeId, filter);

/** One training, with what it responds to. @throws Problem `not-found` */
export async function getTraining(tx: Tx, programmeId: string, id: string) {
	const training = await tx
		.selectFrom('training.training')
		.selectAll()
		.select(versionOf().as('version'))
		.where('id', '=', id)
		.where('programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!training) throw notFound();
	return { ...training, gaps: await citedIds(tx, trainingGaps, id), priorities: await citedIds(tx, trainingPriorities, id) };
}

import { migrate, MissingRight, NewerDatabase } from '#platform/migrate.server.ts';
import type { Settings } from '#platform/settings.ts';
import { asProblem, newerData } from '#server/data-folder.ts';
import type { DatabaseAccess } from '#server/database.ts';
import { OperatorProblem } from '#server/problem.ts';

/**
 * Runs the migrations that a database lacks.
 *
 * @returns their names
 * @throws OperatorProblem when the data is newer than this program, or the database's owner may not change it
 */
export async function bringUpToDate(chosen: Settings, database: DatabaseAccess): Promise<string[]> {
	try {
		return await migrate(database.owner, database.appPassword);
	} catch (error) {
		if (error instanceof NewerDatabase) {
			throw new OperatorProblem(newerData(chosen.DATABASE_URL === undefined ? chosen.HAMKOR_DATA : 'the database'));
		}
		if (error instanceof MissingRight) throw new OperatorProblem(error.message);
		throw asProblem(error, chosen.HAMKOR_DATA);
	}
}

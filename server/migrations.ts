import { migrate, MissingRight, NewerDatabase, versionOf } from '#platform/migrate.server.ts';
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

/**
 * For commands that work on a database as it stands.
 *
 * @throws OperatorProblem when there is none yet, or one of another version
 */
export async function demandDatabase(chosen: Settings, database: DatabaseAccess): Promise<void> {
	const version = await versionOf(database.owner);
	const place = chosen.DATABASE_URL === undefined ? chosen.HAMKOR_DATA : 'the database';
	if (version === 'newer') throw new OperatorProblem(newerData(place));
	if (version === 'empty') throw new OperatorProblem(`Nothing of Hamkor is in ${place} yet: set HAMKOR_DATA or DATABASE_URL to where its data is, or start the program once.`);
	if (version === 'older') throw new OperatorProblem(`The data in ${place} is of an older version of Hamkor: run "hamkor migrate" first, or start the program.`);
}

import { settings } from '#platform/settings.ts';
import { accessDatabase } from '#server/database.ts';
import { bringUpToDate } from '#server/migrations.ts';
import { takesNothing } from './arguments.ts';

export const help = `
hamkor migrate

Brings the database up to this version of the program: the one of DATABASE_URL, or the embedded one in the data folder.
"start" does the same by itself. Migrations go forward only.
`;

export async function run(args: string[]): Promise<number> {
	takesNothing(args, help);
	const chosen = settings();
	const onLost = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
	const database = await accessDatabase(chosen, 'hamkor migrate', { share: true, onLost });
	try {
		const done = await bringUpToDate(chosen, database);
		process.stdout.write(done.length === 0 ? 'The database is up to date.\n' : done.map((name) => `${name}\n`).join(''));
		return 0;
	} finally {
		await database.close();
	}
}

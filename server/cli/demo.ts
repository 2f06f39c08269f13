import { parseArgs } from 'node:util';
import { system } from '#platform/actor.ts';
import { closeDatabase, inTransaction, openDatabase } from '#platform/database.server.ts';
import { isLocale, locales, type Locale } from '#platform/locales.ts';
import { migrate, NewerDatabase } from '#platform/migrate.server.ts';
import { settings } from '#platform/settings.ts';
import { newerData } from '#server/data-folder.ts';
import { accessDatabase } from '#server/database.ts';
import { OperatorProblem } from '#server/problem.ts';
import { makeDemonstration } from '../../demo/make.ts';

export const help = `
hamkor demo [--locale LOCALE]

Lays out the demonstration programme, as the first run in the browser can: the frame of a real programme, and in it made-up
services, accounts, answers, findings, gaps and what came of them. Works while the program runs, and while it is stopped.

There is one demonstration in an installation. Run again after it was interrupted, the command makes the rest; run again when
all is there, it changes nothing. It goes forward only: there is no way to take a demonstration out of an installation, so keep
it apart from real work by a data folder of its own (HAMKOR_DATA).

Whoever administers the installation coordinates the demonstration. The made-up accounts have no password; they open at
/demo-sign-in with the code that "hamkor start" prints, on this machine alone.

  --locale LOCALE  the language in which the made-up accounts are named: ${locales.join(', ')}. Without it, the
                   administrator's own, or Uzbek.
`;

export async function run(args: string[]): Promise<number> {
	const locale = localeIn(args);
	const onLost = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
	const database = await accessDatabase(settings(), 'hamkor demo', { share: true, onLost });
	try {
		await migrate(database.owner, database.appPassword);
		openDatabase(database.app);
		const began = performance.now();
		const programmeId = await makeDemonstration({ personId: await administrator(), ...(locale ? { locale } : {}), progress: say });
		const seconds = ((performance.now() - began) / 1000).toFixed(1);
		process.stdout.write(`The demonstration is there (${seconds} s): /p/${programmeId}\n`);
		return 0;
	} catch (error) {
		if (error instanceof NewerDatabase) throw new OperatorProblem(newerData('the database'));
		throw error;
	} finally {
		await closeDatabase();
		await database.close();
	}
}

function localeIn(args: string[]): Locale | undefined {
	let given: string | undefined;
	try {
		given = parseArgs({ args, options: { locale: { type: 'string' } } }).values.locale;
	} catch (error) {
		throw new OperatorProblem(`${error instanceof Error ? error.message : 'These options are unknown.'}\n${help}`);
	}
	if (given !== undefined && !isLocale(given)) throw new OperatorProblem(`"${given}" is none of ${locales.join(', ')}.`);
	return given;
}

let tenths = 0;

/** Says every ten per cent that it goes on. */
async function say(percent: number): Promise<void> {
	if (Math.floor(percent / 10) <= tenths) return;
	tenths = Math.floor(percent / 10);
	process.stdout.write(`${tenths * 10} %\n`);
}

/** Who administers the installation, if somebody does already. */
async function administrator(): Promise<string | null> {
	const found = await inTransaction(system('first-run'), (tx) =>
		tx
			.selectFrom('platform.account')
			.select('personId')
			.where('installationAdministrator', '=', true)
			.where('disabledAt', 'is', null)
			.orderBy('createdAt')
			.executeTakeFirst()
	);
	return found?.personId ?? null;
}

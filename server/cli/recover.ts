import { parseArgs } from 'node:util';
import { tellOfAccount } from '#modules/network/tell.server.ts';
import { system } from '#platform/actor.ts';
import { closeDatabase, inTransaction, openDatabase } from '#platform/database.server.ts';
import { Problem } from '#platform/problem.ts';
import { settings } from '#platform/settings.ts';
import { normalName } from '#platform/sign-in/account.ts';
import { recoverAtTerminal, recoveryHours } from '#platform/sign-in/recovery.server.ts';
import { accessDatabase } from '#server/database.ts';
import { demandDatabase } from '#server/migrations.ts';
import { OperatorProblem } from '#server/problem.ts';
import { understood } from './arguments.ts';

export const help = `
hamkor recover SIGN-IN-NAME

Gives an account back to a person who lost every way to sign in and whom nobody in the program can help: the only
coordinator, or whoever administers the installation. (Anybody else: two people do it together on the page of the person.)

Prints the end of an address and a code; both are needed, once, within ${recoveryHours.toUse} hours. Nothing changes before they are used;
then the former password, codes, app and keys are gone and every session ends. The journal and messages to the person and
the coordinators say that it was done here.
`;

export async function run(args: string[]): Promise<number> {
	const name = nameFrom(args);
	const chosen = settings();
	const onLost = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
	const database = await accessDatabase(chosen, 'hamkor recover', { share: true, onLost });
	try {
		await demandDatabase(chosen, database);
		openDatabase({ ...database.app, max: 2 });
		const { token, code } = await inTransaction(system('sign-in'), async (tx) => {
			const made = await recoverAtTerminal(tx, name, new Date());
			await tellOfAccount(tx, made.personId, 'recovery-asked');
			return made;
		});
		process.stdout.write(`Address: …/recover/${token}\nCode:    ${code}\n\nPut the address of the program before it, and give both to the person herself.\n`);
		return 0;
	} catch (error) {
		if (error instanceof Problem) throw new OperatorProblem(`No open account has the sign-in name "${name}".`);
		throw error;
	} finally {
		await closeDatabase();
		await database.close();
	}
}

function nameFrom(args: string[]): string {
	const { positionals } = understood(() => parseArgs({ args, allowPositionals: true, options: {} }), help);
	const [name, ...more] = positionals;
	if (name === undefined || more.length > 0) throw new OperatorProblem(`Say one sign-in name.\n${help}`);
	return normalName(name);
}

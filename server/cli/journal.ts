import { parseArgs } from 'node:util';
import { system } from '#platform/actor.ts';
import { closeDatabase, inTransaction, openDatabase } from '#platform/database.server.ts';
import { isId } from '#platform/ids.ts';
import { erasePersonal, sealJournal, verifyJournal, type JournalReport } from '#platform/journal.server.ts';
import { settings } from '#platform/settings.ts';
import { accessDatabase } from '#server/database.ts';
import { demandDatabase } from '#server/migrations.ts';
import { OperatorProblem } from '#server/problem.ts';

export const help = `
hamkor journal verify [--head HASH]
hamkor journal seal
hamkor journal erase ENTRY
hamkor journal erase --person ID

Works while the program runs, and while it is stopped.

  verify   walks the chain of sealed blocks and recomputes every hash; ends with 1 when something was changed, removed or
           reordered. Prints the last block's hash, the head: keep it elsewhere, or give it to a partner organisation.
           --head HASH  asks in addition that a block with this hash, witnessed earlier, is still in the chain. Only so can
           blocks cut off at the end, or a chain computed anew as a whole, be found.
           What is not sealed yet (at most a minute's entries while the program runs) is not protected.
  seal     seals now what the program would seal within a minute.
  erase    erases personal values beside one entry, or beside all entries that a person made or that are about that person.
           The entries and the chain stay and still verify.
`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

export async function run(args: string[]): Promise<number> {
	const work = chosen(args);
	const onLost = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
	const database = await accessDatabase(settings(), 'hamkor journal', { share: true, onLost });
	try {
		await demandDatabase(settings(), database);
		openDatabase(database.app);
		return await work();
	} finally {
		await closeDatabase();
		await database.close();
	}
}

function chosen(args: string[]): () => Promise<number> {
	const [action = '', ...rest] = args;
	if (action === 'verify') {
		const { head } = options(rest, 'head').values;
		if (head !== undefined && !/^[0-9a-f]{64}$/i.test(head)) throw new OperatorProblem('A head is 64 digits and letters from a to f, as "hamkor journal verify" prints it.');
		return () => verify(head);
	}
	if (action === 'seal' && rest.length === 0) return seal;
	if (action === 'erase') {
		const { values, positionals } = options(rest, 'person');
		const { person } = values;
		const [entry] = positionals;
		const id = person ?? entry;
		if (id === undefined || positionals.length + (person === undefined ? 0 : 1) !== 1 || !isId(id)) {
			throw new OperatorProblem('Say which: "hamkor journal erase ENTRY" or "hamkor journal erase --person ID", with an id of the journal or of a person.');
		}
		return () => erase(person === undefined ? { entryId: id } : { personId: id });
	}
	throw new OperatorProblem(`"hamkor journal" needs to be told what to do: verify, seal or erase.\n${help}`);
}

function options(args: string[], name: 'head' | 'person'): { values: { head?: string; person?: string }; positionals: string[] } {
	try {
		return parseArgs({ args, allowPositionals: name === 'person', options: { [name]: { type: 'string' } } });
	} catch (error) {
		throw new OperatorProblem(`${error instanceof Error ? error.message : 'These options are unknown.'}\n${help}`);
	}
}

async function verify(head: string | undefined): Promise<number> {
	const report = await inTransaction(system('journal'), (tx) => verifyJournal(tx, head));
	say(reportText(report));
	return report.faults.length > 0 ? 1 : 0;
}

async function seal(): Promise<number> {
	let sealed = 0;
	for (let more = -1; more !== 0; sealed += more) more = await inTransaction(system('journal'), sealJournal);
	say(`Sealed: ${sealed}`);
	return 0;
}

async function erase(which: { entryId: string } | { personId: string }): Promise<number> {
	const erased = await inTransaction(system('erase'), (tx) => erasePersonal(tx, which));
	say(`Entries whose personal values were erased: ${erased}`);
	return 0;
}

const sentences: Readonly<Record<JournalReport['faults'][number]['kind'], string>> = {
	changed: 'an entry was changed, or the hash of the block',
	removed: 'an entry was removed',
	reordered: 'entries stand in another order',
	'chain-broken': 'the block does not follow from the one before it: a block was removed or replaced',
	'witness-missing': 'the witnessed head is not in the chain: blocks were cut off or computed anew'
};

/** What a report says at the terminal. */
export function reportText({ blocks, sealed, unsealed, head, faults }: JournalReport): string {
	return [
		`Blocks: ${blocks}`,
		`Entries sealed: ${sealed}`,
		`Entries not sealed yet: ${unsealed}`,
		`Head: ${head ? `${head.hash} (block ${head.no})` : 'none'}`,
		...faults.map(({ block, kind, entryId }) => `FAULT in block ${block}${entryId === undefined ? '' : `, entry ${entryId}`}: ${sentences[kind]}`),
		faults.length === 0 ? 'The chain is whole.' : `Faults: ${faults.length}`
	].join('\n');
}

/**
 * The commands of `bin/hamkor`, declared once: the bootstrap reads here what a command needs before it runs, and
 * the help lists them in this order. The body of each is `server/cli/<name>.ts`; a command without a body is not offered.
 *
 * `build`: the built pages must be up to date. `fromRoot`: it works on the project, whatever folder it was called from;
 * the others take file names as the caller wrote them.
 *
 * @typedef {{ name: string, summary: string, build: boolean, fromRoot: boolean }} Command
 * @type {readonly Command[]}
 */
export const commands = [
	{ name: 'start', summary: 'start the program', build: true, fromRoot: true },
	{ name: 'test', summary: 'run the unit, database and browser tests', build: true, fromRoot: true },
	{
		name: 'check',
		summary: 'types, lint, dependency rules, generated files, messages, budgets',
		build: true,
		fromRoot: true
	},
	{
		name: 'generate',
		summary: 'write the files that are derived from others',
		build: false,
		fromRoot: true
	},
	{ name: 'migrate', summary: 'bring the database up to date', build: false, fromRoot: true },
	{ name: 'recover', summary: 'give an account back to who lost every way to sign in', build: true, fromRoot: true },
	{ name: 'demo', summary: 'lay out the demonstration programme', build: true, fromRoot: true },
	{ name: 'journal', summary: 'verify and seal the journal, erase personal values beside it', build: false, fromRoot: true },
	{ name: 'xlsform', summary: 'read an XLSForm and say what is in it', build: true, fromRoot: false },
	{
		name: 'transliterate',
		summary: 'turn Uzbek text from one script into the other',
		build: false,
		fromRoot: false
	},
	{ name: 'disclosure', summary: 'protect tables before they are published, and attack what is', build: false, fromRoot: false },
	{ name: 'bench', summary: 'measure', build: true, fromRoot: true }
];

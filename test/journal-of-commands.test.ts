import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** A function of the program: where it stands, and its text. */
type Piece = { readonly file: string; readonly name: string; readonly text: string };

/** Top-level functions of a file: from one declaration at the margin to the next. */
function pieces(file: string): Piece[] {
	const parts = readFileSync(file, 'utf8').split(/^(?=(?:export )?(?:async )?(?:function|const) )/m);
	return parts.flatMap((text) => {
		const [, name] = /^(?:export )?(?:async )?(?:function|const) (\w+)/.exec(text) ?? [];
		return name === undefined ? [] : [{ file, name, text }];
	});
}

const files = globSync('src/{modules,platform}/**/*.server.ts').sort();
const all = files.flatMap(pieces);
const byName = Map.groupBy(all, ({ name }) => name);

/** Whoever takes a permit carries something out. */
const commands = all.filter(({ text }) => text.startsWith('export') && /\bpermit: (?:readonly )?Permit</.test(text));

/** What takes a permit and writes no entry of its own, and why. */
const without: Readonly<Record<string, string>> = {
	listAnswers: 'reads; the permit says that answers may be read',
	getAnswer: 'reads; the permit says that answers may be read',
	fileOf: 'reads one of the files of a submission',
	filesOf: 'reads which files came with answers',
	editPage: 'reads; the permit says that answers may be corrected',
	roundProgress: 'reads; the permit says that counts may be read',
	lookNow: 'asks a task to look again; nothing of the round changes',
	enterRelease: 'a part of publishing, whose entry holds the digest with the release in it',
	makeGrant: 'a part of inviting somebody and of giving a role, whose entries hold it',
	assertFresh: 'looks at a permit',
	personIn: 'looks at a permit'
};

/** Whether a function writes into the journal, itself or by one that it calls. */
function journals({ text, name }: Piece, seen = new Set<string>()): boolean {
	if (/\b(?:journal|record|recordFor)\(/.test(text.replace(/^.*$/m, ''))) return true;
	if (/insert into platform\.journal|insertInto\('platform\.journal'\)/.test(text)) return true;
	seen.add(name);
	const called = new Set([...text.matchAll(/\b(\w+)(?:<[^()]*>)?\(/g)].map(([, each = '']) => each));
	return [...called].some((each) => !seen.has(each) && (byName.get(each) ?? []).some((piece) => journals(piece, seen)));
}

describe('every command', () => {
	it('is found', () => {
		expect(commands.length).toBeGreaterThan(60);
	});
	it('leaves an entry in the journal', () => {
		const silent = commands.filter((command) => without[command.name] === undefined && !journals(command)).map(({ file, name }) => `${file} ${name}`);
		expect(silent, 'commands that take a permit and write no entry').toEqual([]);
		expect(Object.keys(without).filter((name) => !byName.has(name)), 'exceptions that are gone').toEqual([]);
	});
});

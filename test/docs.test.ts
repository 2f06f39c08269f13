import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commands } from '../scripts/commands.mjs';
import { declarations } from '#platform/settings.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const passedOver = new Set(['node_modules', 'build', '.svelte-kit', '.svelte-check', '.data', '.git', 'test-results', 'project.inlang', 'src/paraglide']);

/** Every page of documentation, by its path from the project's folder. */
function pages(folder = ''): string[] {
	return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const name = path.posix.join(folder, entry.name);
		if (entry.isDirectory()) return passedOver.has(entry.name) || passedOver.has(name) ? [] : pages(name);
		return entry.name.endsWith('.md') ? [name] : [];
	});
}

const read = (page: string): string => readFileSync(path.join(root, page), 'utf8');
const documentation = pages();

/** Text outside of fenced blocks: examples may name what does not exist. */
const prose = (text: string): string => text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '');

/** Targets of links and pictures, without what lies outside of the project. */
const links = (text: string): string[] =>
	[...prose(text).matchAll(/\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g)]
		.flatMap(([, target]) => target ?? [])
		.filter((target) => !/^(?:[a-z]+:|\/\/)/.test(target));

/** The anchor that a heading gets when the page is shown. */
const anchor = (heading: string): string =>
	heading
		.replace(/[`*_]/g, '')
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s-]/gu, '')
		.replace(/\s/g, '-');
const anchors = (page: string): string[] => [...prose(read(page)).matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading]) => anchor(heading ?? ''));

/** Files of the program and its tests, for names of environment variables that are no settings. */
function sources(folder: string): string[] {
	return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const name = path.posix.join(folder, entry.name);
		if (entry.isDirectory()) return sources(name);
		return /\.(?:ts|mjs)$/.test(name) && name !== 'test/docs.test.ts' ? [read(name)] : [];
	});
}

const elsewhere = ['server', 'src/platform', 'test', 'scripts'].flatMap(sources).join('\n') + read('.ci/run');

describe('the documentation', () => {
	it('is there, and is looked at', () => {
		expect(documentation).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md', 'docs/operations.md', 'docs/security.md']));
	});

	it.each(documentation)('%s: every link leads to a file, and every anchor to a heading', (page) => {
		const broken = links(read(page)).filter((target) => {
			const [file = '', hash] = target.split('#');
			const to = file === '' ? page : path.posix.join(path.posix.dirname(page), decodeURIComponent(file));
			if (!existsSync(path.join(root, to))) return true;
			return hash !== undefined && to.endsWith('.md') && !anchors(to).includes(decodeURIComponent(hash));
		});
		expect(broken).toEqual([]);
	});

	it.each(documentation)('%s: every command exists', (page) => {
		const there = commands.filter(({ name }) => existsSync(path.join(root, `server/cli/${name}.ts`))).map(({ name }) => name);
		const named = [...read(page).matchAll(/bin\/hamkor ([a-z]+)/g)].flatMap(([, name]) => name ?? []);
		expect(named.filter((name) => !there.includes(name))).toEqual([]);
	});

	it.each(documentation)('%s: every setting exists', (page) => {
		const unknown = [...read(page).matchAll(/\bHAMKOR_[A-Z_]+\b|\b(?:DATABASE|SMTP)_URL\b|\bMAIL_FROM\b/g)]
			.map(([name]) => name)
			.filter((name) => !(name in declarations) && !elsewhere.includes(name));
		expect(unknown).toEqual([]);
	});

	it('lists every decision, once and in order', () => {
		const files = readdirSync(path.join(root, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name)).sort();
		expect(links(read('docs/decisions/README.md'))).toEqual(files);
		expect(new Set(files.map((name) => name.slice(0, 4))).size).toBe(files.length);
	});

	it('tells each guide for users in English, Russian and Uzbek', () => {
		const guides = readdirSync(path.join(root, 'docs/users')).filter((name) => name.endsWith('.md'));
		expect(guides.sort()).toEqual(['en.md', 'ru.md', 'uz.md']);
		const sections = (name: string): number => [...read(`docs/users/${name}`).matchAll(/^## /gm)].length;
		expect(new Set(guides.map(sections)).size).toBe(1);
		const chapters = (locale: string): string[] => {
			const folder = path.join(root, 'docs/users', locale);
			return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.md')).map((name) => `${name} ${sections(`${locale}/${name}`)}`) : [];
		};
		expect(chapters('ru')).toEqual(chapters('en'));
		expect(chapters('uz')).toEqual(chapters('en'));
	});
});

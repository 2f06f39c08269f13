import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { isLocale, locales, type Locale } from '#platform/locales.ts';
import { isSafetyKey } from '#platform/approved.ts';
import { checkMessages } from './check-messages.ts';
import {
	approvalOf, approvedFile, areas, cyrillicOf, latinWords, messageFile, messagesAsJson, readApproved, readMessages, type Messages
} from './message-files.ts';

/** Writes a file only when it changes, so that watchers and clocks stay quiet. Answers whether it did. */
function writeIfNew(file: string, text: string): boolean {
	if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
	writeFileSync(file, text);
	return true;
}

/**
 * Writes `messages/<area>/uz-Cyrl.json` of every area under `root` from `uz.json`, with `uz-Cyrl.overrides.json` on top.
 *
 * @returns the files that changed.
 */
export function generateCyrillic(root = '.'): string[] {
	const keep = latinWords(root);
	return areas(root)
		.map((area) => {
			const cyrillic = cyrillicOf(
				readMessages(messageFile(root, area, 'uz')),
				readMessages(messageFile(root, area, 'uz-Cyrl.overrides')),
				keep
			);
			return { file: messageFile(root, area, 'uz-Cyrl'), text: messagesAsJson(cyrillic) };
		})
		.filter(({ file, text }) => writeIfNew(file, text))
		.map(({ file }) => file);
}

function messagesOf(root: string, locale: Locale): Messages {
	return Object.assign({}, ...areas(root).map((area) => readMessages(messageFile(root, area, locale))));
}

/**
 * Records that a native reader has approved messages of a locale as they stand now.
 *
 * @param keys the keys read; an unknown one throws and nothing is recorded.
 */
export function approve(root: string, locale: Locale, keys: readonly string[]): void {
	const messages = messagesOf(root, locale);
	const added = keys.map((key) => {
		const message = messages[key];
		if (message === undefined) throw new Error(`There is no message ${key} in ${locale}.`);
		return approvalOf(key, message);
	});
	const approved = readApproved(root);
	const others = (approved[locale] ?? []).filter((entry) => !keys.includes(entry.split('#')[0] ?? ''));
	const all = Object.fromEntries(
		locales.map((known) => [known, known === locale ? [...others, ...added].sort() : (approved[known] ?? [])])
	);
	writeFileSync(approvedFile(root), `${JSON.stringify(all, null, '\t')}\n`);
}

/** `messages/REVIEW.md`: what no native reader has approved yet, by area and locale, texts about safety and consent by name. */
export function reviewOf(root = '.'): string {
	const approved = readApproved(root);
	const open = (area: string, locale: Locale): string[] => {
		const messages = readMessages(messageFile(root, area, locale));
		return Object.entries(messages)
			.filter(([key, message]) => !(approved[locale] ?? []).includes(approvalOf(key, message)))
			.map(([key]) => key);
	};
	const filled = areas(root).filter((area) => Object.keys(readMessages(messageFile(root, area, 'uz'))).length > 0);
	const table = filled.map((area) => `| ${area} | ${locales.map((locale) => open(area, locale).length).join(' | ')} |`);
	const safety = filled.flatMap((area) => {
		const byKey = new Map<string, Locale[]>();
		for (const locale of locales) {
			for (const key of open(area, locale).filter(isSafetyKey)) byKey.set(key, [...(byKey.get(key) ?? []), locale]);
		}
		return [...byKey].map(([key, where]) => `- \`${key}\`: ${where.join(', ')}`);
	});
	return `# Messages that wait for a native reader

Written by \`bin/hamkor generate\`; do not edit. How to approve is told in \`docs/translation.md\`.

Messages not yet approved, by part of the program:

| | ${locales.join(' | ')} |
|---|${locales.map(() => '---:|').join('')}
${table.join('\n')}

## About safety and consent

The program does not take these for approved in the languages named (\`safetyLocale\` in \`src/platform/approved.ts\`).

${safety.length > 0 ? safety.join('\n') : 'None.'}
`;
}

/** Writes everything that is generated from the messages; answers the files that changed. */
export function generateMessages(root = '.'): string[] {
	const changed = generateCyrillic(root);
	const review = path.join(root, 'messages', 'REVIEW.md');
	return writeIfNew(review, reviewOf(root)) ? [...changed, review] : changed;
}

/** The command line: `generate`, `check`, or `approve <locale> <key…>`. Answers the exit code. */
export function run(args: readonly string[], root = '.'): number {
	const [command, locale, ...keys] = args;
	if (command === 'generate') {
		for (const file of generateMessages(root)) console.log(`written: ${file}`);
		return 0;
	}
	if (command === 'check') {
		const faults = checkMessages(root);
		if (existsSync(path.join(root, 'messages', 'REVIEW.md')) && readFileSync(path.join(root, 'messages', 'REVIEW.md'), 'utf8') !== reviewOf(root)) {
			faults.push('messages/REVIEW.md is not what is generated: run bin/hamkor generate');
		}
		for (const fault of faults) console.error(fault);
		return faults.length === 0 ? 0 : 1;
	}
	if (command === 'approve' && isLocale(locale) && keys.length > 0) {
		approve(root, locale, keys);
		generateMessages(root);
		return 0;
	}
	console.error('Say what to do: generate, check, or approve <locale> <key> [<key> ...].');
	return 2;
}

if (import.meta.main) process.exitCode = run(process.argv.slice(2));

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { locales, type Locale } from '#platform/locales.ts';
import { toCyrillic } from '#platform/transliterate.ts';

/** A message with variants: what inlang's format writes for plurals and choices. */
const variantsSchema = z
	.array(
		z.strictObject({
			declarations: z.array(z.string()).optional(),
			selectors: z.array(z.string()).optional(),
			match: z.record(z.string(), z.string())
		})
	)
	.length(1);

const messageSchema = z.union([z.string(), variantsSchema]);
export type Message = z.infer<typeof messageSchema>;
export type Messages = Record<string, Message>;

const fileSchema = z.record(z.string(), messageSchema);

/** `$schema`, when a file says which one it follows, is no message. */
const schemaKey = '$schema';
const schemaAddress = 'https://inlang.com/schema/inlang-message-format';

/** The folders of messages, one for each part of the program, in alphabetical order. */
export function areas(root: string): string[] {
	return readdirSync(path.join(root, 'messages'), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name)
		.sort();
}

export function messageFile(root: string, area: string, name: Locale | 'uz-Cyrl.overrides'): string {
	return path.join(root, 'messages', area, `${name}.json`);
}

/** Keys that stand twice in the outermost object of a JSON text: a merge that went wrong, which JSON itself forgives. */
export function keysTwice(json: string): string[] {
	const seen = new Set<string>();
	const twice: string[] = [];
	let depth = 0;
	const tokens = json.match(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g) ?? [];
	for (const [at, token] of tokens.entries()) {
		if (token === '{' || token === '[') depth++;
		else if (token === '}' || token === ']') depth--;
		else if (depth === 1 && token.startsWith('"') && tokens[at + 1] === ':') {
			const key = token.slice(1, -1);
			if (seen.has(key)) twice.push(key);
			seen.add(key);
		}
	}
	return twice;
}

/**
 * The messages of one file, without `$schema`; none when the file is not there.
 *
 * @throws Error naming the file when it is no JSON or not in inlang's format.
 */
export function readMessages(file: string): Messages {
	if (!existsSync(file)) return {};
	let json: unknown;
	try {
		json = JSON.parse(readFileSync(file, 'utf8'));
	} catch (error) {
		throw new Error(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
	}
	const parsed = fileSchema.safeParse(json);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new Error(`${file} is not in the message format at ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? ''}`);
	}
	return Object.fromEntries(Object.entries(parsed.data).filter(([key]) => key !== schemaKey));
}

/** A message file as text: tabs, one line end at the end, `$schema` first. */
export function messagesAsJson(messages: Messages): string {
	return `${JSON.stringify({ [schemaKey]: schemaAddress, ...messages }, null, '\t')}\n`;
}

/** All texts of a message: one, or one for each variant. */
export function textsOf(message: Message): string[] {
	return typeof message === 'string' ? [message] : message.flatMap((variants) => Object.values(variants.match));
}

/** The same message with each of its texts turned. */
export function mapTexts(message: Message, turn: (text: string) => string): Message {
	if (typeof message === 'string') return turn(message);
	return message.map((variants) => ({
		...variants,
		match: Object.fromEntries(Object.entries(variants.match).map(([when, text]) => [when, turn(text)]))
	}));
}

/** Names of the parameters a message takes: those it declares as input, and those its texts use. */
export function parametersOf(message: Message): string[] {
	const names = new Set<string>();
	for (const text of textsOf(message)) {
		for (const [, name] of text.replace(/\\[{}]/g, '').matchAll(/\{\s*([\w-]+)\s*\}/g)) if (name !== undefined) names.add(name);
	}
	if (typeof message !== 'string') {
		for (const declaration of message.flatMap((variants) => variants.declarations ?? [])) {
			const input = /^input\s+(\w+)$/.exec(declaration.trim())?.[1];
			if (input !== undefined) names.add(input);
			const local = /^local\s+(\w+)\s*=/.exec(declaration.trim())?.[1];
			if (local !== undefined) names.delete(local);
		}
	}
	return [...names].sort();
}

const latinWordsSchema = z.array(z.string());

/** Words that stay in Latin letters in Uzbek Cyrillic, from `messages/latin-words.json`. */
export function latinWords(root: string): string[] {
	const file = path.join(root, 'messages', 'latin-words.json');
	return existsSync(file) ? latinWordsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
}

const approvedSchema = z.partialRecord(z.enum(locales), z.array(z.string()));
export type Approved = Partial<Record<Locale, string[]>>;

export function approvedFile(root: string): string {
	return path.join(root, 'messages', 'approved.json');
}

/** What native readers have approved, by locale: `key#digest` of the text they read. */
export function readApproved(root: string): Approved {
	const file = approvedFile(root);
	if (!existsSync(file)) return {};
	const approved: Approved = {};
	for (const [locale, keys] of Object.entries(approvedSchema.parse(JSON.parse(readFileSync(file, 'utf8'))))) {
		for (const known of locales) if (known === locale && keys !== undefined) approved[known] = keys;
	}
	return approved;
}

/** Uzbek Cyrillic of one area: the overrides where a reader wanted other words, the rest transliterated, in uz's order. */
export function cyrillicOf(uz: Messages, overrides: Messages, keep: readonly string[]): Messages {
	const out: Messages = {};
	for (const [key, message] of Object.entries(uz)) {
		out[key] = overrides[key] ?? mapTexts(message, (text) => toCyrillic(text, { keep }));
	}
	return out;
}

/** How an approval is written: the key and a digest of the text that was read, so that a later change undoes it. */
export function approvalOf(key: string, message: Message): string {
	return `${key}#${createHash('sha256').update(JSON.stringify(message)).digest('hex').slice(0, 12)}`;
}

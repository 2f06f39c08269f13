import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Check } from '#server/checks/check.ts';

const settingsSchema = z.object({ baseLocale: z.string(), locales: z.array(z.string()) });
const messagesSchema = z.record(z.string(), z.unknown());

/** Every message is there in every locale, with the same parameters, and is said in words. */
export const messagesCheck: Check = {
	name: 'messages are complete in all locales',
	async run() {
		const { baseLocale, locales } = settingsSchema.parse(read('project.inlang/settings.json'));
		const areas = readdirSync('messages', { withFileTypes: true }).filter((entry) => entry.isDirectory());
		const seen = new Map<string, string>();
		return areas.flatMap(({ name: area }) => [
			...compareArea(path.join('messages', area), baseLocale, locales),
			...repeated(path.join('messages', area, `${baseLocale}.json`), seen)
		]);
	}
};

/** What differs between the locales of one area. Exported for its test. */
export function compareArea(folder: string, baseLocale: string, locales: readonly string[]): string[] {
	const base = messagesOf(path.join(folder, `${baseLocale}.json`));
	return locales.flatMap((locale) => {
		const file = path.join(folder, `${locale}.json`);
		if (!existsSync(file)) return [`${file} is missing`];
		const there = messagesOf(file);
		const missing = Object.keys(base).filter((key) => !(key in there)).map((key) => `${file}: ${key} is missing`);
		const extra = Object.keys(there).filter((key) => !(key in base)).map((key) => `${file}: ${key} is not in ${baseLocale}`);
		const wrong = Object.entries(there).flatMap(([key, message]) => {
			if (textsIn(message).some((text) => text.trim() === '')) return [`${file}: ${key} is empty`];
			if (key in base && parametersIn(message) !== parametersIn(base[key])) {
				return [`${file}: ${key} has other parameters than in ${baseLocale} (${parametersIn(message)} | ${parametersIn(base[key])})`];
			}
			return [];
		});
		return [...missing, ...extra, ...wrong];
	});
}

/** A key in two areas would let one area's words replace the other's. */
function repeated(file: string, seen: Map<string, string>): string[] {
	return Object.keys(messagesOf(file)).flatMap((key) => {
		const before = seen.get(key);
		seen.set(key, file);
		return before === undefined ? [] : [`${file}: ${key} is in ${before} already`];
	});
}

function messagesOf(file: string): Record<string, unknown> {
	const { $schema: _, ...messages } = messagesSchema.parse(read(file));
	return messages;
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** All texts of a message: itself, or those of its variants. */
function textsIn(message: unknown): string[] {
	if (typeof message === 'string') return [message];
	if (!Array.isArray(message)) return [];
	return message.flatMap((variant: unknown) => {
		const match = messagesSchema.safeParse(messagesSchema.parse(variant)['match']);
		return match.success ? Object.values(match.data).map(String) : [];
	});
}

/** The parameters of a message, sorted. A variant may leave out the number it was chosen by. */
function parametersIn(message: unknown): string {
	const names = textsIn(message).flatMap((text) => [...text.matchAll(/\{\s*([A-Za-z_]\w*)\s*\}/g)].map((found) => found[1] ?? ''));
	return [...new Set(names)].sort().join(', ');
}

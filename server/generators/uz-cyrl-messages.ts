import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { z } from 'zod';
import { toCyrillic } from '#platform/transliterate.ts';
import type { Generator } from '#server/generators/generator.ts';

const messagesSchema = z.record(z.string(), z.unknown());

/** Words that the rules would get wrong, by message key. Beside the areas: messages/uz-Cyrl.overrides.json. */
const overridesFile = 'messages/uz-Cyrl.overrides.json';

/** Uzbek in Cyrillic, from Uzbek in Latin, for every area of the interface. */
export const uzCyrlMessages: Generator = {
	name: 'Uzbek messages in Cyrillic',
	async generate() {
		const overrides = existsSync(overridesFile) ? readMessages(overridesFile) : {};
		const areas = readdirSync('messages', { withFileTypes: true }).filter((entry) => entry.isDirectory());
		return Object.fromEntries(
			areas.map(({ name }) => {
				const messages = Object.entries(readMessages(`messages/${name}/uz.json`));
				const turned = messages.map(([key, value]) => [key, key === '$schema' ? value : (overrides[key] ?? turn(value))]);
				return [`messages/${name}/uz-Cyrl.json`, `${JSON.stringify(Object.fromEntries(turned), null, '\t')}\n`];
			})
		);
	}
};

const readMessages = (file: string): Record<string, unknown> => messagesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

/**
 * Turns the words of one message: a text, or variants whose texts stand under `match`. Names of parameters and conditions
 * stay as they are.
 */
function turn(message: unknown): unknown {
	if (typeof message === 'string') return toCyrillic(message);
	if (!Array.isArray(message)) return message;
	return message.map((variant: unknown) => {
		const parts = messagesSchema.parse(variant);
		const match = messagesSchema.optional().parse(parts['match']);
		if (!match) return parts;
		return { ...parts, match: Object.fromEntries(Object.entries(match).map(([when, text]) => [when, turn(text)])) };
	});
}

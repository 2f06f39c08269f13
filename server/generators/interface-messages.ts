import { reviewOf } from '../../scripts/messages.ts';
import { areas, cyrillicOf, latinWords, messageFile, messagesAsJson, readMessages } from '../../scripts/message-files.ts';
import type { Generator } from '#server/generators/generator.ts';

/** Uzbek in Cyrillic for every area of the interface. */
export const interfaceMessages: Generator = {
	name: 'messages of the interface',
	async generate() {
		const keep = latinWords('.');
		const cyrillic = areas('.').map((area) => {
			const uz = readMessages(messageFile('.', area, 'uz'));
			const overrides = readMessages(messageFile('.', area, 'uz-Cyrl.overrides'));
			return [messageFile('.', area, 'uz-Cyrl'), messagesAsJson(cyrillicOf(uz, overrides, keep))] as const;
		});
		return Object.fromEntries(cyrillic);
	}
};

/** What no native reader has approved yet. It reads what the generator above wrote, so it comes after it. */
export const messagesReview: Generator = {
	name: 'messages that await a native reader',
	generate: async () => ({ 'messages/REVIEW.md': reviewOf('.') })
};

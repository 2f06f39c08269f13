import { database } from '#server/generators/database.ts';
import type { Generator } from '#server/generators/generator.ts';
import { glossaryPage } from '#server/generators/glossary.ts';
import { interfaceMessages, messagesReview } from '#server/generators/interface-messages.ts';
import { maskingRecall } from '#server/generators/masking-recall.ts';
import { settingsPage } from '#server/generators/settings-page.ts';

/** Every derived file of the project comes from one of these, in this order. */
export const generators: readonly Generator[] = [settingsPage, maskingRecall, glossaryPage, interfaceMessages, messagesReview, database];

import type { LocalText } from './locales.ts';
import { fold } from './search-fold.ts';

/** What a search looks in: all languages of some content fields, folded so that either Uzbek script finds the other. */
export const searchText = (...fields: LocalText[]): string => fold(fields.flatMap((field) => Object.values(field)).join(' '));

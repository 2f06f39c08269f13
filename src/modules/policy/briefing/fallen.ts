import { m } from '#paraglide/messages.js';
import type { Locale } from '#platform/locales.ts';
import { formatDay } from '#ui/format.ts';
import type { Edition } from './edition.ts';

/** What became of one block of a published edition: its evidence was withdrawn, or rests on nothing any more. */
export type FallenSince = { readonly how: 'withdrawn' | 'on-nothing'; readonly fellAt: Date };
/** By the place of the block in the edition. */
export type Fallen = Readonly<Record<number, FallenSince>>;

/**
 * An edition as it is told today: words whose speaker's consent or record was taken back are not repeated, and each block that has
 * fallen since says so. What was published stays in the ledger; nothing else of it changes.
 */
export function toldToday(edition: Edition, fallen: Fallen): { edition: Edition; notes: Record<number, string> } {
	const { locale } = edition;
	const notes = Object.fromEntries(Object.entries(fallen).map(([at, each]) => [at, noteOf(each, edition, locale)]));
	const blocks = edition.blocks.map((block, at) => (block.kind === 'quotation' && fallen[at] ? { ...block, words: m.policy_quotation_taken_back({}, { locale }), lang: locale } : block));
	return { edition: { ...edition, blocks }, notes };
}

function noteOf({ how, fellAt }: FallenSince, edition: Edition, locale: Locale): string {
	const date = formatDay(fellAt, locale, edition.programme.timeZone);
	return how === 'withdrawn' ? m.policy_withdrawn_since({ date }, { locale }) : m.policy_on_nothing_since({ date }, { locale });
}

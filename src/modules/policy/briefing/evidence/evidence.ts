import type { Locale, LocalText } from '#platform/locales.ts';
import type { Facts } from '#platform/problem.ts';
import type { Patterns } from '#modules/releases/commands.server.ts';
import type { EditionBlock } from '../edition.ts';
import type { Block } from '../queries.server.ts';

/** Says what stands against publishing a block: the code of its message. */
export type Object = (code: string, facts?: Facts) => void;

/** What the edition of a block is made with. */
export type Making = { readonly locale: Locale; readonly say: (text: LocalText | null) => string; readonly patterns: Patterns };

/** A kind of evidence that a block is bound to: what may stand against it, and what goes out. One file each; `kinds.ts` lists them. */
export type EvidenceKind = {
	readonly objectTo: (block: Block, object: Object) => void;
	/** Null when nothing of it may be shown. */
	readonly edition: (block: Block, making: Making) => EditionBlock | null;
};

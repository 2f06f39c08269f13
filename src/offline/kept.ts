/** A file that lies sealed by itself: its name in the form, what it is, and where it lies. */
export type KeptFile = { readonly name: string; readonly type: string; readonly size: number; readonly id: string };

/** What a kept thing belongs to. */
type OfForm = {
	/** Names the form: its round and version. */
	readonly form: string;
	/** Address of its filling page, without language. */
	readonly address: string;
	/** Address of its round, without language. */
	readonly round: string;
	readonly title: string;
	readonly sensitive: boolean;
};

/** A form as its page was given it, with the files that it shows. */
export type KeptForm = OfForm & { readonly kind: 'form'; readonly id: string; readonly keptAt: number; readonly page: unknown; readonly files: readonly KeptFile[] };

/** Answers that are being written. */
export type Draft = OfForm & {
	readonly kind: 'draft';
	readonly id: string;
	readonly startedAt: number;
	readonly savedAt: number;
	/** When she agreed to be asked. */
	readonly consentedAt: number;
	/** The page of the form that was open. */
	readonly at: number;
	/** The language that the form spoke. */
	readonly language: string;
	readonly answers: string;
	readonly files: readonly KeptFile[];
};

/** What goes to the server: answers, or that somebody declined. */
export type Errand = 'answers' | 'refusal';

/** Something that has to go to the server and has not arrived yet. */
export type Waiting = OfForm & {
	readonly kind: 'waiting';
	readonly id: string;
	readonly errand: Errand;
	/** Where it is sent. */
	readonly action: string;
	readonly madeAt: number;
	/** Files of a submission, the answers first; none for a refusal. */
	readonly files: readonly KeptFile[];
	/** Names of files that the server has. */
	readonly sent: readonly string[];
	/** What a refusal says. */
	readonly says: Readonly<Record<string, string>>;
	readonly tries: number;
	/** The server's word why it does not take it; null while it only has not been reached. */
	readonly refused: string | null;
};

/** That something has arrived: nothing of what was answered. */
export type Arrived = OfForm & { readonly kind: 'arrived'; readonly id: string; readonly errand: Errand; readonly madeAt: number; readonly arrivedAt: number };

export type Kept = KeptForm | Draft | Waiting | Arrived;

const kinds = ['form', 'draft', 'waiting', 'arrived'];

/** Sealed by ourselves and opened unchanged: only what an older version wrote could differ, and it says its kind. */
export const isKept = (value: unknown): value is Kept =>
	typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string' && kinds.includes(value.kind) && 'form' in value && 'title' in value;

/** What is kept, sorted out. */
export type Shelf = { readonly forms: readonly KeptForm[]; readonly drafts: readonly Draft[]; readonly waiting: readonly Waiting[]; readonly arrived: readonly Arrived[] };

const newest = <T>(things: readonly T[], when: (thing: T) => number): T[] => [...things].sort((a, b) => when(b) - when(a));

export const sorted = (all: readonly Kept[]): Shelf => ({
	forms: newest(all.filter((each) => each.kind === 'form'), ({ keptAt }) => keptAt),
	drafts: newest(all.filter((each) => each.kind === 'draft'), ({ savedAt }) => savedAt),
	waiting: newest(all.filter((each) => each.kind === 'waiting'), ({ madeAt }) => -madeAt),
	arrived: newest(all.filter((each) => each.kind === 'arrived'), ({ arrivedAt }) => arrivedAt)
});

import type { Locale } from './locale.ts';

/** Who acts in a transaction. Row level security has policies for each kind; without one nothing is visible. */
export type Actor =
	/** `locale`: the language this person reads in just now. */
	| { readonly kind: 'person'; readonly personId: string; readonly onBehalfOf?: string | undefined; readonly locale?: Locale }
	| { readonly kind: 'token'; readonly tokenId: string }
	/** A spreadsheet or analysis that reads the answers of one round. */
	| { readonly kind: 'feed'; readonly feedId: string }
	| { readonly kind: 'public' }
	| { readonly kind: 'system'; readonly task: SystemTask; readonly locale?: Locale };

/** The named system tasks. Each has policies of its own; a task sees nothing that its work does not need. */
export const systemTasks = [
	'sign-in',
	'first-run',
	'journal',
	'erase',
	'jobs',
	'files',
	'mail',
	'collection',
	'recheck',
	'quality',
	'figures',
	'release',
	'kept-forms',
	'exports'
] as const;
export type SystemTask = (typeof systemTasks)[number];

export const publicActor: Actor = { kind: 'public' };
export const system = (task: SystemTask, locale?: Locale): Actor => ({ kind: 'system', task, ...(locale === undefined ? {} : { locale }) });

/** The second half of what a transaction states about its actor; see `platform.actor_id()`. */
export function actorId(actor: Actor): string {
	switch (actor.kind) {
		case 'person':
			return actor.personId;
		case 'token':
			return actor.tokenId;
		case 'feed':
			return actor.feedId;
		case 'system':
			return actor.task;
		case 'public':
			return 'public';
	}
}

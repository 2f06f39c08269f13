import { z } from 'zod';

/** Roles that a comment can call. */
export const callable = ['coordinator', 'analyst', 'reviewer', 'member', 'official'] as const;
export type Callable = (typeof callable)[number];

const roles = z.preprocess((value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]), z.array(z.enum(callable)));

/** A comment as its form sends it; `id` is minted with the page. Roles are ticked, or called in the text by @. */
export const commentFields = z.object({ id: z.uuid(), body: z.string().trim().min(1).max(2000), roles }).transform((fields) => ({ ...fields, roles: [...new Set([...fields.roles, ...calledIn(fields.body)])] }));
export type CommentFields = z.output<typeof commentFields>;

/** The roles that a text calls: `@analyst`. */
export function calledIn(text: string): Callable[] {
	const named = new Set([...text.matchAll(/(?<![\p{L}\p{N}_.@-])@([a-z]+)(?![\p{L}\p{N}_@-])/gu)].map(([, name]) => name));
	return callable.filter((role) => named.has(role));
}

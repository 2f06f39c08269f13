import { z } from 'zod';
import { actorOf, type Tx } from './database.server.ts';
import { isSecretField } from './secret-fields.ts';

/** A page without its language, as the address of what is kept for it. */
const keptPath = z.string().max(300).regex(/^\/p\/[^?#]*$/);
/** Names and texts of a form's fields, in order. What may be a secret is refused, whatever the page sends. */
const typedFields = z
	.array(z.tuple([z.string().min(1).max(200).refine((name) => !isSecretField(name, '/p/')), z.string().max(50_000)]))
	.max(500);

export const keptAddress = z.object({ of: keptPath });
export const keptBody = typedFields;
export type TypedFields = z.output<typeof typedFields>;

/** Bytes that one form may have kept. */
export const keptLimit = 400_000;
/** Forms kept for one person; the oldest give way. */
const most = 50;

/** The page of an address, without its language: `/uz/p/1/gaps/new` is `/p/1/gaps/new`. */
export const pageOf = (pathname: string): string => pathname.replace(/^\/[^/]+/, '') || '/';

/** What the acting person typed on a page and has not sent. */
export const findKept = (tx: Tx, path: string) =>
	tx.selectFrom('platform.keptForm').select(['typed', 'keptAt']).where('path', '=', path).executeTakeFirst();

/** Keeps what the acting person has typed on a page so far, in the place of what was kept for it. */
export async function keepForm(tx: Tx, path: string, typed: TypedFields): Promise<void> {
	const actor = actorOf(tx);
	if (actor.kind !== 'person') throw new Error('a form is kept for a person');
	const row = { typed: JSON.stringify(typed), keptAt: new Date() };
	await tx
		.insertInto('platform.keptForm')
		.values({ personId: actor.personId, path, ...row })
		.onConflict((on) => on.columns(['personId', 'path']).doUpdateSet(row))
		.execute();
	await tx
		.deleteFrom('platform.keptForm')
		.where('path', 'in', (from) => from.selectFrom('platform.keptForm').select('path').orderBy('keptAt', 'desc').offset(most))
		.execute();
}

/** Forgets what was kept for a page: it was sent, or is not wanted. */
export async function forgetKept(tx: Tx, path: string): Promise<void> {
	await tx.deleteFrom('platform.keptForm').where('path', '=', path).execute();
}

import { z } from 'zod';

/** Days for which a feed may work; it can be ended earlier. */
export const feedDays = [7, 30, 90, 365] as const;

/** A feed as its form sends it. `id` is minted where the form was made. */
export const feedFields = z.object({
	id: z.uuid(),
	label: z.string().trim().min(1).max(100),
	days: z.coerce.number().pipe(z.union(feedDays.map((days) => z.literal(days))))
});
export type FeedFields = z.output<typeof feedFields>;

/** How a feed stands. */
export const feedState = (feed: { revokedAt: Date | null; expiresAt: Date }, now: number): 'works' | 'expired' | 'revoked' =>
	feed.revokedAt ? 'revoked' : feed.expiresAt.getTime() <= now ? 'expired' : 'works';

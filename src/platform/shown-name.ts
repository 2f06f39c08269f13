import { sql, type RawBuilder } from 'kysely';

/**
 * What a person is called, for a query to select: her own name, or, for somebody made up by a demonstration, her name in the
 * language that the transaction's actor reads in.
 * @param alias under which `network.person` stands in the query
 */
export const shownName = (alias: string): RawBuilder<string> => sql<string>`network.shown_name(${sql.ref(alias)})`;

/** The same where there may be no such person: a left join. */
export const shownNameIfAny = (alias: string): RawBuilder<string | null> => sql<string | null>`network.shown_name(${sql.ref(alias)})`;

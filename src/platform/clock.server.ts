import type { Tx } from './database.server.ts';

const stated = new WeakMap<Tx, Date>();

/**
 * When that happens which a command records: now, unless the transaction lays out a demonstration, whose dates lie in the
 * past. The journal does not ask here: it says when something was written down.
 */
export const momentOf = (tx: Tx): Date => stated.get(tx) ?? new Date();

/** Lets what this transaction records from here on happen at another moment. For the demonstration alone. */
export const stateMoment = (tx: Tx, moment: Date): void => void stated.set(tx, moment);

import { createHash, randomBytes } from 'node:crypto';

/** A new secret for a collection link: 192 random bits, in letters that survive an address and a printed sheet. */
export const newToken = (): string => randomBytes(24).toString('base64url');

/** What is kept of a secret: its SHA-256. The secret is random, so nothing slower is needed against guessing. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Whether a text can be a link's secret at all; anything else is not looked up. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{20,64}$/.test(text);

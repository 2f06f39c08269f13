import { randomInt } from 'node:crypto';

/** Letters and digits that are not taken for one another when read from paper or a screen. */
const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

/** A random code in groups of four: `ABCD-EFGH`. Each character carries 4.9 bits. */
export function newCode(groups: number): string {
	const group = (): string => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
	return Array.from({ length: groups }, group).join('-');
}

/** A code as it was typed, without blanks and hyphens and in capitals. */
export const normalCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, '');

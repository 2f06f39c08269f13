import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { z } from 'zod';
import { problem } from '../problem.ts';

/** OWASP's parameters for argon2id: 19 MiB of memory, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;

/** A password as it is chosen: long rather than complicated (NIST SP 800-63B), at most what is still quick to hash. */
export const newPassword = z.string().min(10, 'password.too-short').max(200);

const common = ['password', 'parol', 'qwerty', 'hamkor', '12345', 'uzbekistan', 'toshkent', 'admin', 'пароль', 'йцукен'];

/**
 * Refuses what is guessed first.
 * @throws Problem `password.easy` (400): the sign-in name in it, few different characters, or little beside a common word
 */
export function demandStrength(password: string, signInName: string): void {
	const lower = password.toLowerCase();
	const bare = common.reduce((rest, word) => rest.replaceAll(word, ''), lower);
	const named = signInName.length >= 3 && lower.includes(signInName.toLowerCase());
	if (named || new Set(lower).size < 5 || new Set(bare).size < 4) throw problem('password.easy', 400, {}, 'password');
}

let under = 0;
const waiting: (() => void)[] = [];

/** Hashing costs 19 MiB each: a few at once, the others wait, so that a flood of attempts cannot fill the memory. */
async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
	if (under >= 4) {
		if (waiting.length >= 200) throw problem('sign-in.busy', 503);
		await new Promise<void>((resolve) => waiting.push(resolve));
	} else under++;
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next) next();
		else under--;
	}
}

const derive = (parameters: Argon2Parameters): Promise<Buffer> =>
	oneOfFew(() => new Promise((resolve, reject) => argon2('argon2id', parameters, (error, key) => (error ? reject(error) : resolve(key)))));

const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** Hashes a password with argon2id, in the usual written form `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
	const nonce = randomBytes(16);
	const key = await derive({ message: password.normalize('NFKC'), nonce, ...cost, tagLength });
	return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${encode(nonce)}$${encode(key)}`;
}

const nobody = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${encode(Buffer.alloc(16))}$${encode(Buffer.alloc(tagLength))}`;

/** Whether a password fits its hash. Without a hash as much work is done and the answer is no: an unknown name takes as long as a known one. */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
	const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(hash ?? nobody);
	if (!parts) throw new Error('a password hash that is none');
	const [, memory, passes, parallelism, salt = '', expected = ''] = parts;
	const key = Buffer.from(expected, 'base64');
	const made = await derive({
		message: password.normalize('NFKC'),
		nonce: Buffer.from(salt, 'base64'),
		memory: Number(memory),
		passes: Number(passes),
		parallelism: Number(parallelism),
		tagLength: key.length
	});
	return timingSafeEqual(made, key) && hash !== null;
}

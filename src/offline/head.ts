import { isThere, transact } from './database.ts';

/** A way to the key: the key itself, sealed under what the person knows or holds. */
export type Way =
	| { readonly kind: 'passphrase'; readonly salt: Uint8Array<ArrayBuffer>; readonly rounds: number; readonly iv: Uint8Array<ArrayBuffer>; readonly wrapped: ArrayBuffer }
	| { readonly kind: 'passkey'; readonly credential: ArrayBuffer; readonly salt: Uint8Array<ArrayBuffer>; readonly iv: Uint8Array<ArrayBuffer>; readonly wrapped: ArrayBuffer };

/**
 * How the key of this device is kept. `open`: the browser holds it itself, so that whoever can use the browser can read what is
 * kept. `closed`: it lies sealed, and a person opens it.
 */
export type Head =
	| { readonly kind: 'open'; readonly keyId: string; readonly key: CryptoKey }
	| { readonly kind: 'closed'; readonly keyId: string; readonly ways: readonly Way[] };

const isBytes = (value: unknown): boolean => value instanceof Uint8Array || value instanceof ArrayBuffer;

function isWay(value: unknown): value is Way {
	if (typeof value !== 'object' || value === null || !('kind' in value && 'salt' in value && 'iv' in value && 'wrapped' in value)) return false;
	if (!isBytes(value.salt) || !isBytes(value.iv) || !isBytes(value.wrapped)) return false;
	return value.kind === 'passphrase' ? 'rounds' in value && typeof value.rounds === 'number' : value.kind === 'passkey' && 'credential' in value && isBytes(value.credential);
}

export function isHead(value: unknown): value is Head {
	if (typeof value !== 'object' || value === null || !('kind' in value && 'keyId' in value && typeof value.keyId === 'string')) return false;
	if (value.kind === 'open') return 'key' in value && value.key instanceof CryptoKey;
	return value.kind === 'closed' && 'ways' in value && Array.isArray(value.ways) && value.ways.length > 0 && value.ways.every(isWay);
}

/** How the key is kept; undefined when nothing is kept on this device yet. */
export async function readHead(): Promise<Head | undefined> {
	if (!(await isThere())) return undefined;
	const found: unknown = await transact<unknown>('readonly', (stores) => stores('head').get('key'));
	return isHead(found) ? found : undefined;
}

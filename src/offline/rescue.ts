import type { Errand, KeptFile, Waiting } from './kept.ts';
import { fewestRounds, keyFromPassphrase, mostRounds, roundsHere } from './passphrase.ts';
import { random, seal, unseal, Unreadable } from './seal.ts';

/** One thing that was waiting, as a rescue file carries it. */
export type Rescued = Pick<Waiting, 'id' | 'form' | 'address' | 'title' | 'sensitive' | 'errand' | 'action' | 'round' | 'madeAt' | 'says'> & { readonly files: readonly File[] };

/** This is no rescue file, or it broke off. */
export class NoRescueFile extends Error {}

/** The passphrase is another one, or the file was changed. */
export class WrongPassphrase extends Error {}

/** How a rescue file begins, whatever its version. */
const mark = 'HAMKOR-RESCUE 1\n';
const longestHead = 1000;
/** More things than any phone keeps waiting; a file that names more is not believed. */
const mostThings = 10_000;

type Head = { readonly salt: string; readonly rounds: number; readonly things: number };

const encoder = new TextEncoder();
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/**
 * Writes everything that waits into one file, sealed under a passphrase. Each thing lies sealed by itself, bound to its place and
 * to how many there are: a file that broke off, or was put together from two, does not open.
 * @param rounds of stretching the passphrase; as many as this device does in a second when nothing is said
 */
export async function writeRescue(things: readonly Rescued[], passphrase: string, rounds?: number): Promise<Blob> {
	const salt = random(16);
	rounds ??= await roundsHere();
	const key = await keyFromPassphrase(passphrase, salt, rounds);
	const head = JSON.stringify({ salt: base64(salt), rounds, things: things.length } satisfies Head);
	const parts: BlobPart[] = [mark, head, '\n'];
	for (const [index, thing] of things.entries()) {
		const { iv, bytes } = await seal(key, await packed(thing), `${head} ${index}`);
		parts.push(uint32(bytes.byteLength), iv, bytes);
	}
	return new Blob(parts, { type: 'application/octet-stream' });
}

/**
 * Reads a rescue file.
 * @param allowed whether things may be sent to such an address at all. Whoever has the passphrase may have written anything, and
 * what is sent goes out in the name of whoever is signed in
 * @throws NoRescueFile, WrongPassphrase
 */
export async function readRescue(file: Blob, passphrase: string, allowed: (thing: Rescued) => boolean): Promise<Rescued[]> {
	const bytes = new Uint8Array(await file.arrayBuffer());
	const { head, text, end } = headOf(bytes);
	const key = await keyFromPassphrase(passphrase, bytesOf(head.salt), head.rounds);
	const things: Rescued[] = [];
	let at = end;
	for (let index = 0; index < head.things; index += 1) {
		const length = at + 16 <= bytes.length ? new DataView(bytes.buffer).getUint32(at) : Infinity;
		if (at + 16 + length > bytes.length) throw new NoRescueFile('broken off');
		const sealed = { iv: bytes.slice(at + 4, at + 16), bytes: bytes.slice(at + 16, at + 16 + length).buffer };
		const opened = await unseal(key, sealed, `${text} ${index}`).catch((error: unknown) => {
			throw error instanceof Unreadable ? new WrongPassphrase('another passphrase, or changed', { cause: error }) : error;
		});
		const thing = unpacked(new Uint8Array(opened));
		if (!allowed(thing)) throw new NoRescueFile('leads elsewhere');
		things.push(thing);
		at += 16 + length;
	}
	if (at !== bytes.length) throw new NoRescueFile('more than it says');
	return things;
}

function headOf(bytes: Uint8Array): { head: Head; text: string; end: number } {
	const start = new TextDecoder().decode(bytes.slice(0, mark.length + longestHead));
	const newline = start.indexOf('\n', mark.length);
	if (!start.startsWith(mark) || newline < 0) throw new NoRescueFile('no mark');
	const text = start.slice(mark.length, newline);
	const head = parsed(text);
	if (!isHead(head)) throw new NoRescueFile('no head');
	return { head, text, end: encoder.encode(start.slice(0, newline + 1)).length };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new NoRescueFile('no head');
	}
}

function isHead(value: unknown): value is Head {
	if (typeof value !== 'object' || value === null || !('salt' in value && 'rounds' in value && 'things' in value)) return false;
	const { salt, rounds, things } = value;
	return (
		typeof salt === 'string' && /^[A-Za-z0-9+/]{22}==$/.test(salt) &&
		Number.isInteger(rounds) && Number(rounds) >= fewestRounds && Number(rounds) <= mostRounds &&
		Number.isInteger(things) && Number(things) >= 0 && Number(things) <= mostThings
	);
}

/** A thing as bytes: the length of what is said about it, that, and its files one after another. */
async function packed({ files, ...thing }: Rescued): Promise<ArrayBuffer> {
	const said = encoder.encode(JSON.stringify({ ...thing, files: files.map(({ name, type, size }) => ({ name, type, size })) }));
	return new Blob([uint32(said.byteLength), said, ...files]).arrayBuffer();
}

function unpacked(bytes: Uint8Array<ArrayBuffer>): Rescued {
	const length = bytes.length >= 4 ? new DataView(bytes.buffer).getUint32(0) : Infinity;
	if (4 + length > bytes.length) throw new NoRescueFile('broken inside');
	const said = parsed(new TextDecoder().decode(bytes.slice(4, 4 + length)));
	if (!isSaid(said)) throw new NoRescueFile('broken inside');
	let at = 4 + length;
	const files = said.files.map(({ name, type, size }) => {
		const file = new File([bytes.slice(at, at + size)], name, { type });
		at += size;
		return file;
	});
	if (at !== bytes.length) throw new NoRescueFile('broken inside');
	return { ...said, files };
}

type Said = Omit<Rescued, 'files'> & { readonly files: readonly Pick<KeptFile, 'name' | 'type' | 'size'>[] };

const errands: readonly string[] = ['answers', 'refusal'] satisfies Errand[];

function isSaid(value: unknown): value is Said {
	if (typeof value !== 'object' || value === null) return false;
	const text = (key: string): boolean => key in value && typeof Reflect.get(value, key) === 'string';
	return (
		text('id') && text('form') && text('title') && text('address') && text('action') && text('round') &&
		'errand' in value && typeof value.errand === 'string' && errands.includes(value.errand) &&
		'madeAt' in value && Number.isFinite(value.madeAt) && 'sensitive' in value && typeof value.sensitive === 'boolean' &&
		'says' in value && typeof value.says === 'object' && value.says !== null && Object.values(value.says).every((each) => typeof each === 'string') &&
		'files' in value && Array.isArray(value.files) && value.files.every(isFileHead)
	);
}

const isFileHead = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && 'type' in value && typeof value.type === 'string' &&
	'size' in value && Number.isInteger(value.size) && Number(value.size) >= 0;

function uint32(number: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(4);
	new DataView(bytes.buffer).setUint32(0, number);
	return bytes;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded, keyFromPassphrase, fewestRounds, tooWeak } from './passphrase.ts';
import { NoRescueFile, readRescue, writeRescue, WrongPassphrase, type Rescued } from './rescue.ts';
import { random, seal, sealValue, unseal, Unreadable, unsealValue } from './seal.ts';

const aKey = (): Promise<CryptoKey> => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
const anywhere = (): boolean => true;
const secret = 'qor togʻ suv non';

function thing(more: Partial<Rescued> = {}): Rescued {
	return {
		id: crypto.randomUUID(), form: 'r:v', address: '/c/x', round: '/p/x', title: 'Soʻrovnoma', sensitive: false, errand: 'answers', action: '/c/x/submission', madeAt: 1, says: {},
		files: [new File(['<x>Oʻzbekcha</x>'], 'xml_submission_file', { type: 'text/xml' }), new File([random(5000)], 'photo.jpg', { type: 'image/jpeg' })], ...more
	};
}

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

describe('what is sealed', () => {
	it('opens with its own key, under its own name, unchanged; and in no other way', async () => {
		const [key, other] = [await aKey(), await aKey()];
		await fc.assert(
			fc.asyncProperty(fc.jsonValue(), fc.uuid(), fc.uuid(), fc.nat(), async (value, name, elsewhere, at) => {
				const sealed = await sealValue(key, value, name);
				expect(await unsealValue(key, sealed, name)).toEqual(JSON.parse(JSON.stringify(value)));
				await expect(unseal(other, sealed, name)).rejects.toThrow(Unreadable);
				if (elsewhere !== name) await expect(unseal(key, sealed, elsewhere)).rejects.toThrow(Unreadable);
				const changed = new Uint8Array(sealed.bytes.slice(0));
				const place = at % changed.length;
				changed[place] = (changed[place] ?? 0) ^ 1;
				await expect(unseal(key, { iv: sealed.iv, bytes: changed.buffer }, name)).rejects.toThrow(Unreadable);
			}),
			{ numRuns: 50 }
		);
	});

	it('never uses a nonce twice', async () => {
		const key = await aKey();
		const ivs = await Promise.all(Array.from({ length: 500 }, async () => (await seal(key, new Uint8Array(1), 'x')).iv.join()));
		expect(new Set(ivs).size).toBe(500);
	});
});

describe('a passphrase', () => {
	it('is the same from every keyboard, whatever its apostrophe', () => {
		for (const sign of ["'", '`', '´', '‘', '’', 'ʻ', 'ʼ']) expect(folded(`to${sign}g${sign} `)).toBe(folded('toʻgʻ'));
		expect(folded('ﬁ')).toBe('fi');
	});

	it.each(['', 'short', 'aaaaaaaaaaaaaaaa', 'abababababab', '          '])('is refused when it is too easy: "%s"', (text) => expect(tooWeak(text)).toBe(true));
	it.each(['togʻ bulogʻi', 'qor yogʻdi bugun', '一二三四五六七八九十'])('is taken when it is not: %s', (text) => expect(tooWeak(text)).toBe(false));

	it('is stretched by at least 600,000 rounds, with the salt', async () => {
		expect(fewestRounds).toBeGreaterThanOrEqual(600_000);
		const sealed = await seal(await keyFromPassphrase(secret, new Uint8Array(16), 1000), new Uint8Array(3), 'x');
		await expect(unseal(await keyFromPassphrase(secret, new Uint8Array(16).fill(1), 1000), sealed, 'x')).rejects.toThrow(Unreadable);
	});
});

describe('a rescue file', () => {
	it('brings back what was written into it, names and bytes, and says nothing to who has no passphrase', async () => {
		const things = [thing(), thing({ errand: 'refusal', files: [], says: { id: 'x', during: 'no' } })];
		const file = await writeRescue(things, secret, fewestRounds);
		expect(await file.text()).not.toMatch(/zbekcha|rovnoma|submission|photo/);
		const back = await readRescue(file, secret.replace('ʻ', "'"), anywhere);
		expect(back.map(({ files, ...rest }) => ({ ...rest, files: files.map(({ name, type }) => ({ name, type })) }))).toEqual(
			things.map(({ files, ...rest }) => ({ ...rest, files: files.map(({ name, type }) => ({ name, type })) }))
		);
		for (const [index, { files }] of back.entries()) for (const [at, each] of files.entries()) expect(await bytesOf(each)).toEqual(await bytesOf(things[index]?.files[at] ?? new File([], '')));
		await expect(readRescue(file, 'some other words here', anywhere)).rejects.toThrow(WrongPassphrase);
	});

	it('does not open when a byte is missing, added or changed, and never brings back a part', async () => {
		const whole = new Uint8Array(await (await writeRescue([thing({ files: [] }), thing({ files: [] })], secret, fewestRounds)).arrayBuffer());
		const open = (bytes: Uint8Array<ArrayBuffer>): Promise<unknown> => readRescue(new Blob([bytes]), secret, anywhere);
		for (let tries = 0; tries < 8; tries += 1) {
			const at = Math.floor(Math.random() * whole.length);
			const changed = whole.slice();
			changed[at] = (changed[at] ?? 0) ^ (1 << (tries % 8));
			await expect(open(changed), `changed at ${at}`).rejects.toThrow();
			await expect(open(whole.slice(0, at)), `cut at ${at}`).rejects.toThrow();
		}
		await expect(open(Uint8Array.from([...whole, 0]))).rejects.toThrow(NoRescueFile);
	});

	it('is not believed when it leads somewhere else', async () => {
		const file = await writeRescue([thing({ action: '/en/sign-out' })], secret, fewestRounds);
		await expect(readRescue(file, secret, ({ action }) => action.endsWith('/submission'))).rejects.toThrow(NoRescueFile);
	});

	it('bears whatever calls itself one', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, marked) => {
				const file = new Blob([marked ? 'HAMKOR-RESCUE 1\n' : '', Uint8Array.from(bytes)]);
				await expect(readRescue(file, secret, anywhere)).rejects.toThrow(NoRescueFile);
			}),
			{ numRuns: 200 }
		);
	});
});

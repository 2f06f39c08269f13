import fc from 'fast-check';

/** A form as somebody sends it who means no good, or whose browser does not know better. */
export type HostileForm = {
	/** Which of the forms. */
	readonly at: number;
	readonly kind: 'fields' | 'multipart' | 'broken' | 'plain' | 'json' | 'nothing';
	/** Values for the fields, one after the other, again and again; percent-encoded, so that any byte can stand in them. */
	readonly values: readonly string[];
	/** More fields than the page has. */
	readonly names: readonly string[];
};

const nowhere = '00000000-0000-7000-8000-000000000000';

/** What stands in no honest form. */
const nasty = [
	'', '%00', 'a%00b', '%ff%fe', '%ED%A0%80', '%C0%80', '%E2%80%AEtxt', 'x'.repeat(20_000), '%F0%9F%92%A5', '-1', '0', '1e999', 'NaN', '99999999999999999999', '2026-02-31', '2026-01-01',
	'0001-01-01', '+275760-09-13', nowhere, 'null', 'true', '%7B%22a%22:1%7D', '[]', "'--", '%3Cscript%3Ealert(1)%3C/script%3E', '=HYPERLINK(1)', '%0d%0aset-cookie:%20a=b', 'uz', 'gaps', '%20', 'coordinator'
];
const strange = ['__proto__', '__proto__.x', 'constructor', 'a.b.c', 'title.uz', 'title.xx', 'x[]', 'row', 'id', '.', 'file', 'toString.call'];

export const anyForm = (forms: number): fc.Arbitrary<HostileForm> =>
	fc.record({
		at: fc.nat(forms - 1),
		kind: fc.constantFrom('fields', 'fields', 'fields', 'multipart', 'multipart', 'broken', 'plain', 'json', 'nothing'),
		values: fc.array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 40 }).map((text) => encodeURIComponent(text.toWellFormed()))), { minLength: 1, maxLength: 12 }),
		names: fc.subarray(strange)
	});

/** Names of the fields on a page. */
export const fieldsOf = (html: string): string[] => [...new Set([...html.matchAll(/<(?:input|select|textarea|button)\b[^>]*\sname="([^"]+)"/g)].map(([, name = '']) => name))];

/** The bytes of a form and what it says it is. */
export function bodyOf({ kind, values, names }: Omit<HostileForm, 'at'>, fields: readonly string[]): { type: string | null; body: Buffer } {
	const pairs = [...fields, ...names, ...fields.slice(0, 2)].map((name, n) => [name, values[n % Math.max(1, values.length)] ?? ''] as const);
	if (kind === 'nothing') return { type: null, body: Buffer.alloc(0) };
	if (kind === 'json') return { type: 'application/json', body: Buffer.from(JSON.stringify(Object.fromEntries(pairs))) };
	const plain = Buffer.from(pairs.map(([name, value]) => `${encodeURIComponent(name)}=${value}`).join('&'));
	if (kind === 'plain') return { type: 'text/plain', body: plain };
	if (kind === 'fields') return { type: 'application/x-www-form-urlencoded', body: plain };
	const parts = pairs.map(([name, value], n) => {
		const file = name === 'file' || n % 7 === 6 ? '; filename="a%00b/../c.xlsx"\r\nContent-Type: application/octet-stream' : '';
		return Buffer.concat([Buffer.from(`--x\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`), unescaped(value), Buffer.from('\r\n')]);
	});
	const whole = Buffer.concat([...parts, Buffer.from('--x--\r\n')]);
	return { type: 'multipart/form-data; boundary=x', body: kind === 'broken' ? whole.subarray(0, Math.floor(whole.length * 0.7)) : whole };
}

/** The very bytes behind percent-encoded text. */
const unescaped = (text: string): Buffer => Buffer.from(text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1');

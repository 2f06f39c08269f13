/**
 * One text for one value: object keys in order, dates as ISO 8601, bytes as hexadecimal, undefined left out.
 * What is digested or hashed goes through here, so that equal records give equal digests on every machine.
 */
export function canonical(value: unknown): string {
	return JSON.stringify(plain(value));
}

function plain(value: unknown): unknown {
	if (value instanceof Date) return value.toISOString();
	if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
	if (Array.isArray(value)) return value.map(plain);
	if (typeof value === 'bigint') return value.toString();
	if (value !== null && typeof value === 'object') {
		return Object.fromEntries(
			Object.entries(value)
				.filter(([, part]) => part !== undefined)
				.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
				.map(([key, part]) => [key, plain(part)])
		);
	}
	return value;
}

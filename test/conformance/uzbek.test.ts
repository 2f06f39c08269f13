import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { toCyrillic, toLatin } from '#platform/transliterate.ts';

/** Hard words (loan words above all), Cyrillic tab Latin, kept beside the repository and never inside it. */
const shared = process.env['HAMKOR_SHARED'] ?? path.resolve(import.meta.dirname, '../../../shared');
const file = path.join(shared, 'conformance/uzbek/latin-cyrillic.tsv');
const reason = existsSync(file) ? '' : ` (skipped: ${file} is not there; set HAMKOR_SHARED)`;

/** Measured when last changed; a change that lowers them must say why. */
const floor = { toCyrillic: 0.984, toLatin: 0.99 };

const plain = (text: string): string => text.trim().toLowerCase().replace(/[ʻʼ‘’'`]/g, "'");

function rows(): [cyrillic: string, latin: string][] {
	return readFileSync(file, 'utf8')
		.split(/\r?\n/)
		.slice(1)
		.map((line): [string, string] => {
			const [cyrillic = '', latin = ''] = line.split('\t');
			return [plain(cyrillic), plain(latin)];
		})
		.filter(([cyrillic, latin]) => cyrillic !== '' && latin !== '' && cyrillic !== 'definition');
}

describe.skipIf(reason !== '')(`hard words of Uzbek${reason}`, () => {
	it(`are right in at least ${floor.toCyrillic * 100}% to Cyrillic`, () => {
		const all = rows();
		const right = all.filter(([cyrillic, latin]) => plain(toCyrillic(latin)) === cyrillic);
		expect(right.length / all.length).toBeGreaterThanOrEqual(floor.toCyrillic);
	});

	it(`are right in at least ${floor.toLatin * 100}% to Latin`, () => {
		const all = rows();
		const right = all.filter(([cyrillic, latin]) => plain(toLatin(cyrillic)) === latin);
		expect(right.length / all.length).toBeGreaterThanOrEqual(floor.toLatin);
	});
});

import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { describe as suite, expect, it } from 'vitest';
import { ARCHIVE_LIMITS } from './archive.ts';
import { convert } from './convert.ts';
import { readXlsx, XLSX_LIMITS } from './readXlsx.ts';
import { Refusal } from './refusal.ts';

async function codeOf(bytes: Uint8Array): Promise<string> {
	try {
		await readXlsx(bytes);
		return 'accepted';
	} catch (cause) {
		return cause instanceof Refusal ? cause.problem.code : `unforeseen: ${String(cause)}`;
	}
}

/** Changes what the archive's directory says about the size of its first entry. */
function claim(archive: Uint8Array, size: number): Uint8Array {
	const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
	for (let at = 0; at + 4 < archive.length; at += 1) {
		if (view.getUint32(at, true) === 0x02014b50) {
			view.setUint32(at + 24, size, true);
			break;
		}
	}
	return archive;
}

suite('reading a spreadsheet', () => {
	it('turns cells into text: whole numbers without a point, TRUE and FALSE, dates with their time', async () => {
		const bytes = await writeXlsx({
			sheets: [
				{ name: 'survey', rows: [['type', 'name', 'label', 'default'], ['integer', 'a', 'A', 12], ['text', 'b', true, 1.5]] },
				{ name: 'choices', rows: [['list_name', 'name', 'label'], [], ['l', new Date('2026-03-08T00:00:00Z'), 'A']] }
			]
		});
		const { sheets } = await readXlsx(bytes);
		expect(sheets[0]?.rows).toEqual([['type', 'name', 'label', 'default'], ['integer', 'a', 'A', '12'], ['text', 'b', 'TRUE', '1.5']]);
		expect(sheets[1]?.rows[2]).toEqual(['l', '2026-03-08 00:00:00', 'A']);
	});

	it('keeps blank rows in their place, so that errors name the row one sees', async () => {
		const rows = [['type', 'name', 'label'], ['text', 'a', 'A'], [], ['dinosaur', 'b', 'B']];
		const result = convert(await readXlsx(await writeXlsx({ sheets: [{ name: 'survey', rows }] })));
		expect(result.ok || result.errors[0]).toMatchObject({ code: 'survey.unknown-type', row: 4 });
	});

	it('leaves out remarks beside the table, in columns without a heading', async () => {
		const rows = [['type', 'name', 'label', ''], ['text', 'a', 'A', 'ask Dilnoza']];
		const { sheets } = await readXlsx(await writeXlsx({ sheets: [{ name: 'survey', rows }] }));
		expect(sheets[0]?.rows[1]?.slice(0, 3)).toEqual(['text', 'a', 'A']);
		expect(sheets[0]?.rows.flat().join(' ')).not.toContain('Dilnoza');
	});

	it('says that an old .xls must be saved anew, and that a protected one cannot be read', async () => {
		const ole = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(600)]);
		expect(await codeOf(ole)).toBe('xlsform.binary-xls');
		const name = [...'EncryptedPackage'].flatMap((letter) => [letter.charCodeAt(0), 0]);
		expect(await codeOf(new Uint8Array([...ole, ...name]))).toBe('xlsform.unreadable');
	});

	it('refuses an archive that would inflate to more than is allowed, before inflating it', async () => {
		const archive = zipSync({ 'xl/worksheets/sheet1.xml': strToU8('<a/>'.repeat(50)) });
		expect(await codeOf(claim(archive, ARCHIVE_LIMITS.entryBytes + 1))).toBe('xlsform.too-large');
		expect(await codeOf(claim(archive, 0))).toBe('xlsform.unreadable');
	});

	it('refuses a file, a sheet or a row that is larger than any instrument', async () => {
		expect(await codeOf(new Uint8Array(XLSX_LIMITS.bytes + 1))).toBe('xlsform.too-large');
		const wide = await writeXlsx({ sheets: [{ name: 'survey', rows: [Array.from({ length: XLSX_LIMITS.columns + 1 }, () => 'x')] }] });
		expect(await codeOf(wide)).toBe('xlsform.too-large');
		const many = Array.from({ length: XLSX_LIMITS.sheets + 1 }, (_, index) => ({ name: `s${index}`, rows: [['x']] }));
		expect(await codeOf(await writeXlsx({ sheets: many }))).toBe('xlsform.too-large');
	});

	it('never fails in an unforeseen way, whatever the bytes', async () => {
		const good = await writeXlsx({ sheets: [{ name: 'survey', rows: [['type', 'name', 'label'], ['text', 'a', 'A']] }] });
		await fc.assert(
			fc.asyncProperty(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 12 }), async (changes) => {
				const bytes = good.slice();
				for (const [at, value] of changes) bytes[at] = value;
				return !(await codeOf(bytes)).startsWith('unforeseen');
			})
		);
		await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => (await codeOf(bytes)).startsWith('xlsform.')));
	});
});

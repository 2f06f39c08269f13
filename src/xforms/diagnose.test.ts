import { describe, expect, it } from 'vitest';
import { convert } from './convert.ts';
import { diagnose } from './diagnose.ts';
import { readMarkdown } from './readMarkdown.ts';

const broken = `
| survey |
| | type | name | label | relevant |
| | nonsense | a | A | |
| | text | b c | B | |
| | integer | d | D | \${nowhere} = 1 |
| | select_one missing | e | E | |
| | text | f | | |
| | text | g | G | \${d} = 1 |
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | x | Y |
`;

describe('a form with several faults', () => {
	it('is told all of them, row by row, the first as the converter states it', () => {
		const found = diagnose(readMarkdown(broken));
		const first = convert(readMarkdown(broken));
		if (found.ok || first.ok) throw new Error('accepted');
		expect(found.errors[0]).toEqual(first.errors[0]);
		expect(found.errors.map(({ code, sheet, row }) => `${code} ${sheet ?? ''} ${row ?? ''}`).sort()).toEqual([
			'choices.duplicate choices 3', 'choices.no-list survey 5', 'names.invalid survey 3', 'reference.unknown survey 4', 'survey.no-label survey 6', 'survey.unknown-type survey 2'
		]);
	});
	it('is not told what only follows from a fault before', () => {
		const found = diagnose(readMarkdown('| survey |\n| | type | name | label | relevant |\n| | text | a b | A | |\n| | text | c | C | ${c} = 1 |\n| | end_group | | | |'));
		if (found.ok) throw new Error('accepted');
		expect(found.errors.map(({ code }) => code).sort()).toEqual(['names.invalid', 'survey.unmatched-end']);
	});
	it('ends, whatever the faults are', () => {
		const rows = Array.from({ length: 300 }, (_, i) => `| | nonsense${i} | a | | \${x${i}} |`).join('\n');
		const found = diagnose(readMarkdown(`| survey |\n| | type | name | label | relevant |\n${rows}`));
		expect(found.ok).toBe(false);
	});
});

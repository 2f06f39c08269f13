import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert } from './convert.ts';
import { namedFiles } from './namedFiles.ts';
import { readMarkdown } from './readMarkdown.ts';

function xformOf(markdown: string): string {
	const converted = convert(readMarkdown(markdown));
	if (!converted.ok) throw new Error(JSON.stringify(converted.errors));
	return converted.xml;
}

describe('the files that a form names', () => {
	it('are pictures, sounds and films of its texts, and the tables of its lists, each once', () => {
		const xform = xformOf(`
| survey |
| | type | name | label | media::image | media::audio | calculation | choice_filter |
| | select_one_from_file viloyatlar.csv | place | Qayerda? | Зал & ʻb.png | | | |
| | select_multiple_from_file y.xml | others | Yana? | | a.mp3 | | |
| | select_one l | words | jr://images/no.png | | a.mp3 | | |
| | calculate | price | | | | pulldata('prices', 'a', 'b', 'c') | |
| | select_one_external ext | town | T | | | | a=1 |
| | csv-external | c1 | | | | | |
| choices |
| | list_name | name | label | media::video |
| | l | a | A | v.mp4 |
| external_choices |
| | list_name | name | label | a |
| | ext | a | A | 1 |
`);
		expect(namedFiles(xform)).toEqual([
			{ name: 'Зал & ʻb.png', use: 'image', columns: [] },
			{ name: 'a.mp3', use: 'audio', columns: [] },
			{ name: 'v.mp4', use: 'video', columns: [] },
			{ name: 'viloyatlar.csv', use: 'table', columns: ['name', 'label'] },
			{ name: 'y.xml', use: 'table', columns: ['name', 'label'] },
			{ name: 'prices.csv', use: 'table', columns: [] },
			{ name: 'c1.csv', use: 'table', columns: [] },
			{ name: 'itemsets.csv', use: 'table', columns: [] }
		]);
	});

	it('are none in a form of words, and the submission before is no file', () => {
		expect(namedFiles(xformOf('| survey |\n| | type | name | label | default |\n| | text | a | jr://audio/x.mp3 | ${last-saved#a} |\n'))).toEqual([]);
	});

	it('never have a folder in their names', () => {
		expect(namedFiles('<h><model><itext><value form="image">jr://images/../../etc/x.png</value></itext></model></h>')).toEqual([{ name: 'x.png', use: 'image', columns: [] }]);
	});

	it('keep every letter of their names', () => {
		const letter = fc.constantFrom('a', 'ʻ', 'ʼ', 'ж', 'Ә', ' ', '&', '#', '%', "'", '-', '1');
		fc.assert(
			fc.property(fc.string({ unit: letter, minLength: 1, maxLength: 20 }).map((name) => `x${name.trim()}.png`), (name) => {
				const [file] = namedFiles(xformOf(`| survey |\n| | type | name | label | media::image |\n| | note | n | N | ${name} |\n`));
				expect(file?.name).toBe(name.replace(/\s+/g, ' '));
			}),
			{ numRuns: 60 }
		);
	});
});

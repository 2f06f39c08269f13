import { describe as suite, expect, it } from 'vitest';
import { convert } from './convert.ts';
import { readMarkdown } from './readMarkdown.ts';

function convertTable(table: string): ReturnType<typeof convert> {
	return convert(readMarkdown(table));
}

function xmlOf(table: string): string {
	const result = convertTable(table);
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	return result.xml;
}

function problemIn(table: string): unknown {
	const result = convertTable(table);
	return result.ok ? undefined : result.errors[0];
}

suite('converting an XLSForm', () => {
	it('binds each type of question to its data type and control', () => {
		const xml = xmlOf(`
			| survey |
			|        | type | name | label |
			|        | text | a | A |
			|        | integer | b | B |
			|        | decimal | c | C |
			|        | date | d | D |
			|        | note | e | E |
		`);
		for (const bind of ['a" type="string"', 'b" type="int"', 'c" type="decimal"', 'd" type="date"', 'e" readonly="true()" type="string"']) {
			expect(xml).toContain(`<bind nodeset="/data/${bind}/>`);
		}
		expect(xml).toContain('<input ref="/data/b">');
	});

	it('offers the choices of a list, and several answers where several are allowed', () => {
		const xml = xmlOf(`
			| survey  |
			|         | type | name | label |
			|         | select_one yes_no | one | One |
			|         | select_multiple yes_no | many | Many |
			| choices |
			|         | list_name | name | label |
			|         | yes_no | yes | Yes |
			|         | yes_no | no  | No |
		`);
		expect(xml).toContain('<select1 ref="/data/one">');
		expect(xml).toContain('<select ref="/data/many">');
		expect(xml).toContain(`<itemset nodeset="instance('yes_no')/root/item">`);
		expect(xml).toMatch(/<name>yes<\/name>\s*<label>Yes<\/label>/);
	});

	it('writes relevance, constraints, required and calculations with the paths of what they speak of', () => {
		const xml = xmlOf(`
			| survey |
			|        | type | name | label | relevant | constraint | required | calculation |
			|        | integer | age | Age | | . < 120 | yes | |
			|        | text | school | School | \${age} < 18 | | | |
			|        | calculate | months | | | | | \${age} * 12 |
		`);
		expect(xml).toContain('<bind nodeset="/data/age" type="int" constraint=". &lt; 120" required="true()"/>');
		expect(xml).toContain('relevant=" /data/age  &lt; 18"');
		expect(xml).toContain('calculate=" /data/age  * 12"');
	});

	it('looks inside a repeat at the answers of the same instance', () => {
		const xml = xmlOf(`
			| survey |
			|        | type | name | label | relevant |
			|        | begin_repeat | child | Child | |
			|        | integer | age | Age | |
			|        | text | school | School | \${age} > 6 |
			|        | end_repeat | | | |
		`);
		expect(xml).toContain('relevant=" ../age  &gt; 6"');
		expect(xml).toMatch(/<child jr:template="">\s*<age\/>\s*<school\/>/);
	});

	it('keeps every language of a label, with a hyphen where one is missing', () => {
		const xml = xmlOf(`
			| survey |
			|        | type | name | label::English (en) | label::Oʻzbekcha (uz) |
			|        | text | a | Name of the village | Qishloq nomi |
			|        | text | b | Remarks | |
		`);
		expect(xml).toContain('<translation lang="Oʻzbekcha (uz)">');
		expect(xml).toMatch(/id="\/data\/b:label">\s*<value>-<\/value>/);
	});

	it('keeps the Uzbek letters that were typed with a quotation mark', () => {
		const xml = xmlOf(`
			| survey |
			|        | type | name | label |
			|        | text | a | O‘zbekiston, g‘alla, “qo‘shtirnoq” |
		`);
		expect(xml).toContain('<label>Oʻzbekiston, gʻalla, "qoʻshtirnoq"</label>');
	});

	it('escapes what would otherwise be markup', () => {
		const xml = xmlOf(`
			| survey |
			|        | type | name | label |
			|        | note | a | <script>alert("&")</script> |
		`);
		expect(xml).toContain('<label>&lt;script&gt;alert("&amp;")&lt;/script&gt;</label>');
	});
});

suite('refusing an XLSForm', () => {
	const row = (cells: string): string => `
		| survey |
		|        | type | name | label | relevant | calculation |
		|        | text | first | First | | |
		|        | ${cells} |
	`;

	it.each([
		['an unknown type', 'dinosaur | a | A | | ', 'survey.unknown-type'],
		['a missing type', ' | a | A | | ', 'survey.no-type'],
		['a missing name', 'text | | A | | ', 'survey.no-name'],
		['a name that cannot be an element', 'text | 1a | A | | ', 'names.invalid'],
		['a name that is taken', 'text | first | A | | ', 'names.duplicate'],
		['a question without words', 'text | a | | | ', 'survey.no-label'],
		['a reference to nothing', 'text | a | A | ${nobody} = 1 | ', 'reference.unknown'],
		['a broken reference', 'text | a | A | ${first = 1 | ', 'reference.malformed'],
		['a reference with spaces in it', 'text | a | A | ${ first } = 1 | ', 'reference.malformed'],
		['a calculation that is not there', 'calculate | a | | | ', 'survey.no-calculation'],
		['an end without a begin', 'end_group | a | | | ', 'survey.unmatched-end'],
		['a group that is never closed', 'begin_group | a | A | | ', 'survey.unmatched-begin'],
		['a select without choices', 'select_one cities | a | A | | ', 'choices.no-sheet']
	])('names the row and reason for %s', (_, cells, code) => {
		expect(problemIn(row(cells))).toMatchObject({ code, sheet: 'survey', row: 3 });
	});

	it('says when the survey sheet is missing or misspelled', () => {
		expect(problemIn('| other | |\n| | type |')).toMatchObject({ code: 'sheet.missing' });
		expect(problemIn('| sruvey | |\n| | type | name |\n| | text | a |')).toMatchObject({
			code: 'sheet.misspelled',
			facts: { similar: 'sruvey' }
		});
	});

	it('says so when groups or loops grow beyond what anyone could fill in', () => {
		const deep = '\n| | begin_group | g | G |'.replace('g |', 'NAME |');
		const groups = Array.from({ length: 60 }, (_, index) => deep.replace('NAME', `g${index}`)).join('');
		expect(problemIn(`| survey |\n| | type | name | label |${groups}`)).toMatchObject({ code: 'xlsform.too-large', sheet: 'survey' });
		const choices = Array.from({ length: 200 }, (_, index) => `\n| | l | c${index} | C |`).join('');
		const loops = ['begin_loop over l | a | A', 'begin_loop over l | b | B', 'text | q | Q', 'end_loop | | ', 'end_loop | | '].map((cells) => `\n| | ${cells} |`).join('');
		expect(problemIn(`| survey |\n| | type | name | label |${loops}\n| choices |\n| | list_name | name | label |${choices}`)).toMatchObject({ code: 'xlsform.too-large' });
	});

	it('is not led astray by headings that are names of built-in things', () => {
		const table = `
			| survey |
			|        | type | name | label | __proto__::polluted | constructor |
			|        | text | a | A | yes | no |
		`;
		expect(convertTable(table).ok).toBe(true);
		expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
	});
});

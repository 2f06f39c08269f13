import { describe as suite, expect, it } from 'vitest';
import { convert } from './convert.ts';
import { readMarkdown } from './readMarkdown.ts';

const convertTable = (table: string): ReturnType<typeof convert> => convert(readMarkdown(table));

function xmlOf(table: string): string {
	const result = convertTable(table);
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	return result.xml;
}

function problemIn(table: string): unknown {
	const result = convertTable(table);
	return result.ok ? undefined : result.errors[0];
}

suite('two columns for one thing', () => {
	const choices = (first: string, second: string): string => `
		| survey  |
		|         | type | name | label |
		|         | select_one wells | well | Well |
		| choices |
		|         | list_name | ${first} | ${second} | label |
		|         | wells | left | right | Deep |
	`;

	it('are refused, unless the later one bears the own name of the thing: then that one counts', () => {
		expect(xmlOf(choices('value', 'name'))).toContain('<name>right</name>');
		expect(problemIn(choices('name', 'value'))).toMatchObject({ code: 'headers.duplicate', sheet: 'choices', row: 1 });
		expect(problemIn(choices('name', 'name'))).toMatchObject({ code: 'headers.duplicate' });
	});

	it('are refused too where one has no heading at all', () => {
		expect(problemIn('| survey |\n| | type | name | label | |\n| | note | a | A | beside |')).toMatchObject({ code: 'headers.missing', row: 2 });
	});
});

suite('references', () => {
	it('speak of the question itself inside the brackets of a text that looks into an instance', () => {
		const xml = xmlOf(`
			| survey  |
			|         | type | name | label | calculation |
			|         | begin_repeat | house | House | |
			|         | select_one wells | well | Well | |
			|         | calculate | depth | | instance('wells')/root/item[name = \${well}]/depth |
			|         | end_repeat | | | |
			| choices |
			|         | list_name | name | label | depth |
			|         | wells | a | A | 12 |
		`);
		expect(xml).toContain('item[name =  current()/../well ]/depth');
	});

	it.each([
		['${well}, ${village}', undefined],
		['${well} or so', undefined],
		['${well} ${village}', 'reference.no-comma'],
		['well', 'reference.malformed'],
		['${pump}', 'reference.unknown']
	])('in a trigger: %s', (trigger, code) => {
		const problem = problemIn(`
			| survey |
			|        | type | name | label | trigger |
			|        | text | well | Well | |
			|        | text | village | Village | |
			|        | dateTime | seen | Seen | ${trigger} |
		`);
		if (code === undefined) expect(problem).toBeUndefined();
		else expect(problem).toMatchObject({ code, sheet: 'survey', row: 4 });
	});

	it('in the trigger of a group must name something, although nothing is computed', () => {
		const table = (trigger: string): string => `
			| survey |
			|        | type | name | label | trigger |
			|        | text | well | Well | |
			|        | begin_group | more | More | ${trigger} |
			|        | text | depth | Depth | |
			|        | end_group | | | |
		`;
		expect(problemIn(table('${well}'))).toBeUndefined();
		expect(problemIn(table('${pump}'))).toMatchObject({ code: 'reference.unknown', row: 3 });
	});

	it('in a trigger may name what is recorded by itself, yet not what is only computed', () => {
		const table = (type: string, calculation: string): string => `
			| survey |
			|        | type | name | label | calculation | trigger |
			|        | ${type} | first | | ${calculation} | |
			|        | text | later | Later | 1 + 1 | \${first} |
		`;
		expect(problemIn(table('start', ''))).toBeUndefined();
		expect(problemIn(table('calculate', '2'))).toMatchObject({ code: 'trigger.hidden', row: 3 });
	});
});

suite('parameters', () => {
	const range = (parameters: string): string => `
		| survey |
		|        | type | name | label | parameters |
		|        | range | depth | Depth | ${parameters} |
	`;

	it.each(['start=1 end=9 step=2', 'start = 1; end=9, step= 2', ' start=1,end=9;;step=2'])('are divided as people please: %s', (parameters) => {
		expect(xmlOf(range(parameters))).toContain('<range ref="/data/depth" start="1" end="9" step="2">');
	});

	it.each(['start', 'start=', '=1', 'start==1', 'start=1=2', 'start=1 end'])('are refused in halves: %s', (parameters) => {
		expect(problemIn(range(parameters))).toMatchObject({ code: 'parameters.malformed', sheet: 'survey', row: 2 });
	});
});

suite('choices from files', () => {
	const select = (type: string, appearance: string): string => `
		| survey |
		|        | type | name | label | appearance |
		|        | ${type} | well | Well | ${appearance} |
	`;

	it('come from a name with one extension', () => {
		expect(problemIn(select('select_one_from_file wells.csv', ''))).toBeUndefined();
		expect(problemIn(select('select_one_from_file wells.2026.csv', ''))).toMatchObject({ code: 'select.file-extension', row: 2 });
	});

	it('are not searched: the file is read as it is', () => {
		expect(problemIn(select('select_one_from_file wells.csv', "search('wells')"))).toMatchObject({ code: 'select.search-file', row: 2 });
	});
});

suite('choices of the external sheet', () => {
	const table = (filter: string): string => `
		| survey |
		|        | type | name | label | choice_filter |
		|        | text | district | District | |
		|        | select_one_external wells | well | Well | ${filter} |
		| external_choices |
		|        | list_name | name | district |
		|        | wells | old | north |
	`;

	it('are asked for by a filter, and not at all without one', () => {
		expect(xmlOf(table('district = ${district}'))).toContain(`query="instance('wells')/root/item[district =  /data/district ]"`);
		expect(problemIn(table(''))).toMatchObject({ code: 'select.external-unfiltered', sheet: 'survey', row: 3 });
	});
});

suite('loops over choices', () => {
	it('write the choice wherever its name or label is asked for', () => {
		const xml = xmlOf(`
			| survey  |
			|         | type | name | label | default | appearance |
			|         | begin_loop over wells | each | | | |
			|         | text | note | About %(label)s | %(name)s | w%(name)s |
			|         | end_loop | | | | |
			| choices |
			|         | list_name | name | label |
			|         | wells | old | The old one |
			|         | wells | new | The new one |
		`);
		expect(xml).toContain('<note>old</note>');
		expect(xml).toContain('appearance="wnew"');
		expect(xml).toContain('About The new one');
	});
});

suite('entities', () => {
	const table = (entities: string): string => `
		| survey |
		|        | type | name | label | save_to |
		|        | begin_group | place | Place | |
		|        | text | well | Well | well |
		|        | end_group | | | depth |
		${entities}
	`;

	it('take their properties from questions, not from the end of a group', () => {
		const declared = '| entities |\n| | dataset | label |\n| | wells | ${well} |';
		expect(problemIn(table(declared))).toMatchObject({ code: 'entities.group', sheet: 'survey', row: 4 });
		expect(problemIn(table('').replace('| well | Well | well |', '| well | Well | |'))).toMatchObject({ code: 'entities.no-sheet', row: 4 });
	});
});

suite('texts and pictures', () => {
	it('of a choice may have a large picture alone, and a form for text messages', () => {
		const xml = xmlOf(`
			| survey  |
			|         | type | name | label |
			|         | select_one wells | well | Well |
			| choices |
			|         | list_name | name | label | big-image | sms_option |
			|         | wells | a | A | a.png | 1 |
		`);
		expect(xml).toContain('<value form="big-image">jr://images/a.png</value>');
		expect(xml).toContain('<sms_option>1</sms_option>');
	});

	it('need their kind: a bare media column shows nothing', () => {
		const xml = xmlOf('| survey |\n| | type | name | media |\n| | text | well | a.png |');
		expect(xml).toContain('<label/>');
		expect(xml).not.toContain('a.png');
	});

	it('of a group may say that it is required, which means nothing: the author is told', () => {
		const result = convertTable(`
			| survey |
			|        | type | name | label | required |
			|        | begin_group | place | Place | yes |
			|        | text | well | Well | |
			|        | end_group | | | |
		`);
		expect(result).toMatchObject({ ok: true, warnings: [{ sheet: 'survey', row: 2 }] });
	});

	it('of a group have no default: only answers have', () => {
		expect(xmlOf(`
			| survey |
			|        | type | name | label | default |
			|        | begin_group | place | Place | now() |
			|        | text | well | Well | deep |
			|        | end_group | | | |
		`)).not.toContain('now()');
	});
});

suite('the name of the form', () => {
	it('is refused where it is written', () => {
		const table = '| survey |\n| | type | name | label |\n| | note | a | A |\n| settings |\n| | name |\n| | 1 form |';
		expect(problemIn(table)).toMatchObject({ code: 'names.invalid', sheet: 'settings', row: 1 });
	});
});

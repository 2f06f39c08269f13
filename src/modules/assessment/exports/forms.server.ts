import { Archive } from './archive.ts';
import { addAttachments } from './attachments.server.ts';
import { codebookOf } from './codebook.ts';
import { CsvEncoder } from './csv.ts';
import { aboutLines, levelOf, mayBeLarge } from './about.ts';
import type { Delivery } from './order.ts';
import { DtaEncoder, longTextHead } from './dta.ts';
import { longestShort } from './dta-head.ts';
import type { Encoder } from './encoder.ts';
import { spssLimits, stataLimits, variablesFor, type Variable } from './labelled.ts';
import type { TableProfile } from './profile.ts';
import { SavEncoder } from './sav.ts';
import { rScript, spssSyntax, syntaxValues } from './scripts.ts';
import { Spool } from './spool.server.ts';
import { addFile, TableFiles } from './table-files.server.ts';
import { writeWorkbooks } from './workbooks.server.ts';

/** Writes an export in the form that was asked for. */
export async function writeForm(delivery: Delivery): Promise<void> {
	const { format, attachments } = delivery.order.choice;
	if (format === 'xlsx') return writeWorkbooks(delivery);
	const archive = new Archive(delivery.made);
	const plan = await planOf(delivery);
	const counts = delivery.tables.map(() => 0);
	const files = new TableFiles(archive, plan.files, delivery.send, { level: levelOf(delivery), large: delivery.counted.submissions > mayBeLarge });
	try {
		await files.begin();
		await delivery.eachRow(
			(table, row) => {
				counts[table] = (counts[table] ?? 0) + 1;
				files.add(table, row);
			},
			() => files.flush()
		);
		await files.end();
	} finally {
		files.close();
	}
	const leftOut = attachments ? await addAttachments(archive, delivery) : null;
	for (const [name, content] of plan.scripts) await addFile(archive, name, content, delivery.send);
	await addCodebook(archive, delivery, plan.variables);
	await addFile(archive, 'README.txt', `\ufeff${aboutLines(delivery, counts, leftOut).join('\r\n')}\r\n`, delivery.send);
	await delivery.send(archive.close());
}

type Plan = { readonly files: { name: string; encoder: Encoder }[]; readonly scripts: [string, string][]; readonly variables: Variable[][] | null };

async function planOf(delivery: Delivery): Promise<Plan> {
	const { tables, order: { choice }, made } = delivery;
	if (choice.format === 'csv') {
		return { files: tables.map((table) => ({ name: `${table.name}.csv`, encoder: new CsvEncoder(table, choice) })), scripts: [], variables: null };
	}
	if (choice.format === 'r') {
		const form = { mark: false, headings: 'names', values: 'names' } as const;
		return { files: tables.map((table) => ({ name: `${table.name}.csv`, encoder: new CsvEncoder(table, form) })), scripts: [['read.R', rScript(tables)]], variables: null };
	}
	const { tables: profiles } = await delivery.profile();
	const limits = choice.format === 'stata' ? stataLimits : spssLimits;
	const variables = tables.map((table, i) => variablesFor(table, profiles[i] ?? { rows: 0, columns: [] }, limits));
	const scripts = choice.format === 'spss-syntax' ? tables.map((table, i): [string, string] => [`${table.name}.sps`, spssSyntax(table, variables[i] ?? [])]) : [];
	const files = tables.map((table, i) => {
		const [of, profile] = [variables[i] ?? [], profiles[i] ?? { rows: 0, columns: [] }];
		if (choice.format === 'spss') return { name: `${table.name}.sav`, encoder: new SavEncoder(of, table, profile.rows, made) };
		if (choice.format === 'stata') return { name: `${table.name}.dta`, encoder: stataEncoder(of, table, profile, made) };
		const form = { mark: false, headings: 'names', values: 'names' } as const;
		return { name: `${table.name}.csv`, encoder: new CsvEncoder(table, form, syntaxValues(of)) };
	});
	return { files, scripts, variables };
}

function stataEncoder(variables: Variable[], table: Delivery['tables'][number], profile: TableProfile, made: Date): DtaEncoder {
	const long = variables.reduce((sum, variable, i) => {
		const found = profile.columns[i];
		return variable.kind === 'text' && variable.width > longestShort && found ? sum + found.total + found.count * longTextHead : sum;
	}, 0);
	return new DtaEncoder(variables, table, profile.rows, made, new Spool(), long);
}

async function addCodebook(archive: Archive, { tables, order, send }: Delivery, variables: Variable[][] | null): Promise<void> {
	const [heads = [], ...lines] = codebookOf(tables, variables, order.words);
	const encoder = new CsvEncoder(
		{ name: 'codebook', path: '', repeats: [], columns: heads.map((head) => ({ name: head, label: head, kind: 'text', source: { from: 'about', what: 'id' }, options: [], several: false, type: 'about' })) },
		{ mark: true, headings: 'names', values: 'names' }
	);
	const head = encoder.head();
	for (const line of lines) encoder.row(line);
	await addFile(archive, 'codebook.csv', Buffer.concat([head, encoder.take()]), send);
}

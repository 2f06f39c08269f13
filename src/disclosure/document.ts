import { z } from 'zod';

/** What the documents of `bin/hamkor disclosure` look like; described in docs/disclosure.md. */
export const format = 'hamkor-disclosure-1';

/** The total of a dimension. */
export const total = '*';

/** Cells that a document may hold, this and earlier tables together. */
export const mostCells = 250_000;

const name = z.string().min(1).max(200);
const number = z.number({ error: 'expected a number' }).int('expected a whole number').min(0, 'expected no number below zero').max(Number.MAX_SAFE_INTEGER, 'the number is too large');

const dimension = z.strictObject({
	name,
	/** What is counted apart; every one stands in no other. */
	codes: z.array(name).min(1).max(50_000),
	/** Regions of districts, bands of ages: sums of codes or of other groups. They may overlap. */
	groups: z.record(name, z.array(name).min(1)).default({})
});

const rule = z.strictObject({
	p: z.number().positive().max(100).default(10),
	n: z.int().min(1).max(5).optional(),
	k: z.number().positive().max(100).optional()
});

const cell = z.strictObject({
	at: z.array(name),
	value: number,
	contributors: number.optional(),
	/** In descending order. */
	largest: z.array(number).max(10).refine((values) => values.every((value, i) => i === 0 || value <= (values[i - 1] ?? 0)), 'expected the greatest contributions, the greatest first').optional(),
	/** Few people stand behind it although the number is not small (several of something from one person). */
	few: z.boolean().optional(),
	/** It is known anyway and cannot be withheld. */
	told: z.boolean().optional()
});

const publishedCell = z.strictObject({
	at: z.array(name),
	/** Null where it is withheld. */
	value: number.nullable(),
	/** The value is rounded to a multiple of this. */
	roundedTo: z.int().min(2).optional(),
	/** It is known anyway. */
	told: z.boolean().optional()
});

const table = {
	id: name,
	/** Tables of one population share what they count. */
	population: z.string().max(200).default(''),
	unit: z.enum(['people', 'survivors']).default('people'),
	threshold: z.int().min(2).max(1000).optional(),
	/** What is summed; without it people are counted. */
	magnitude: name.optional(),
	rule: rule.optional(),
	dimensions: z.array(name).max(8),
	/** Only these codes or groups of dimensions that the table is not split by. */
	where: z.record(name, z.array(name).min(1)).default({}),
	/** Only what had come in by then. */
	asOf: z.union([z.iso.date(), z.iso.datetime({ offset: true })], { error: 'expected a day (2026-03-08) or a moment with its offset (2026-03-08T12:00:00+05:00)' }).optional(),
	/** `listed`: nothing but the cells given, which need not be a whole table. */
	margins: z.enum(['published', 'none', 'listed']).default('published')
};

/** A table with its true numbers. */
export const tableSchema = z.strictObject({ ...table, cells: z.array(cell).min(1, 'the table has no cells') });
/** A table as it went out. */
export const publishedTableSchema = z.strictObject({ ...table, cells: z.array(publishedCell).min(1, 'the table has no cells') });

/** By dimension, the codes or groups that people are narrowed to. */
const narrowed = z.record(name, z.array(name).min(1));

/** Who is in one group is in at least one of others, and everybody knows it. */
const cover = z.strictObject({ population: z.string().max(200).default(''), of: narrowed, by: z.array(narrowed).min(1) });

const report = z.looseObject({});
const head = { format: z.literal(format, { error: `expected "${format}"` }), dimensions: z.array(dimension).default([]), covers: z.array(cover).default([]), report: report.optional() };

const release = z.strictObject({ ...head, format: z.literal(format).optional(), release: z.string().max(200).optional(), tables: z.array(publishedTableSchema).min(1, 'there is no table') });

/** Two tables of one name could not be told apart in a report. */
const tablesOf = <T extends z.ZodType<{ id: string }>>(schema: T) =>
	z.array(schema).min(1, 'there is no table').superRefine((tables, context) => {
		tables.forEach(({ id }, i) => {
			if (tables.findIndex((each) => each.id === id) < i) context.addIssue({ code: 'custom', path: [i, 'id'], message: `there is another table "${id}"` });
		});
	});

/** What `protect` reads. */
export const protectSchema = z.strictObject({
	...head,
	tables: tablesOf(tableSchema),
	earlier: z.array(release).default([]),
	method: z.enum(['suppress', 'round']).default('suppress'),
	base: z.int().min(2).max(1000).optional()
});
/** What `attack` reads: what `protect` writes, with what was released before. */
export const attackSchema = z.strictObject({ ...head, tables: tablesOf(publishedTableSchema), earlier: z.array(release).default([]) });

export type Dimension = z.output<typeof dimension>;
export type Cover = z.output<typeof cover>;
export type Table = z.output<typeof tableSchema>;
export type PublishedTable = z.output<typeof publishedTableSchema>;
export type ProtectDocument = z.output<typeof protectSchema>;
export type AttackDocument = z.output<typeof attackSchema>;

/** Why a document cannot be used: a sentence with the place in the document. */
export class Unusable extends Error {
	readonly at: string;
	readonly reason: string;
	constructor(path: string, reason: string) {
		const at = path === '' ? 'document' : path;
		super(`${at}: ${reason}`);
		this.at = at;
		this.reason = reason;
	}
}

/** Numbers that cannot all be true at once, of the same people at the same time. */
export class Inconsistent extends Unusable {}

import { z } from 'zod';
import { IDENTIFYING_REASONS } from '#xforms/identifying.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
import { REASONS, type ReasonCode } from '#xforms/reasons.ts';

const reasonCodes: ReadonlySet<string> = new Set(Object.keys(REASONS));
const isReason = (code: string): code is ReasonCode => reasonCodes.has(code);
const text = z.record(z.string(), z.string());

/** A question that may identify a person, and why. */
export const identifyingSchema = z.object({
	name: z.string(),
	xpath: z.string(),
	row: z.int().nullable(),
	labels: text,
	reasons: z.array(z.enum(IDENTIFYING_REASONS)),
	certainty: z.enum(['asks', 'may'])
});
export type Identifying = z.output<typeof identifyingSchema>;

/** Something that works, but that the author would want to know. */
/** What was kept before warnings had codes has its English sentence alone. */
export const warningSchema = z.object({
	sheet: z.string().optional(),
	row: z.int().optional(),
	code: z.string().optional(),
	facts: z.record(z.string(), z.string()).default({}),
	message: z.string()
});
export type InstrumentWarning = z.output<typeof warningSchema>;

const errorSchema = z.object({
	code: z.string().refine(isReason),
	sheet: z.exactOptional(z.string()),
	row: z.exactOptional(z.int()),
	column: z.exactOptional(z.string()),
	facts: text,
	message: z.string()
});

/** Sheets as text, as the converter reads them. */
export const workbookSchema = z.object({ sheets: z.array(z.object({ name: z.string(), rows: z.array(z.array(z.string())) })) });

const readySchema = z.object({
	ok: z.literal(true),
	model: instrumentSchema,
	xml: z.string(),
	warnings: z.array(warningSchema),
	identifying: z.array(identifyingSchema),
	/** The spreadsheet names no version; the one given comes from its content. */
	versionGiven: z.boolean(),
	/** The sheets of this very version. */
	workbook: workbookSchema
});
/** A spreadsheet that can be saved as an instrument. */
export type ReadyInstrument = z.output<typeof readySchema>;

/** What came of reading a spreadsheet as an XLSForm; crosses from the worker to the program. */
export const xlsFormResult = z.union([readySchema, z.object({ ok: z.literal(false), errors: z.array(errorSchema) })]);
export type XlsFormResult = z.output<typeof xlsFormResult>;

import { neutralise } from './neutral.ts';

/** A field of a CSV file (RFC 4180) that a program reads: as it is, in quotation marks where it has to be. */
export const rawCsvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A field of a CSV file (RFC 4180) that a person opens in a spreadsheet: what that would run as a formula is plain text. */
export const csvField = (text: string): string => rawCsvField(neutralise(text));

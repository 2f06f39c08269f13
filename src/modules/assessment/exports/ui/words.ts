import { m } from '#paraglide/messages.js';
import type { ExportFormat } from '../choice.ts';

const formats: Readonly<Record<ExportFormat, () => string>> = {
	csv: m.exports_format_csv, xlsx: m.exports_format_xlsx, spss: m.exports_format_spss, 'spss-syntax': m.exports_format_spss_syntax,
	stata: m.exports_format_stata, r: m.exports_format_r
};
export const formatWord = (format: ExportFormat): string => formats[format]();

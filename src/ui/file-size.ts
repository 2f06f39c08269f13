import { m } from '#paraglide/messages.js';
import { getLocale } from '#paraglide/runtime.js';
import { formatNumber } from './format.ts';

/** The size of a file as people say it: kilobytes below one megabyte, never less than one. */
export const fileSize = (bytes: number): string =>
	bytes < 1_048_576 ? m.ui_file_kb({ size: formatNumber(Math.max(1, Math.ceil(bytes / 1024)), getLocale(), 0) }) : m.ui_file_mb({ size: formatNumber(bytes / 1_048_576, getLocale(), 1) });

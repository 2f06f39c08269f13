import type { FilesLeftOut } from './attachments.server.ts';
import type { Delivery } from './order.ts';
import { filled } from './words.ts';

/** Submissions beyond which the first table may grow beyond 4 GB. */
export const mayBeLarge = 300_000;

/** A download is packed quickly, what a job prepares more tightly. */
export const levelOf = ({ order }: Delivery): number => (order.jobId === null ? 1 : 6);

/** What an export says of itself. @param files those it does not hold; null when files were not asked for */
export function aboutLines({ order: { words, choice }, rounds, tables, counted, made }: Delivery, counts: readonly number[], files: FilesLeftOut | null, more: readonly string[] = []): string[] {
	return [
		words.title,
		filled(words.rows, { n: counted.submissions, m: counted.total }),
		...tables.map((table, i) => filled(words.tableRows, { table: table.name, n: counts[i] ?? 0 })),
		`${words.rounds}: ${rounds.map((round) => `${round.code} (${round.version})`).join(', ')}`,
		...words.filter,
		words.language,
		`${words.made}: ${made.toISOString()}`,
		...(counted.madeUp > 0 ? [filled(words.madeUp, { n: counted.madeUp })] : []),
		...(['csv', 'r', 'spss-syntax', 'xlsx'].includes(choice.format) ? [words.apostrophe] : []),
		...(choice.format === 'spss-syntax' ? [words.lines] : []),
		...(files === null ? [] : [files.missing > 0 ? filled(words.filesMissing, { n: files.missing }) : words.files]),
		...(files && files.struck > 0 ? [filled(words.filesStruck, { n: files.struck })] : []),
		...more,
		words.secret
	];
}

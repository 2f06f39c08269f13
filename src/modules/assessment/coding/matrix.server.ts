import type { Tx } from '#platform/database.server.ts';
import { localText, type Locale } from '#platform/locales.ts';
import { typeLabel } from '#modules/network/labels.ts';
import { m } from '#paraglide/messages.js';
import { readAs, treeOf, type TreeCode } from './codebook.ts';
import { speakerTypes } from './interview.ts';
import { listCodes } from './queries.server.ts';
import { findSegments } from './retrieval.server.ts';
import { matrixOf, type MatrixBy, type MatrixRow } from './retrieval.ts';

/** Codes set against places or kinds of organisation, with words for both. */
export type Matrix = { readonly columns: readonly { readonly key: string; readonly label: string }[]; readonly rows: readonly (MatrixRow & { readonly code: TreeCode })[]; readonly interviews: number };

/** The matrix of a programme: regions, or kinds of organisation, of the interviews one reads. */
export async function matrixFor(tx: Tx, programmeId: string, by: MatrixBy, locale: Locale): Promise<Matrix> {
	const codes = await listCodes(tx, programmeId);
	const found = await findSegments(tx, programmeId, codes, { code: '', place: '', type: '', coder: '', words: '' });
	const tree = treeOf(codes).filter(({ state }) => state !== 'merged');
	const none = { key: '', label: by === 'place' ? m.assessment_whole_programme({}, { locale }) : m.coding_not_stated({}, { locale }) };
	const regions = new Map(found.flatMap((row) => (row.regionId && row.region ? [[row.regionId, localText(row.region, locale).text] as const] : [])));
	const keys = by === 'place' ? [...regions].map(([key, label]) => ({ key, label })) : speakerTypes.filter((type) => found.some((row) => row.organisationType === type)).map((key) => ({ key, label: typeLabel(key) }));
	const hasNone = found.some((row) => (by === 'place' ? row.regionId : row.organisationType) === null);
	const columns = [...keys.sort((a, b) => a.label.localeCompare(b.label, locale)), ...(hasNone ? [none] : [])];
	const rows = matrixOf(found, tree.map(({ id }) => id), columns.map(({ key }) => key), by, readAs(codes));
	return { columns, rows: rows.flatMap((row, i) => (tree[i] && row.segments > 0 ? [{ ...row, code: tree[i] }] : [])), interviews: new Set(found.map(({ interviewId }) => interviewId)).size };
}

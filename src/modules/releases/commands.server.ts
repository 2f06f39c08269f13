import { createHash } from 'node:crypto';
import { smallestCount, type FigureCells } from '#modules/assessment/figures/cells.ts';
import { canonical } from '#platform/canonical.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import type { LocalText } from '#platform/locales.ts';
import { codeOf, nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { revealsByDifference } from './difference.ts';
import { releasedTables } from './queries.server.ts';

/** A figure about to be released, with the cells that members may see. */
export type ReleaseFigure = {
	id: string;
	code: string;
	roundId: string;
	question: string;
	split: string | null;
	queryVersion: number;
	cutOff: Date;
	resultSha256: Buffer;
	threshold: number;
	cells: FigureCells;
};

/** Why a figure may not leave the programme. */
export type Refusal = 'figure.withheld-cells' | 'figure.difference-reveals';

/**
 * Judges a figure before release: no cell below the threshold (which also means that none had to be withheld), and no
 * small count given away by what the ledger already holds.
 */
export async function refusalOf(tx: Tx, figure: ReleaseFigure): Promise<Refusal | null> {
	const hidden = figure.cells.rows.some((row) => row.cells.some((cell) => typeof cell === 'string'));
	const smallest = smallestCount(figure.cells);
	if (hidden || (smallest !== null && smallest < figure.threshold)) return 'figure.withheld-cells';
	const earlier = await releasedTables(tx, figure.roundId, figure.question);
	const table = { split: figure.split, cells: figure.cells };
	return earlier.some((before) => revealsByDifference(before, table, figure.threshold)) ? 'figure.difference-reveals' : null;
}

/**
 * Enters a release in the ledger, with every figure in it judged once more.
 * @param release.content makes what goes out, given the release's code; its hash is kept
 * @throws Problem with the refusal's code (409) when a figure may not leave
 */
export async function enterRelease<T>(
	tx: Tx,
	permit: Permit<'briefing.publish'>,
	release: { kind: 'briefing'; title: LocalText; figures: readonly ReleaseFigure[]; content: (code: string) => T }
): Promise<{ id: string; content: T }> {
	if (permit.actor.kind !== 'person') throw problem('not-permitted', 403);
	const { programmeId } = permit.subject;
	const number = await nextNumber(tx, programmeId, 'release'); // locks the series: two releases are judged one after the other
	for (const figure of release.figures) {
		const refusal = await refusalOf(tx, figure);
		if (refusal) throw problem(refusal, 409, { code: figure.code, threshold: figure.threshold });
	}
	const id = newId();
	const content = release.content(codeOf('release', number));
	await tx
		.insertInto('releases.release')
		.values({
			id,
			programmeId,
			number,
			kind: release.kind,
			title: release.title,
			releasedBy: permit.actor.personId,
			contentSha256: createHash('sha256').update(canonical(content)).digest()
		})
		.execute();
	if (release.figures.length > 0) {
		await tx
			.insertInto('releases.releaseFigure')
			.values(
				release.figures.map(({ id: figureId, queryVersion, cutOff, resultSha256, threshold, cells }) => ({
					programmeId,
					releaseId: id,
					figureId,
					queryVersion,
					cutOff,
					resultSha256,
					threshold,
					smallest: smallestCount(cells),
					cells: JSON.stringify(cells)
				}))
			)
			.execute();
	}
	return { id, content };
}

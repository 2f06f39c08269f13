import { createHash } from 'node:crypto';
import { smallestCount } from '#modules/assessment/figures/cells.ts';
import { canonical } from '#platform/canonical.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import type { LocalText } from '#platform/locales.ts';
import { codeOf, nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { judgeFigures } from './judge/judge.server.ts';
import type { Pattern } from './judge/verdict.ts';

/** A figure about to be released. What of it goes out is decided by the judge. */
export type ReleaseFigure = { id: string; code: string; queryVersion: number; cutOff: Date; resultSha256: Buffer; threshold: number };

/** What may be shown of each figure, by its id. */
export type Patterns = ReadonlyMap<string, Pattern>;

/**
 * Enters a release in the ledger, with its figures judged once more beside everything in it.
 * @param release.content makes what goes out, given the release's code and what may be shown of each figure; its hash is kept
 * @throws Problem with the refusal's code (409) when there is no safe way to release the figures; `release.takes-long`
 */
export async function enterRelease<T>(
	tx: Tx,
	permit: Permit<'briefing.publish'>,
	release: { kind: 'briefing'; title: LocalText; figures: readonly ReleaseFigure[]; content: (code: string, patterns: Patterns) => T }
): Promise<{ id: string; content: T }> {
	if (permit.actor.kind !== 'person') throw problem('not-permitted', 403);
	const { programmeId } = permit.subject;
	const number = await nextNumber(tx, programmeId, 'release'); // locks the series: two releases are judged one after the other
	const verdict = await judgeFigures(tx, programmeId, release.figures.map((figure) => figure.id));
	if ('refused' in verdict) throw problem(verdict.refused, 409, { code: codesOf(release.figures, verdict.ids) });
	const patterns: Patterns = new Map(verdict.patterns.map((pattern) => [pattern.id, pattern]));
	const id = newId();
	const content = release.content(codeOf('release', number), patterns);
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
	const once = [...new Map(release.figures.map((figure) => [figure.id, figure])).values()];
	const rows = once.flatMap(({ id: figureId, queryVersion, cutOff, resultSha256, threshold }) => {
		const pattern = patterns.get(figureId);
		if (!pattern) throw problem('figure.no-pattern', 409, { code: codesOf(release.figures, [figureId]) });
		const { cells, n, nEarlier = null, held } = pattern;
		return [{ programmeId, releaseId: id, figureId, queryVersion, cutOff, resultSha256, threshold, smallest: smallestCount(cells), cells: JSON.stringify(cells), n, nEarlier, held }];
	});
	if (rows.length > 0) await tx.insertInto('releases.releaseFigure').values(rows).execute();
	return { id, content };
}

/** The codes of figures, in order. */
export const codesOf = (figures: readonly Pick<ReleaseFigure, 'id' | 'code'>[], ids: readonly string[]): string => [...new Set(figures.filter((figure) => ids.includes(figure.id)).map((figure) => figure.code))].join(', ');

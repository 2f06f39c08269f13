import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { piecesOf } from '#modules/assessment/strength/queries.server.ts';
import { strengthOf, type Piece, type Strength } from '#modules/assessment/strength/strength.ts';
import { endorsedBy, sides, stances, type Endorsed, type Word } from '../endorsement/endorsement.ts';
import { reopenedGaps } from '../watch/queries.server.ts';
import { equalWeights, missing, scoresOf, type Component, type Scores, type Weights } from './priority-of-gap.ts';
import { rankGaps, type Rank } from './rank.ts';

/** The weights of a programme, and why they are so. */
export async function weightsOf(tx: Tx, programmeId: string): Promise<{ weights: Weights; reason: string | null; setAt: Date | null }> {
	const row = await tx.selectFrom('gaps.weighting').selectAll().where('programmeId', '=', programmeId).executeTakeFirst();
	if (!row) return { weights: equalWeights, reason: null, setAt: null };
	const weights = { severity: Number(row.severity), people: Number(row.people), strength: Number(row.strength), feasibility: Number(row.feasibility) };
	return { weights, reason: row.reason, setAt: row.setAt };
}

/** Components of a gap with what they were made of. */
export type Weighed = {
	readonly severity: number | null;
	readonly feasibility: number | null;
	readonly peopleLow: number | null;
	readonly peopleHigh: number | null;
	readonly peopleSource: string | null;
	readonly sessionId: string | null;
	readonly strength: Strength;
	readonly scores: Scores;
	readonly missing: readonly Component[];
};

type Row = { id: string; severity: string | null; feasibility: string | null; peopleLow: number | null; peopleHigh: number | null; peopleSource: string | null; sessionId: string | null };

const numeric = (value: string | null): number | null => (value === null ? null : Number(value));

function weighed(row: Row, pieces: readonly Piece[], today: string): Weighed {
	const { peopleLow, peopleHigh, peopleSource, sessionId } = row;
	const [severity, feasibility] = [numeric(row.severity), numeric(row.feasibility)];
	const strength = strengthOf(pieces, today);
	const scores = scoresOf({ severity, feasibility, peopleLow, peopleHigh, strength: strength.value });
	return { severity, feasibility, peopleLow, peopleHigh, peopleSource, sessionId, strength, scores, missing: missing(scores) };
}

/** Pieces of evidence that gaps rest on by findings that stand: by gap. Two statements however many gaps. */
async function evidenceOf(tx: Tx, gapIds: readonly string[]): Promise<ReadonlyMap<string, Piece[]>> {
	if (gapIds.length === 0) return new Map();
	const cited = await tx
		.selectFrom('gaps.gapFinding as c')
		.innerJoin('assessment.finding as f', 'f.id', 'c.findingId')
		.select(['c.gapId', 'c.findingId'])
		.where('c.gapId', 'in', [...gapIds])
		.where('f.state', '=', 'stands')
		.execute();
	const pieces = await piecesOf(tx, [...new Set(cited.map((each) => each.findingId))]);
	return new Map([...Map.groupBy(cited, (each) => each.gapId)].map(([gap, findings]) => [gap, findings.flatMap((each) => pieces.get(each.findingId) ?? [])]));
}

/** The components of one gap. */
export async function weighedGap(tx: Tx, gap: Row, today: string): Promise<Weighed> {
	return weighed(gap, (await evidenceOf(tx, [gap.id])).get(gap.id) ?? [], today);
}

/** A gap of the register with its components, its rank and who stands behind it. */
export type RegisterRow = {
	readonly id: string;
	readonly number: number;
	readonly title: LocalText;
	readonly barrier: string;
	readonly groups: readonly string[];
	readonly state: string;
	readonly placeId: string | null;
	readonly placeName: LocalText | null;
	readonly placePath: string | null;
	readonly search: string;
	readonly openedAt: Date | null;
	readonly reopened: boolean;
	readonly weighed: Weighed;
	readonly rank: Rank | null;
	readonly endorsed: Endorsed;
};

/**
 * The register: every gap that the actor sees, ranked among those that are open (also those that later figures opened again). The number of
 * statements does not depend on the number of gaps.
 * @param weights instead of the programme's own, for trying
 */
export async function readRegister(tx: Tx, programmeId: string, today: string, weights?: Weights): Promise<RegisterRow[]> {
	const rows = await tx
		.selectFrom('gaps.gap as g')
		.leftJoin('network.place as p', 'p.id', 'g.placeId')
		.select(['g.id', 'g.number', 'g.title', 'g.barrier', 'g.groups', 'g.state', 'g.placeId', 'g.search', 'g.openedAt', 'p.name as placeName', 'p.path as placePath'])
		.select(['g.severity', 'g.feasibility', 'g.peopleLow', 'g.peopleHigh', 'g.peopleSource', 'g.sessionId'])
		.where('g.programmeId', '=', programmeId)
		.orderBy('g.number')
		.execute();
	const evidence = await evidenceOf(tx, rows.map((row) => row.id));
	const words = await endorsementsOf(tx, programmeId);
	const reopened = rows.some((row) => row.state === 'closed') ? await reopenedGaps(tx, programmeId) : new Map();
	const all = rows.map((row) => ({ row, weighed: weighed(row, evidence.get(row.id) ?? [], today), reopened: reopened.has(row.id) }));
	const open = all.filter(({ row, reopened: again }) => row.state === 'open' || again);
	const ranks = rankGaps(open.map((each) => each.weighed.scores), weights ?? (await weightsOf(tx, programmeId)).weights);
	const rankOf = new Map(open.map(({ row }, i) => [row.id, ranks[i] ?? null]));
	return all.map(({ row, weighed: own, reopened: again }) => ({
		id: row.id, number: row.number, title: row.title, barrier: row.barrier, groups: row.groups, state: row.state,
		placeId: row.placeId, placeName: row.placeName, placePath: row.placePath, search: row.search, openedAt: row.openedAt,
		reopened: again, weighed: own, rank: rankOf.get(row.id) ?? null, endorsed: endorsedBy(words.get(row.id) ?? [])
	}));
}

async function endorsementsOf(tx: Tx, programmeId: string): Promise<ReadonlyMap<string, Word[]>> {
	const rows = await tx.selectFrom('gaps.endorsement').select(['gapId', 'side', 'stance', 'withdrawnAt']).where('programmeId', '=', programmeId).execute();
	return Map.groupBy(rows.flatMap(wordOf), (row) => row.gapId);
}

/** A row of the database as a word, with its gap. */
export function wordOf<R extends { side: string; stance: string; withdrawnAt: Date | null }>(row: R): (Omit<R, 'side' | 'stance'> & Word)[] {
	const side = sides.find((each) => each === row.side);
	const stance = stances.find((each) => each === row.stance);
	return side && stance ? [{ ...row, side, stance }] : [];
}

import { closeGap } from '#modules/gaps/commands.server.ts';
import { endorseGap } from '#modules/gaps/endorsement/commands.server.ts';
import { mergeGaps } from '#modules/gaps/lineage/commands.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { adoptResult, draftSession, scoreAgain, showSpread, startSession } from '#modules/gaps/sessions/commands.server.ts';
import { castVote, enterSheet, joinSession } from '#modules/gaps/sessions/vote-commands.server.ts';
import { watchGap } from '#modules/gaps/watch/commands.server.ts';
import { weighGap } from '#modules/gaps/weigh/commands.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { madeUp } from '../made-up.ts';
import type { MadeUpSession } from '../made-up/types.ts';
import type { Happening, Told } from './happening.ts';
import { as, idOf, type Stage } from './stage.ts';

const officer = 'programme-officer';

/** What gaps weigh, who stands behind them, a session in which they are scored, and what became of two of them. */
export function weightOfGaps(tx: Tx, stage: Stage, told: Told): Happening[] {
	const { programmeId } = stage;
	const id = (kind: string, key: string): string => idOf(programmeId, kind, key);
	const openedOn = (key: string): number => madeUp.gaps.find((gap) => gap.key === key)?.day ?? 0;
	return [
		...madeUp.weighings.map(({ gap, severity, feasibility, people, source }) => ({
			day: openedOn(gap),
			happen: () => {
				const fields = { severity, feasibility, peopleLow: people?.[0] ?? null, peopleHigh: people?.[1] ?? null, peopleSource: source ?? null };
				return as(tx, stage, officer, verbs.weighGap, id('gap', gap), (may) => weighGap(tx, may, fields));
			}
		})),
		...madeUp.endorsements.map(({ gap, day, by, of, stance, reason }) => ({
			day,
			happen: () => as(tx, stage, by, verbs.endorseGap, { gapId: id('gap', gap), organisationId: id('organisation', of) }, (may) => endorseGap(tx, may, { stance, reason: reason ?? {} }))
		})),
		...madeUp.merged.map(({ key, into, mergedOn, why }) => ({
			day: mergedOn,
			happen: () => {
				const from = [id('gap', key)];
				return as(tx, stage, officer, verbs.mergeGaps, { into: id('gap', into), from }, (may) => mergeGaps(tx, may, { from, reason: why }));
			}
		})),
		...madeUp.watched.flatMap(({ gap, figure, row, series, direction, percent, statedOn, closedOn, met, reason }) => [
			{
				day: statedOn,
				happen: () => {
					const cell = { figureId: told.figure.get(figure) ?? '', rowKey: row, seriesKey: series };
					return as(tx, stage, officer, verbs.watchGap, id('gap', gap), (may) => watchGap(tx, may, { cell, direction, bar: percent, reason }));
				}
			},
			{ day: closedOn, happen: () => as(tx, stage, officer, verbs.closeGap, id('gap', gap), (may) => closeGap(tx, may, met.map((finding) => id('finding', finding)))) }
		]),
		{ day: madeUp.session.day, happen: () => scoreTogether(tx, stage, madeUp.session) }
	];
}

/** Everybody scores for themselves, turn by turn; then the medians are adopted. */
async function scoreTogether(tx: Tx, stage: Stage, { key, moderator, title, gaps, sheet, voices }: MadeUpSession): Promise<void> {
	const { programmeId } = stage;
	const session = idOf(programmeId, 'session', key);
	const gapIds = gaps.map((gap) => idOf(programmeId, 'gap', gap));
	await as(tx, stage, moderator, verbs.draftSession, { programmeId }, (may) => draftSession(tx, may, { title, placeId: null, gaps: gapIds }, session));
	await as(tx, stage, moderator, verbs.runSession, session, (may) => startSession(tx, may));
	const taking: { by: string; voice: string; turns: MadeUpSession['voices'][number]['turns']; note: string | null }[] = [];
	for (const { who, turns, note = null } of voices) {
		const voice = who === null
			? await as(tx, stage, moderator, verbs.enterSheet, session, (may) => enterSheet(tx, may, sheet))
			: await as(tx, stage, who, verbs.joinSession, session, (may) => joinSession(tx, may));
		taking.push({ by: who ?? moderator, voice, turns, note });
	}
	const last = Math.max(...voices.map((voice) => voice.turns.length));
	for (let turn = 0; turn < last; turn++) {
		if (turn > 0) await as(tx, stage, moderator, verbs.runSession, session, (may) => scoreAgain(tx, may));
		for (const { by, voice, turns, note } of taking) {
			for (const [at, gapId] of gapIds.entries()) {
				const [severity = null, feasibility = null] = turns[turn]?.[at] ?? [];
				await as(tx, stage, by, verbs.vote, voice, (may) => castVote(tx, may, { gapId, severity, feasibility, note: at === 0 && turn === 0 ? note : null }));
			}
		}
		await as(tx, stage, moderator, verbs.runSession, session, (may) => showSpread(tx, may));
	}
	await as(tx, stage, moderator, verbs.adoptSession, session, (may) => adoptResult(tx, may));
}

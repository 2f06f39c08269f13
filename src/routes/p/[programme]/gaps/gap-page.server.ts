import type { Tx } from '#platform/database.server.ts';
import { codeOf } from '#platform/codes.ts';
import { localText } from '#platform/locales.ts';
import { mayI } from '#platform/permit.server.ts';
import { today } from '#platform/today.ts';
import { endorsedBy, wordsChanged } from '#modules/gaps/endorsement/endorsement.ts';
import { speakersOn, wordsOn } from '#modules/gaps/endorsement/queries.server.ts';
import { mayUndo, type Related } from '#modules/gaps/lineage/lineage.ts';
import { lineageOf } from '#modules/gaps/lineage/queries.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { getGap, metFindings } from '#modules/gaps/queries.server.ts';
import { readRegister, weighedGap } from '#modules/gaps/ranking/queries.server.ts';
import { readWatches } from '#modules/gaps/watch/queries.server.ts';
import { reopenedBy } from '#modules/gaps/watch/watch.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { recordPath } from '#thread/paths.ts';
import type { Place } from '../[records]/desks/desk.server.ts';
import { namedPieces } from './named-pieces.server.ts';

/** What the page of a gap shows beyond what every record shows: what it weighs, who stands behind it, what became of it, what watches it. */
export async function readGapMore(tx: Tx, place: Place, id: string) {
	const { programmeId, locale, timeZone } = place;
	const gap = await getGap(tx, programmeId, id);
	const day = today(timeZone);
	const register = await readRegister(tx, programmeId, day);
	const own = register.find((row) => row.id === id);
	const weighed = own?.weighed ?? (await weighedGap(tx, gap, day));
	const readings = await readWatches(tx, programmeId, id);
	const words = await wordsOn(tx, id);
	const steps = await lineageOf(tx, id);
	const named = ({ id: gapId, number, title, state }: Related) => ({
		label: number === null ? '' : `${codeOf('gap', number)} · ${localText(title, locale).text}`,
		code: number === null ? '' : codeOf('gap', number),
		href: localizeHref(recordPath(programmeId, 'gap', gapId)),
		state
	});
	const may = async (verb: typeof verbs.weighGap | typeof verbs.watchGap | typeof verbs.splitGap | typeof verbs.undoLineage): Promise<boolean> => mayI(tx, verb, id);
	const open = gap.state === 'open';
	const session = gap.sessionId ? await tx.selectFrom('gaps.session').select(['id', 'number']).where('id', '=', gap.sessionId).executeTakeFirst() : undefined;
	const moved = gap.state === 'merged' || gap.state === 'split';
	const now = new Date();
	return {
		state: gap.state,
		weighed,
		rank: own?.rank ?? null,
		ranked: register.filter((row) => row.rank !== null).length,
		session: session ? { code: codeOf('session', session.number), href: localizeHref(`/p/${programmeId}/gaps/sessions/${session.id}`) } : null,
		pieces: await namedPieces(tx, programmeId, locale, weighed.strength),
		endorsed: endorsedBy(words),
		words: words.map(({ organisation, reason, gapTitle, withdrawnReason, ...word }) => {
			const said = localText(reason, locale);
			return {
				id: word.id, side: word.side, stance: word.stance, saidAt: word.saidAt, withdrawnAt: word.withdrawnAt, own: word.own, person: word.person,
				withdrawnReason, organisation: localText(organisation, locale).text, reason: said.text, lang: said.locale,
				changed: wordsChanged(gapTitle, gap.title) ? localText(gapTitle, locale).text : null
			};
		}),
		maySpeak: open && (await speakersOn(tx, programmeId, id)).length > 0,
		lineage: steps.map((step) => ({ ...step, from: named(step.from), into: named(step.into) })),
		metBy: (await metFindings(tx, id)).map(({ id: finding, number, statement, state }) => ({ id: finding, label: `${codeOf('finding', number)} · ${localText(statement, locale).text}`, state, href: localizeHref(recordPath(programmeId, 'finding', finding)) })),
		livesOn: moved ? steps.filter((step) => step.from.id === id && step.undoneAt === null).map((step) => named(step.into)) : [],
		mayUndo: moved && steps.every((step) => step.from.id !== id || step.undoneAt !== null || mayUndo(step.madeAt, now)) && (await may(verbs.undoLineage)),
		readings: readings.map(({ row, series, figure, next, ...reading }) => ({
			...reading,
			what: [localText(figure.title, locale).text, localText(row, locale).text, localText(series, locale).text].filter(Boolean).join(' · '),
			code: codeOf('figure', figure.number),
			href: localizeHref(recordPath(programmeId, 'figure', figure.id)),
			round: localText(figure.round, locale).text,
			next: next && { ...next, code: codeOf('figure', next.number), round: localText(next.round, locale).text, href: localizeHref(recordPath(programmeId, 'figure', next.id)) }
		})),
		reopenedBy: reopenedBy(readings, gap)?.id ?? null,
		may: {
			weigh: (open || gap.state === 'draft' || gap.state === 'closed') && (await may(verbs.weighGap)),
			watch: (open || gap.state === 'closed') && (await may(verbs.watchGap)),
			move: open && (await may(verbs.splitGap))
		}
	};
}
export type GapMore = Awaited<ReturnType<typeof readGapMore>>;

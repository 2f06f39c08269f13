import qrcode from 'qrcode';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { codeOf } from '#platform/codes.ts';
import type { Tx } from '#platform/database.server.ts';
import { localText } from '#platform/locales.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { adoptResult, cancelSession, scoreAgain, showSpread, startSession } from '#modules/gaps/sessions/commands.server.ts';
import { getSession, myVoice, notesOf, progressOf, spreadsOf } from '#modules/gaps/sessions/queries.server.ts';
import { sheetFields } from '#modules/gaps/sessions/session.ts';
import { enterSheet, joinSession } from '#modules/gaps/sessions/vote-commands.server.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { m } from '#paraglide/messages.js';
import { recordPath } from '#thread/paths.ts';
import { sessionStateWord } from '../words.ts';

const keptDissent = z.object({ severity: z.number(), feasibility: z.number(), severityOf: z.number(), feasibilityOf: z.number() }).partial();

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, session: id } = event.params;
		const { locale } = event.locals;
		const { session, gaps, voices } = await getSession(tx, programme, id);
		const spreads = await spreadsOf(tx, id);
		const notes = await notesOf(tx, id);
		const moderates = await mayI(tx, verbs.runSession, id);
		const address = `${event.url.origin}${localizeHref(`/p/${programme}/gaps/sessions/${id}`)}`;
		const over = session.state === 'adopted' || session.state === 'cancelled';
		return {
			session: {
				id, state: session.state, turn: session.turn, code: session.code, number: codeOf('session', session.number), title: localText(session.title, locale).text,
				place: session.place ? localText(session.place, locale).text : m.thread_whole_programme(), madeBy: session.madeBy, word: sessionStateWord(session, locale), over
			},
			address,
			qr: moderates && !over ? await qrcode.toString(address, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }) : null,
			progress: await progressOf(tx, id),
			voices: voices.map((voice) => ({ id: voice.id, name: voice.name ?? voice.label ?? m.thread_somebody(), paper: voice.personId === null })),
			mine: await myVoice(tx, id),
			moderates,
			gaps: gaps.map((gap) => {
				const title = localText(gap.title, locale);
				return {
					id: gap.id, code: codeOf('gap', gap.number), title: title.text, lang: title.locale, state: gap.state, href: localizeHref(recordPath(programme, 'gap', gap.id)),
					adopted: session.state === 'adopted' ? { severity: gap.severity === null ? null : Number(gap.severity), feasibility: gap.feasibility === null ? null : Number(gap.feasibility), dissent: keptDissent.parse(gap.dissent) } : null,
					turns: spreads.filter((spread) => spread.gapId === gap.id).sort((a, b) => b.turn - a.turn),
					notes: notes.filter((note) => note.gapId === gap.id)
				};
			})
		};
	});

const nothing = z.object({});
type Event = Parameters<NonNullable<Actions['start']>>[0];
const here = ({ params }: Event): string => `/p/${params.programme}/gaps/sessions/${params.session}`;
const running = (event: Event, run: (tx: Tx) => Promise<unknown>) =>
	acting(event, nothing, async (tx) => {
		await run(tx);
		return here(event);
	});

export const actions: Actions = {
	start: (event) => running(event, async (tx) => startSession(tx, await permit(tx, verbs.runSession, event.params.session))),
	show: (event) => running(event, async (tx) => showSpread(tx, await permit(tx, verbs.runSession, event.params.session))),
	again: (event) => running(event, async (tx) => scoreAgain(tx, await permit(tx, verbs.runSession, event.params.session))),
	cancel: (event) => running(event, async (tx) => cancelSession(tx, await permit(tx, verbs.runSession, event.params.session))),
	adopt: (event) => running(event, async (tx) => adoptResult(tx, await permit(tx, verbs.adoptSession, event.params.session))),
	join: (event) =>
		acting(event, nothing, async (tx) => {
			const voice = await joinSession(tx, await permit(tx, verbs.joinSession, event.params.session));
			return `${here(event)}/vote?voice=${voice}`;
		}),
	sheet: (event) =>
		acting(event, sheetFields, async (tx, { label }) => {
			const voice = await enterSheet(tx, await permit(tx, verbs.enterSheet, event.params.session), label);
			return `${here(event)}/vote?voice=${voice}`;
		})
};

import { lookAtRounds } from '#modules/assessment/fieldwork/quality/look.server.ts';
import { system } from '#platform/actor.ts';
import { asActor, inTransaction, type Tx } from '#platform/database.server.ts';
import { baseLocale, isLocale, type Locale } from '#platform/locales.ts';
import { dayOf } from './days.ts';
import { sendAnswers } from './parts/answers.ts';
import { workInField } from './parts/fieldwork.ts';
import { findStage, layFrame, welcome } from './parts/frame.ts';
import { openRounds } from './parts/rounds.ts';
import { alone, idOf, type Stage } from './parts/stage.ts';
import { tellStory } from './parts/story.ts';

export type Making = {
	/** Who becomes coordinator and administrator of it; null: nobody real. */
	readonly personId: string | null;
	/** The day from which its dates are counted; today if it is left out. */
	readonly today?: string;
	/** In which the cast is named; the person's own language if it is left out. */
	readonly locale?: Locale;
	/** Is told how far the work is, from 0 to 100. What it throws ends the work; what was whole by then stays. */
	readonly progress?: (percent: number) => Promise<void>;
};

/**
 * Makes the demonstration programme through the same commands as everybody, with permits and journal. There is one in an
 * installation: when it is there, nothing is added but the person's roles; when it is there in part, the rest is made.
 * @returns the programme's id
 */
export async function makeDemonstration({ personId, today = dayOf(new Date()), locale, progress = async () => {} }: Making): Promise<string> {
	const named = locale ?? (await localeOf(personId));
	const stage = await alone(async (tx) => {
		const there = await findStage(tx);
		if (!there) return layFrame(tx, today, personId, named);
		await welcome(tx, there, personId);
		return there;
	});
	await progress(10);
	await once(stage, 'assessment.round', (tx) => openRounds(tx, stage));
	await progress(20);
	if (!(await alone((tx) => hasAny(tx, stage, 'assessment.finding')))) await sendAnswers(stage, (sent, of) => progress(20 + (40 * sent) / of));
	await once(stage, 'assessment.finding', (tx) => tellStory(tx, stage, (told, of) => progress(60 + (39 * told) / of)));
	await workInField(stage);
	await lookAtRounds();
	return stage.programmeId;
}

/** Builds a part unless it is there: a part is made in one transaction, so one thing of it tells of the whole. */
const once = (stage: Stage, of: 'assessment.round' | 'assessment.finding', build: (tx: Tx) => Promise<void>): Promise<void> =>
	alone(async (tx) => {
		if (!(await hasAny(tx, stage, of))) await build(tx);
	});

const hasAny = (tx: Tx, { programmeId }: Stage, table: 'assessment.round' | 'assessment.finding'): Promise<boolean> =>
	asActor(tx, { kind: 'person', personId: idOf(programmeId, 'person', 'manager') }, async () => {
		const found = await tx.selectFrom(table).select('id').where('programmeId', '=', programmeId).limit(1).executeTakeFirst();
		return found !== undefined;
	});

async function localeOf(personId: string | null): Promise<Locale> {
	if (personId === null) return baseLocale;
	const account = await inTransaction(system('first-run'), (tx) =>
		tx.selectFrom('platform.account').select('locale').where('personId', '=', personId).executeTakeFirst()
	);
	return isLocale(account?.locale) ? account.locale : baseLocale;
}

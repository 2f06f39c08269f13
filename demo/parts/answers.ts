import { receive } from '#modules/assessment/collection/intake.server.ts';
import { formOf } from '#modules/assessment/collection/form.server.ts';
import { receiveRefusal } from '#modules/assessment/collection/refusal.server.ts';
import { inTransaction } from '#platform/database.server.ts';
import { madeUpSubmissions } from '../answers/people.ts';
import { idOf, placeOf, type Stage } from './stage.ts';

/**
 * Sends all made-up answers through the intake, as phones would. What has arrived before is not taken twice, so that an
 * interrupted run goes on where it stopped; a round closed meanwhile still says that it has what it has.
 * @param progress is told how many have been sent
 */
export async function sendAnswers(stage: Stage, progress: (sent: number, of: number) => Promise<void>): Promise<void> {
	const { programmeId, today } = stage;
	const versionId = await versionInUse(stage);
	const { shape } = await formOf(versionId);
	const submissions = madeUpSubmissions(today);
	let sent = 0;
	for (const { round, region, receivedAt, xml } of submissions) {
		const tokenId = idOf(programmeId, `link ${round}`, region);
		const open = { programmeId, roundId: idOf(programmeId, 'round', round), placeId: placeOf(stage, region), versionId };
		await receive({ kind: 'token', tokenId }, open, shape, { xml: new TextEncoder().encode(xml), files: [] }, { madeUp: true, receivedAt });
		// Not everybody who is asked agrees.
		if (sent % 11 === 5) await receiveRefusal({ kind: 'token', tokenId }, open, { id: idOf(programmeId, `refusal ${round}`, String(sent)), during: sent % 3 === 0, on: receivedAt.toISOString().slice(0, 10) }, true);
		sent += 1;
		if (sent % 50 === 0) await progress(sent, submissions.length);
	}
}

const versionInUse = async ({ programmeId }: Stage): Promise<string> =>
	inTransaction({ kind: 'person', personId: idOf(programmeId, 'person', 'analyst') }, async (tx) => {
		const round = await tx
			.selectFrom('assessment.round')
			.select('instrumentVersionId')
			.where('id', '=', idOf(programmeId, 'round', 'baseline'))
			.executeTakeFirstOrThrow();
		return round.instrumentVersionId;
	});

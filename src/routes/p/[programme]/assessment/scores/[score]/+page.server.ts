import type { PageServerLoad } from './$types.js';
import { draftFinding } from '#modules/assessment/permits.ts';
import { getScore } from '#modules/assessment/scoring/score-queries.server.ts';
import { withdrawalPart } from '#modules/assessment/withdrawal/part.server.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { lineOfScores } from '../../score-line.server.ts';

export const load: PageServerLoad = async (event) => {
	const { programme: facts } = await event.parent();
	return reading(event, async (tx) => {
		const { programme, score: id } = event.params;
		const { score, findings } = await getScore(tx, programme, id);
		const { resultSha256, ...shown } = score;
		const withdrawal = await withdrawalPart(tx, programme, 'score', id);
		return { ...withdrawal, score: { ...shown, code: codeOf('score', score.number), hash: resultSha256.toString('hex') }, findings, steps: await lineOfScores(tx, facts, [id], event.locals.locale), mayCite: await mayI(tx, draftFinding, { programmeId: programme, placeId: score.placeId }) };
	});
};

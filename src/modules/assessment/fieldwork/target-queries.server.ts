import { wholeTree } from '#modules/network/tree.server.ts';
import type { Tx } from '#platform/database.server.ts';
import type { Locale } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { instrumentSchema, questionsOf } from '#xforms/instrument.ts';
import { instrumentText } from '../figures/figure.ts';
import type { TargetGround } from './target.ts';

/** What targets of a round may be about: its places and those below them, the choices of its target question; and those there are. */
export async function targetGround(tx: Tx, programmeId: string, roundId: string, locale: Locale): Promise<TargetGround & { question: string | null }> {
	const round = await tx
		.selectFrom('assessment.round as r')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.select(['r.targetQuestion', 'v.model'])
		.where('r.id', '=', roundId)
		.where('r.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!round) throw notFound();
	const instrument = instrumentSchema.parse(round.model);
	const question = [...questionsOf(instrument.questions)].find((each) => each.xpath === round.targetQuestion);
	const text = (labels: Record<string, string>, name: string): string => instrumentText(labels, locale, instrument.defaultLanguage, name);
	return {
		places: await placesOfRound(tx, programmeId, roundId),
		question: question ? text(question.labels, question.name) : null,
		choices: (question?.choices ?? []).map(({ name, labels }) => ({ name, label: text(labels, name) })),
		there: await tx.selectFrom('assessment.roundTarget').select(['placeId', 'choice', 'target']).where('roundId', '=', roundId).execute()
	};
}

/** The places that a round covers, with all below them, wide ones first. */
export async function placesOfRound(tx: Tx, programmeId: string, roundId: string) {
	const tree = await wholeTree(tx, programmeId);
	const covered = new Set((await tx.selectFrom('assessment.roundPlace').select('placeId').where('roundId', '=', roundId).execute()).map((row) => row.placeId));
	const within = new Set<string>();
	return tree.filter((place) => {
		const inside = covered.has(place.id) || (place.parentId !== null && within.has(place.parentId));
		if (inside) within.add(place.id);
		return inside;
	});
}

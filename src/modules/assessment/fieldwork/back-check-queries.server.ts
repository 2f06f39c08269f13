import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { shownName, shownNameIfAny } from '#platform/shown-name.ts';
import type { Instrument } from '#xforms/instrument.ts';
import { answersSchema } from '../answers.ts';
import { askable, outcomes, rates, sameAnswer, type Compared } from './back-check.ts';

const outcomeSchema = z.enum(outcomes);

/** Draws of a round, newest first, with how far each is. */
export async function listBackChecks(tx: Tx, roundId: string) {
	const rows = await tx
		.selectFrom('assessment.backCheck as c')
		.leftJoin('assessment.backCheckInterview as i', 'i.checkId', 'c.id')
		.select(['c.id', 'c.share', 'c.seed', 'c.drawnFrom', 'c.drawnAt', sql<string>`count(i.id)`.as('drawn'), sql<string>`count(i.id) filter (where i.outcome <> 'waiting')`.as('ended')])
		.where('c.roundId', '=', roundId)
		.groupBy('c.id')
		.orderBy('c.drawnAt', 'desc')
		.execute();
	return rows.map((row) => ({ ...row, share: Number(row.share), drawn: Number(row.drawn), ended: Number(row.ended) }));
}

/** One draw with its interviews and, where both were held, the comparison field by field. @throws Problem `not-found` */
export async function getBackCheck(tx: Tx, roundId: string, instrument: Instrument, id: string) {
	const check = await tx
		.selectFrom('assessment.backCheck as c')
		.innerJoin('network.person as p', 'p.id', 'c.personId')
		.select(['c.id', 'c.share', 'c.seed', 'c.questions', 'c.drawnFrom', 'c.cutOff', 'c.drawnAt', shownName('p').as('drawnBy')])
		.where('c.id', '=', id)
		.where('c.roundId', '=', roundId)
		.executeTakeFirst();
	if (!check) throw notFound();
	const rows = await tx
		.selectFrom('assessment.backCheckInterview as i')
		.innerJoin('assessment.submission as s', 's.id', 'i.submissionId')
		.leftJoin('assessment.team as t', 't.id', 'i.teamId')
		.leftJoin('network.place as l', 'l.id', 's.placeId')
		.leftJoin('network.person as p', 'p.id', 'i.personId')
		.select(['i.id', 'i.submissionId', 'i.teamId', 'i.outcome', 'i.answers', 'i.note', 'i.doneAt', 's.receivedAt', 's.answers as first', 't.name as team', shownNameIfAny('p').as('who'), sql<LocalText | null>`l.name`.as('place')])
		.select(sql<string>`assessment.receipt_of(s.instance_id)`.as('receipt'))
		.where('i.checkId', '=', id)
		.orderBy('t.name')
		.orderBy('s.receivedAt')
		.execute();
	const questions = askable(instrument).filter(({ question }) => check.questions.includes(question.xpath));
	const interviews = rows.map(({ first, answers, outcome, ...row }) => {
		const [one, two] = [answersSchema.parse(first), answersSchema.parse(answers)];
		const text = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');
		const compared = outcome === 'done' ? questions.map(({ question }) => ({ question, first: text(one[question.xpath]), second: text(two[question.xpath]) })).filter((each) => each.first !== '' || each.second !== '') : [];
		return { ...row, outcome: outcomeSchema.parse(outcome), compared: compared.map((each) => ({ ...each, same: sameAnswer(each.question, each.first, each.second) })) };
	});
	const all = interviews.flatMap((row) => row.compared.map(({ question, same }): Compared => ({ teamId: row.teamId, path: question.xpath, same })));
	return { check: { ...check, share: Number(check.share) }, questions, interviews, byTeam: rates(all, (each) => each.teamId ?? ''), byQuestion: rates(all, (each) => each.path), whole: rates(all, () => '')[0] ?? null };
}

import { sql } from 'kysely';
import { answersSchema } from '#modules/assessment/answers.ts';
import { drawBackCheck, recordInterview } from '#modules/assessment/fieldwork/back-check-commands.server.ts';
import { askable } from '#modules/assessment/fieldwork/back-check.ts';
import { comment } from '#modules/assessment/fieldwork/comment-commands.server.ts';
import { editSubmission } from '#modules/assessment/fieldwork/edit-commands.server.ts';
import { editFields } from '#modules/assessment/fieldwork/edit.ts';
import { filledOf } from '#modules/assessment/fieldwork/filled.ts';
import { submissionShape } from '#xforms/submissionShape.ts';
import * as verbs from '#modules/assessment/fieldwork/permits.ts';
import { planRound } from '#modules/assessment/fieldwork/plan-commands.server.ts';
import { setTargets } from '#modules/assessment/fieldwork/target-commands.server.ts';
import { addMember, makeTeam, moveTeam } from '#modules/assessment/fieldwork/team-commands.server.ts';
import { reviewMany } from '#modules/assessment/fieldwork/bulk-review.server.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { words } from '../words.ts';
import { alone, as, idOf, onDay, placeOf, type Stage } from './stage.ts';

type Member = { readonly who: string; readonly organisation: string };
type Team = { readonly region: 'UZ-JI' | 'UZ-SA'; readonly name: string; readonly members: readonly [Member, Member] };

/** Two joint teams of the round that is still open: somebody of civil society, and somebody of an authority. */
const teams: readonly Team[] = [
	{ region: 'UZ-JI', name: 'Jizzax 1', members: [{ who: 'shelter-worker', organisation: 'shelter-a' }, { who: 'official-jizzakh', organisation: 'authority-jizzakh' }] },
	{ region: 'UZ-SA', name: 'Samarqand 1', members: [{ who: 'programme-officer', organisation: 'women-samarkand' }, { who: 'official-samarkand', organisation: 'authority-samarkand' }] }
];
const targets = { 'UZ-JI': 100, 'UZ-SA': 75, 'UZ-NG': 60 } as const;
const regions = ['UZ-JI', 'UZ-SA', 'UZ-NG'] as const;

/** The team and the member on whose phone the link of a region is; none where no team works. */
export function phoneOf({ programmeId }: Stage, region: string): { teamId: string | null; personId: string | null } {
	const team = teams.find((each) => each.region === region);
	return team ? { teamId: idOf(programmeId, 'team', team.region), personId: idOf(programmeId, 'person', team.members[0].who) } : { teamId: null, personId: null };
}

/** Plans a round before it opens: joint, with two teams that are ready, and a target for each region. */
export async function planFieldwork(tx: Tx, stage: Stage, roundId: string): Promise<void> {
	const { programmeId } = stage;
	await as(tx, stage, 'analyst', verbs.planRound, roundId, (may) => planRound(tx, may, { joint: true, targetQuestion: null, keyQuestions: [], shortestMinutes: null }));
	for (const { region, name, members } of teams) {
		const id = idOf(programmeId, 'team', region);
		const places = [placeOf(stage, region)].flatMap((place) => place ?? []);
		await as(tx, stage, 'analyst', verbs.makeTeam, roundId, (may) => makeTeam(tx, may, id, { name, startsOn: null, endsOn: null, places, services: [] }));
		for (const { who, organisation } of members) {
			await as(tx, stage, 'analyst', verbs.editTeam, id, (may) => addMember(tx, may, { personId: idOf(programmeId, 'person', who), organisationId: idOf(programmeId, 'organisation', organisation) }));
		}
		await as(tx, stage, 'analyst', verbs.editTeam, id, (may) => moveTeam(tx, may, 'ready'));
	}
	const cells = regions.flatMap((region) => {
		const placeId = placeOf(stage, region);
		return placeId === null ? [] : [{ placeId, choice: '', target: targets[region] }];
	});
	await as(tx, stage, 'analyst', verbs.setTargets, roundId, (may) => setTargets(tx, may, cells));
}

/** What the analysts did with the answers of that round: reviews, a correction, a comment, a back-check. Once. */
export const workInField = (stage: Stage): Promise<void> =>
	alone(async (tx) => {
		const { programmeId } = stage;
		const roundId = idOf(programmeId, 'round', 'repeat');
		const checkId = idOf(programmeId, 'back-check', 'repeat');
		const analyst = { kind: 'person', personId: idOf(programmeId, 'person', 'analyst') } as const;
		const answers = await asActor(tx, analyst, async () => {
			const there = await tx.selectFrom('assessment.backCheck').select('id').where('id', '=', checkId).executeTakeFirst();
			if (there) return [];
			return tx.selectFrom('assessment.submission').select(['id', 'xml']).where('roundId', '=', roundId).orderBy('receivedAt').orderBy('id').limit(12).execute();
		});
		const [first, second] = answers;
		if (!first || !second) return;
		onDay(tx, stage, -1);
		const reviewed = answers.slice(2).map((each) => each.id);
		await as(tx, stage, 'analyst', verbs.reviewAnswers, roundId, (may) => reviewMany(tx, may, { id: idOf(programmeId, 'review', 'repeat'), state: 'approved', note: '', answers: reviewed }));
		const { instrument } = await asActor(tx, analyst, () => roundInstrument(tx, programmeId, roundId));
		const years = editFields(instrument, filledOf(first.xml, submissionShape(instrument))).find((field) => field.question.name === 'years_in_role');
		if (years) {
			const reason = words('Namoyish: guruh bilan aniqlandi', 'Демонстрация: уточнено у группы', 'Kórsetpe: topar menen anıqlandı', 'Demonstration: asked the team').uz;
			const edition = { id: idOf(programmeId, 'edition', 'repeat'), reason, answer: { [years.key]: years.value === '7' ? '8' : '7' } };
			await as(tx, stage, 'analyst', verbs.editSubmission, first.id, (may) => editSubmission(tx, may, edition));
		}
		const said = { id: idOf(programmeId, 'comment', 'repeat'), body: 'Namoyish: bu javobni guruh bilan birga koʻrib chiqamizmi? @official', roles: ['official' as const] };
		await as(tx, stage, 'analyst', verbs.commentSubmission, second.id, (may) => comment(tx, may, said, 'uz'));
		await backCheck(tx, stage, roundId, checkId);
		await sql`set constraints all immediate`.execute(tx);
	});

/** A twentieth of the answers is asked again; four second interviews are held, one of them remembers otherwise. */
async function backCheck(tx: Tx, stage: Stage, roundId: string, checkId: string): Promise<void> {
	const analyst = { kind: 'person', personId: idOf(stage.programmeId, 'person', 'analyst') } as const;
	const { instrument } = await asActor(tx, analyst, () => roundInstrument(tx, stage.programmeId, roundId));
	const asked = askable(instrument).filter(({ question }) => ['role', 'years_in_role', 'works_directly'].includes(question.name));
	await as(tx, stage, 'analyst', verbs.drawBackCheck, roundId, (may) => drawBackCheck(tx, may, { id: checkId, percent: 5, seed: 'namoyish', questions: asked.map(({ question }) => question.xpath) }));
	const drawn = await asActor(tx, analyst, () =>
		tx
			.selectFrom('assessment.backCheckInterview as i')
			.innerJoin('assessment.submission as s', 's.id', 'i.submissionId')
			.select(['i.id', 's.answers'])
			.where('i.checkId', '=', checkId)
			.orderBy('s.receivedAt')
			.orderBy('s.id')
			.limit(4)
			.execute()
	);
	for (const [at, { id, answers }] of drawn.entries()) {
		const said = answersSchema.parse(answers);
		const again = (path: string, name: string): string => {
			const text = said[path];
			const before = typeof text === 'string' ? text : '';
			return at === 1 && name === 'years_in_role' && before !== '' ? String(Number(before) + 3) : before;
		};
		const answer = Object.fromEntries(asked.map(({ key, question }) => [key, again(question.xpath, question.name)]));
		await as(tx, stage, 'analyst', verbs.recordBackCheck, id, (may) => recordInterview(tx, may, { outcome: 'done', note: '', answer }));
	}
}


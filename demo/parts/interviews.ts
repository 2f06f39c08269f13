import { readAs } from '#modules/assessment/coding/codebook.ts';
import { addCode } from '#modules/assessment/coding/codebook-commands.server.ts';
import { addSegments, finishCoding, startAgreed, startCoding } from '#modules/assessment/coding/coding-commands.server.ts';
import { storeInterview } from '#modules/assessment/coding/interview-commands.server.ts';
import * as verbs from '#modules/assessment/coding/permits.ts';
import { listCodes } from '#modules/assessment/coding/queries.server.ts';
import { quoteSegment } from '#modules/assessment/coding/quote-commands.server.ts';
import { lengthOf, normaliseText, type Span } from '#modules/assessment/coding/text.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { dayFrom } from '../days.ts';
import { codes, interviews, quoted, type MadeUpInterview, type Mark } from '../made-up/interviews.ts';
import type { Happening } from './happening.ts';
import { as, idOf, placeOf, type Stage } from './stage.ts';

/** The two who code: the analysts named in the round, one of an authority, as joint analysis wants it. */
const coders = ['analyst', 'official-national'] as const;

/** The codebook, and six interviews coded by two who do not see each other's work; three of them reconciled afterwards. */
export function interviewsHappen(tx: Tx, stage: Stage): Happening[] {
	const { programmeId } = stage;
	const first = Math.min(...interviews.map(({ day }) => day));
	const codebook = async (): Promise<void> => {
		for (const { key, parent, colour, name, definition } of codes) {
			const fields = { name, definition, useWhen: {}, useNot: {}, examples: {}, memo: '', colour, parentId: parent === null ? null : codeId(stage, parent) };
			await as(tx, stage, 'analyst', verbs.editCodebook, { programmeId }, (may) => addCode(tx, may, fields, codeId(stage, key)));
		}
	};
	return [{ day: first - 1, happen: codebook }, ...interviews.map((interview) => ({ day: interview.day, happen: () => hold(tx, stage, interview) })), { day: quoted.day, happen: () => quote(tx, stage) }];
}

const codeId = ({ programmeId }: Stage, key: string): string => idOf(programmeId, 'code', key);

async function hold(tx: Tx, stage: Stage, interview: MadeUpInterview): Promise<void> {
	const { programmeId, today } = stage;
	const id = idOf(programmeId, 'interview', interview.key);
	const roundId = idOf(programmeId, 'round', 'baseline');
	const body = normaliseText(interview.text);
	const facts = {
		kind: interview.kind, roundId, placeId: placeOf(stage, interview.region), organisationType: interview.type, heldOn: dayFrom(today, interview.day),
		language: interview.language, consentLevel: interview.consent, wanted: 2
	};
	const struck = body.match(/\[[^\]\n]{2,20}\]/g)?.length ?? 0;
	await as(tx, stage, 'analyst', verbs.storeInterview, { programmeId, roundId }, (may) => storeInterview(tx, may, { facts, body, struck, madeUp: true }, id));
	for (const [at, who] of coders.entries()) {
		const coding = await as(tx, stage, who, verbs.startCoding, id, (may) => startCoding(tx, may));
		for (const mark of at === 0 ? interview.first : interview.second) {
			await as(tx, stage, who, verbs.code, coding, (may) => addSegments(tx, may, spanOf(body, mark), [codeId(stage, mark[0])]));
		}
		await as(tx, stage, who, verbs.finishCoding, coding, (may) => finishCoding(tx, may, true));
	}
	if (!interview.agreed) return;
	const agreed = await as(tx, stage, 'analyst', verbs.agreeCoding, id, async (may) => startAgreed(tx, may, readAs(await listCodes(tx, programmeId))));
	await as(tx, stage, 'analyst', verbs.finishCoding, agreed, (may) => finishCoding(tx, may, true));
}

/** One of the passages becomes a quotation. */
async function quote(tx: Tx, stage: Stage): Promise<void> {
	const who = { kind: 'person', personId: idOf(stage.programmeId, 'person', 'analyst') } as const;
	const { id } = await asActor(tx, who, () =>
		tx
			.selectFrom('assessment.segment as s')
			.innerJoin('assessment.coding as c', 'c.id', 's.codingId')
			.select('s.id')
			.where('c.interviewId', '=', idOf(stage.programmeId, 'interview', quoted.interview))
			.where('s.codeId', '=', codeId(stage, quoted.code))
			.where('c.coderId', '=', who.personId)
			.executeTakeFirstOrThrow()
	);
	await as(tx, stage, 'analyst', verbs.quoteSegment, id, (may) => quoteSegment(tx, may, { consentLevel: 'public', spokenBy: quoted.spokenBy }));
}

function spanOf(body: string, [code, words]: Mark): Span {
	const at = body.indexOf(words);
	if (at < 0) throw new Error(`not in the interview: ${code} ${words}`);
	const starts = lengthOf(body.slice(0, at));
	return { starts, ends: starts + lengthOf(words) };
}

import { sql } from 'kysely';
import { it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { Problem } from '#platform/problem.ts';
import { rolledBack } from './database.ts';
import { makeWorld, type World } from './personas.ts';
import type { CodeFields } from '#modules/assessment/coding/codebook.ts';
import { addCode } from '#modules/assessment/coding/codebook-commands.server.ts';
import { addSegments, finishCoding, startCoding } from '#modules/assessment/coding/coding-commands.server.ts';
import { nameInterviewAnalysts, storeInterview } from '#modules/assessment/coding/interview-commands.server.ts';
import type { InterviewFields } from '#modules/assessment/coding/interview.ts';
import * as verbs from '#modules/assessment/coding/permits.ts';

/** What is stated of an interview when it comes in. */
export const facts: InterviewFields = { kind: 'interview', roundId: null, placeId: null, organisationType: 'cso', heldOn: '2026-01-05', language: 'uz', consentLevel: 'role', wanted: 2 };
/** A text whose first letter is two units long in UTF-16 and one code point. */
export const body = '😀 Markazda bizni eshitishdi. Mahallada esa chida deyishdi. Yoʻl uzoq edi.';
/** Where some words of the text stand. */
export const span = (words: string): [number, number] => {
	const starts = [...body.slice(0, body.indexOf(words))].length;
	return [starts, starts + [...words].length];
};
/** A code as the form of the codebook sends it. */
export const codeOf = (name: string, parentId: string | null = null): CodeFields => ({ name: { uz: name }, definition: {}, useWhen: {}, useNot: {}, examples: {}, parentId, colour: 0, memo: '' });

/** An interview, three codes, and who may read it. */
export type Ground = { world: World; interview: string; code: Record<'a' | 'b' | 'c', string>; as: World['person'] };

/** An interview outside a round that coordinator, analyst and member may read, and three codes. */
export async function ground(tx: Tx, change: Partial<InterviewFields> = {}): Promise<Ground> {
	const world = await makeWorld(tx);
	const { programmeId, person } = world;
	const target = { programmeId };
	const named = [person.coordinator, person.analyst, person.member].map(({ personId }) => personId);
	await asActor(tx, person.coordinator, async () => nameInterviewAnalysts(tx, await permit(tx, verbs.nameInterviewAnalysts, target), named));
	return asActor(tx, person.analyst, async () => {
		const interview = await storeInterview(tx, await permit(tx, verbs.storeInterview, { programmeId, roundId: null }), { facts: { ...facts, ...change }, body, struck: 0 });
		const may = await permit(tx, verbs.editCodebook, target);
		const a = await addCode(tx, may, codeOf('Markaz'));
		const code = { a, b: await addCode(tx, may, codeOf('Mahalla')), c: await addCode(tx, may, codeOf('Yoʻl', a)) };
		return { world, interview, code, as: person };
	});
}
/** Somebody begins a coding. @returns its id */
export const begin = (tx: Tx, who: World['person'][keyof World['person']], interview: string) => asActor(tx, who, async () => startCoding(tx, await permit(tx, verbs.startCoding, interview)));
/** Puts a passage under codes. */
export const mark = (tx: Tx, who: World['person'][keyof World['person']], coding: string, starts: number, ends: number, ...codes: string[]) =>
	asActor(tx, who, async () => addSegments(tx, await permit(tx, verbs.code, coding), { starts, ends }, codes));
/** A coder is done, or not done any more. */
export const finish = (tx: Tx, who: World['person'][keyof World['person']], coding: string, done = true) => asActor(tx, who, async () => finishCoding(tx, await permit(tx, verbs.finishCoding, coding), done));
/** Something that is refused, without the transaction ending with it. */
export async function refused(tx: Tx, work: () => Promise<unknown>): Promise<string> {
	await sql`savepoint asked`.execute(tx);
	try {
		await work();
		return '';
	} catch (cause) {
		return cause instanceof Problem ? cause.code : cause instanceof Error ? cause.message : 'else';
	} finally {
		await sql`rollback to savepoint asked`.execute(tx);
	}
}
/** Tells something of an interview and three codes, and leaves nothing. */
export const story = (name: string, tell: (tx: Tx, ground: Ground) => Promise<void>, change: Partial<InterviewFields> = {}) =>
	it(name, () => rolledBack(system('first-run'), async (tx) => tell(tx, await ground(tx, change))));

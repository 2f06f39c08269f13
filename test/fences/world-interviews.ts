import { newId } from '#platform/ids.ts';

type Interviews = {
	readonly choice: { readonly analysts: readonly { readonly person: number }[] };
	readonly insert: (table: string, row: Record<string, unknown>) => Promise<string>;
	readonly text: string;
	readonly persons: readonly string[];
	readonly programmeIds: readonly string[];
	readonly placeIds: readonly (readonly string[])[];
	readonly rounds: readonly { readonly id: string; readonly programme: number }[];
};

/** Interviews in each round and outside, coded by two people: by one alone, by both and not yet done, by both and done and then agreed upon. */
export async function buildInterviews({ choice, insert, text, persons, programmeIds, placeIds, rounds }: Interviews): Promise<void> {
	let number = 0;
	for (const [p, programme_id] of programmeIds.entries()) {
		// Whom fast-check names for rounds reads interviews outside a round too, and every other person: what needs a role besides happens often enough.
		for (const person of new Set([...choice.analysts.map((each) => persons[each.person]), ...persons.filter((_, i) => i % 2 === 0)])) await insert('assessment.interview_analyst', { programme_id, person_id: person });
		const code_id = await insert('assessment.code', { id: newId(), programme_id, name: text });
		await insert('assessment.coding_step', { id: newId(), programme_id, coding_id: null, position: 1, verb: 'code.add', changes: '[]' });
		for (const round_id of [null, ...rounds.filter(({ programme }) => programme === p).map(({ id }) => id)]) {
			for (const [at, done] of [[true], [true, false], [true, true]].entries()) {
				const interview_id = await insert('assessment.interview', {
					id: newId(), programme_id, round_id, place_id: at === 0 ? null : placeIds[p]?.[at + 2], number: ++number, kind: 'interview', language: 'uz', consent_level: 'role', body: 'Matn'
				});
				const codings = [...done.map((isDone) => ({ kind: 'coder', isDone })), ...(done.length > 1 && done.every(Boolean) ? [{ kind: 'agreed', isDone: false }] : [])];
				for (const [i, { kind, isDone }] of codings.entries()) {
					const person = persons[(at + i) % persons.length];
					const coding_id = await insert('assessment.coding', {
						id: newId(), programme_id, interview_id, kind, coder_id: kind === 'coder' ? person : null, created_by: person, done_at: isDone ? new Date() : null
					});
					await insert('assessment.segment', { id: newId(), programme_id, coding_id, code_id, starts: 0, ends: 4 });
					await insert('assessment.interview_memo', { programme_id, coding_id, memo: 'm' });
					await insert('assessment.coding_step', { id: newId(), programme_id, coding_id, position: 1, verb: 'segment.add', changes: '[]' });
				}
			}
		}
	}
}

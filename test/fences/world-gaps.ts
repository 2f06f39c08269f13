import { newId } from '#platform/ids.ts';

type Insert = (table: string, row: Record<string, unknown>) => Promise<string>;
type Around = {
	readonly insert: Insert;
	readonly programme_id: string;
	/** Where the gap stands whose surroundings are written, and the finding it rests on. */
	readonly gap: { readonly id: string; readonly place_id: string | null };
	readonly finding_id: string;
	readonly text: string;
	readonly next: () => Record<string, unknown>;
	/** Who speaks, each for one organisation, and scores, each in their own name. */
	readonly persons: readonly (string | undefined)[];
	readonly organisations: readonly string[];
};

/** What stands around a gap: the finding it rests on, what became of others, who stands behind it, what it weighs, sessions in which it is scored. */
export async function buildAroundGap(around: Around): Promise<void> {
	const { insert, programme_id, gap, finding_id, text, next } = around;
	const gap_id = gap.id;
	await insert('gaps.gap_finding', { programme_id, gap_id, finding_id });
	const other_id = await insert('gaps.gap', { ...next(), title: text, barrier: 'law', state: 'merged' });
	await insert('gaps.gap_met', { programme_id, gap_id, finding_id });
	await insert('gaps.lineage', { id: newId(), programme_id, kind: 'merge', from_gap_id: other_id, into_gap_id: gap_id, reason: 'r' });
	// At the same place: what is merged from there concerns no other.
	await insert('gaps.gap', { ...next(), place_id: gap.place_id, title: text, barrier: 'law' });
	await insert('gaps.weighting', { programme_id, severity: 1, people: 1, strength: 1, feasibility: 1, reason: 'r' });
	await buildWords(around);
	await buildSessions(around);
}

/** An endorsement, a dissent, and a word that was taken back, each of another organisation. */
async function buildWords({ insert, programme_id, gap, text, persons, organisations }: Around): Promise<void> {
	const words = [{ side: 'civil_society', stance: 'endorse' }, { side: 'authority', stance: 'dissent', reason: text }, { side: 'authority', stance: 'endorse', withdrawn_at: new Date(), withdrawn_reason: 'r' }];
	for (const [i, word] of words.entries()) {
		await insert('gaps.endorsement', { id: newId(), programme_id, gap_id: gap.id, person_id: persons[i], organisation_id: organisations[i], gap_title: text, ...word });
	}
}

/** A session of the whole programme and one at a place; in each two people have joined, and a third entered a sheet of paper. */
async function buildSessions({ insert, programme_id, gap, text, next, persons }: Around): Promise<void> {
	for (const [code, at] of [['ABCDEF', {}], ['GHJKLM', { place_id: null }]] as const) {
		const session_id = await insert('gaps.session', { ...next(), ...at, title: text, code, state: 'scoring' });
		await insert('gaps.session_gap', { programme_id, session_id, gap_id: gap.id, position: 1 });
		for (const [i, entered_by] of persons.slice(0, 3).entries()) {
			const voice_id = await insert('gaps.voice', { id: newId(), programme_id, session_id, entered_by, ...(i < 2 ? { person_id: entered_by } : { label: 't' }) });
			await insert('gaps.vote', { programme_id, session_id, voice_id, gap_id: gap.id, turn: 1, severity: 3 });
		}
	}
}

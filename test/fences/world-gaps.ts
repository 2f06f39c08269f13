import { newId } from '#platform/ids.ts';

type Insert = (table: string, row: Record<string, unknown>) => Promise<string>;
/** Where the gap stands whose surroundings are written: its programme, a finding, who speaks and for which organisation. */
type Around = { programme_id: string; gap_id: string; finding_id: string; text: string; next: () => Record<string, unknown>; person_id: string | undefined; organisation_id: string | undefined };

/** What stands around a gap: the finding it rests on, what became of another, who endorsed it, what it weighs, a session in which it is scored. */
export async function buildAroundGap(insert: Insert, { programme_id, gap_id, finding_id, text, next, person_id, organisation_id }: Around): Promise<void> {
	await insert('gaps.gap_finding', { programme_id, gap_id, finding_id });
	const other_id = await insert('gaps.gap', { ...next(), title: text, barrier: 'law', state: 'merged' });
	await insert('gaps.gap_met', { programme_id, gap_id, finding_id });
	await insert('gaps.lineage', { id: newId(), programme_id, kind: 'merge', from_gap_id: other_id, into_gap_id: gap_id, reason: 'r' });
	await insert('gaps.endorsement', { id: newId(), programme_id, gap_id, person_id, organisation_id, side: 'authority', stance: 'endorse', gap_title: text });
	await insert('gaps.weighting', { programme_id, severity: 1, people: 1, strength: 1, feasibility: 1, reason: 'r' });
	const session_id = await insert('gaps.session', { ...next(), title: text, code: 'ABCDEF', state: 'scoring' });
	await insert('gaps.session_gap', { programme_id, session_id, gap_id, position: 1 });
	const voice_id = await insert('gaps.voice', { id: newId(), programme_id, session_id, person_id, entered_by: person_id });
	await insert('gaps.vote', { programme_id, session_id, voice_id, gap_id, turn: 1, severity: 3 });
}

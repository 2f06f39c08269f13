import fc from 'fast-check';
import { newId } from '#platform/ids.ts';

/** Services in assessment, in every state and with every kind of agreement. */
export const scoringChoices = fc.record({
	assessments: fc.array(
		fc.record({
			round: fc.constantFrom(0, 0, 0, 1),
			state: fc.constantFrom('scoring', 'one-in', 'reconciling', 'signed', 'signed', 'signed', 'reopened'),
			agreement: fc.constantFrom(null, 'programme', 'publication', 'withdrawn', 'of an earlier revision'),
			civil: fc.nat(5),
			authority: fc.nat(5),
			removed: fc.boolean(),
			service: fc.nat(2)
		}),
		{ minLength: 1, maxLength: 8 }
	),
	/** Whether the signed services of a round are counted together. */
	closed: fc.constantFrom(true, true, false)
});
export type ScoringChoice = typeof scoringChoices extends fc.Arbitrary<infer Choice> ? Choice : never;

const nothing = { criteria: 1, applicable: 1, met: 0, cap: null, mean: 1, cappedMean: 1, share: 0, cappedShare: 0 };

type Ground = {
	choice: ScoringChoice;
	insert: (table: string, row: Record<string, unknown>) => Promise<string>;
	run: (statement: string, values?: unknown[]) => Promise<unknown>;
	draw: (all: readonly string[]) => string | null;
	rounds: readonly { id: string; programme: number }[];
	programmes: readonly { id: string | undefined; versionId: string | undefined; places: readonly string[]; organisations: readonly string[] }[];
	persons: readonly string[];
	/** A finding of each programme. */
	findings: readonly string[];
};

/** Writes assessments of services with all their parts, past the rules that would make them happen one after the other. */
export async function buildScoring({ choice, insert, run, draw, rounds, programmes, persons, findings }: Ground): Promise<void> {
	await run('set local session_replication_role = replica');
	const text = JSON.stringify({ uz: 'sinov' });
	const sets = new Map<string, string>();
	const counted = new Map<string, number>();
	const taken = new Set<string>();
	let number = 0;
	for (const { round, state, agreement, civil, authority, removed, service } of choice.assessments) {
		const { id: round_id, programme } = rounds[round % rounds.length] ?? { id: '', programme: 0 };
		const { id: programme_id, versionId, places = [], organisations = [] } = programmes[programme] ?? {};
		const usual = organisations[service];
		const service_id =
			usual === undefined || taken.has(round_id + usual) ? await insert('network.organisation', { id: newId(), programme_id, type: 'cso_shelter', name: text }) : usual;
		taken.add(round_id + service_id);
		const bothIn = state === 'reconciling' || state === 'signed' || state === 'reopened';
		const signed = state === 'signed' || state === 'reopened';
		let set = sets.get(round_id);
		if (set === undefined && choice.closed && signed) {
			set = await insert('assessment.scoring_set', { id: newId(), programme_id, round_id, instrument_version_id: versionId });
			sets.set(round_id, set);
		}
		const now = new Date();
		const place_id = draw(places);
		const id = await insert('assessment.service_assessment', {
			id: newId(), programme_id, round_id, service_id, instrument_version_id: versionId, place_id, criteria: ['/data/a'],
			state: state === 'one-in' ? 'scoring' : state === 'reopened' ? 'reconciling' : state, revision: state === 'reopened' ? 2 : 1, both_in_at: bothIn ? now : null,
			signed_at: signed ? now : null, signed_revision: signed ? 1 : null, counted_in: signed ? set : null, counted_revision: signed && set ? 1 : null
		});
		if (signed && set) counted.set(set, (counted.get(set) ?? 0) + 1);
		const part = { programme_id, assessment_id: id };
		const sides = [['civil_society', persons[civil], organisations[0]], ['authority', persons[authority], organisations[1]]] as const;
		for (const [at, [side, person_id, organisation_id]] of sides.entries()) {
			const handedIn = bothIn || (state === 'one-in' && at === 0);
			await insert('assessment.score_sheet', { ...part, side, submitted_at: handedIn ? now : null, submitted_by: handedIn ? person_id : null });
			await insert('assessment.criterion_score', { ...part, side, criterion: '/data/a', score: at, evidence: ['seen'] });
			if (at === 0 || civil !== authority) await insert('assessment.scorer', { ...part, person_id, organisation_id, side, removed_at: removed && at === 1 ? now : null });
			if (signed) await insert('assessment.sign_off', { ...part, revision: 1, side, person_id });
		}
		const revisions = signed ? (state === 'reopened' ? [1, 2] : [1]) : bothIn ? [1] : [];
		for (const revision of revisions) {
			await insert('assessment.reconciliation', { ...part, revision, criterion: '/data/a', civil_score: 1, authority_score: 1 });
			if (revision > 1) await insert('assessment.score_reopening', { ...part, revision, reason: 'sinov', reopened_by: persons[0] });
		}
		if (!signed) continue;
		await insert('assessment.area_result', { ...part, revision: 1, area: '', criteria: 1, mean_civil: 1, mean_authority: 1, share_civil: 0, share_authority: 0, detail: JSON.stringify({ civil: nothing, authority: nothing, dissent: 0, title: {} }) });
		if (agreement !== null) {
			const away = agreement === 'withdrawn' ? { withdrawn_at: now, withdrawn_by: persons[0] } : {};
			const scope = agreement === 'programme' ? 'programme' : 'publication';
			await insert('assessment.service_agreement', {
				id: newId(), ...part, revision: agreement === 'of an earlier revision' ? 7 : 1, scope, agreed_on: '2026-01-01', recorded_by: persons[0], ...away
			});
		}
		const score = { programme_id, round_id, area: '', title: text, criteria: 1, result: '{}', result_sha256: Buffer.from('s') };
		const score_id = await insert('assessment.score', { id: newId(), ...score, place_id, number: ++number, assessment_id: id, revision: 1, services: 1 });
		await insert('assessment.finding_score', { programme_id, finding_id: findings[programme], score_id });
		if (state === 'reopened') await insert('assessment.withdrawal', { id: newId(), programme_id, score_id, reason: 'sinov' });
	}
	for (const [set, services] of counted) {
		await run('update assessment.scoring_set set services = $2 where id = $1', [set, services]);
		await run(
			`insert into assessment.score (id, programme_id, number, round_id, set_id, area, title, services, criteria, result, result_sha256)
			select $2, s.programme_id, $3, s.round_id, s.id, '', $4, greatest(s.services, 2), 1, '{}', 's' from assessment.scoring_set s where s.id = $1`,
			[set, newId(), ++number, text]
		);
	}
	await run('set local session_replication_role = origin');
}

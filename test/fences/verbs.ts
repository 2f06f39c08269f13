/** Whom a verb is for, written a second time from the description of the roles: the program's own lists are not asked. */
export type Wanted = {
	/** The table whose records it acts on; `programme`: it makes something in a programme, at a place or in all of it. */
	readonly on: string;
	readonly roles: readonly string[];
	/**
	 * How the role must be held. `placed`: over the record's place; `wide`: for the whole programme; `anywhere`: in any part of it;
	 * `confirms`, `declines`: who coordinates it all, or stands in where nobody does, and did not propose it; or proposed it.
	 * `seconds`: for the whole programme, not who asked nor whose account it is, one of the two a coordinator.
	 * `seen`: whoever sees the record, `own`: who said or entered it; no role is asked. `scores`: a scorer of either side; `of-service`: held for the
	 * service that was scored, once both sides have signed.
	 * The others say further whom the record itself names. `codes`: her own coding, and with the role the agreed one; `writes`: as long as it is not done.
	 */
	readonly how: 'placed' | 'wide' | 'anywhere' | 'named' | 'runs' | 'addressed' | 'undertook' | 'erases' | 'codes' | 'writes' | 'installation' | 'program' | 'confirms' | 'declines' | 'seconds' | 'seen' | 'own' | 'scores' | 'of-service';
	/** What is handed to the permit, where it is not the record's id. */
	readonly as?: 'in-programme' | 'programme-id' | 'round-and-place' | 'programme-and-round' | 'programme-and-list' | 'programme-and-person' | 'beside-interview' | 'gaps-into-gap' | 'gap-and-organisation';
	/** The record must be of a round whose answers are open to the asker. */
	readonly analysed?: true;
};

const wanted = new Map<string, Wanted>();
function say(verbs: string, on: string, roles: string, how: Wanted['how'] = 'placed', more: Pick<Wanted, 'as' | 'analysed'> = {}): void {
	for (const verb of verbs.split(' ')) wanted.set(verb, { on, roles: roles.split(' '), how, ...more });
}
const make = { as: 'in-programme' } as const;

say('place.create place.import organisation.create organisation.import', 'programme', 'coordinator administrator', 'placed', make);
say('place.edit', 'network.place', 'coordinator administrator', 'wide');
say('organisation.edit', 'network.organisation', 'coordinator administrator', 'wide');
say('programme.edit journal.read', 'network.programme', 'coordinator administrator', 'wide', { as: 'programme-id' });
say('programme.create', 'network.programme', '', 'installation', { as: 'programme-id' });
say('person.invite grant.give', 'programme', 'coordinator administrator', 'wide', make);
say('grant.end', 'network.role_grant', 'coordinator administrator', 'wide');
say('invitation.revoke', 'platform.invitation', 'coordinator administrator', 'wide');
say('person.disable', 'network.role_grant', 'coordinator administrator', 'wide', { as: 'programme-and-person' });
say('grant.confirm', 'network.proposed_grant', 'coordinator', 'confirms');
say('grant.decline', 'network.proposed_grant', 'coordinator', 'declines');
say('recovery.ask', 'network.role_grant', 'coordinator administrator', 'wide', { as: 'programme-and-person' });
say('recovery.confirm', 'platform.recovery', 'coordinator administrator', 'seconds');
say('recovery.end', 'platform.recovery', 'coordinator administrator', 'wide');
say('demonstration.lay-out', 'network.programme', '', 'program', { as: 'programme-id' });

say('instrument.upload instrument.draft round.draft', 'programme', 'coordinator analyst', 'anywhere', make);
say('instrument.edit instrument.save-version', 'assessment.instrument_draft', 'coordinator analyst', 'anywhere');
say('entity-list.make', 'programme', 'coordinator analyst', 'anywhere', make);
say('entity-list.edit', 'assessment.entity_list', 'coordinator analyst', 'anywhere');
say('entity-list.import', 'assessment.entity_list', 'coordinator analyst', 'anywhere', { as: 'programme-and-list' });
say('instrument.change-files', 'assessment.instrument_version', 'coordinator analyst', 'anywhere');
say('instrument.read', 'assessment.instrument', 'coordinator member analyst reviewer official collector', 'anywhere');
say('round.edit round.open round.close round.plan round.set-targets round.state-sampling figure.map token.make team.make', 'assessment.round', 'coordinator analyst', 'anywhere');
say('round.name-analysts', 'assessment.round', 'coordinator', 'anywhere');
say('round.follow', 'assessment.round', 'coordinator analyst reviewer', 'runs');
say('round.import-targets', 'assessment.round', 'coordinator analyst', 'anywhere', { as: 'programme-and-round' });
say('team.edit', 'assessment.team', 'coordinator analyst', 'anywhere');
say('token.revoke', 'assessment.collection_token', 'coordinator analyst', 'anywhere');
say('submission.read submission.export', 'assessment.round', '', 'named');
say('submission.review', 'assessment.submission', 'coordinator analyst reviewer', 'anywhere', { analysed: true });
say('submission.edit', 'assessment.submission', 'coordinator analyst reviewer', 'anywhere', { analysed: true });
say('flag.dismiss submission.review-many back-check.draw', 'assessment.round', 'coordinator analyst reviewer', 'anywhere', { analysed: true });
say('back-check.record', 'assessment.back_check_interview', 'coordinator analyst reviewer', 'anywhere', { analysed: true });
say('submission.comment', 'assessment.submission', 'coordinator member analyst reviewer official', 'anywhere', { analysed: true });
say('submission.strike-file', 'assessment.submission', 'coordinator analyst', 'anywhere', { analysed: true });
say('submission.erase', 'assessment.submission', 'coordinator analyst', 'erases');
say('submission.find-receipt', 'programme', 'coordinator', 'wide', make);
say('figure.save', 'assessment.round', 'coordinator analyst', 'placed', { as: 'round-and-place', analysed: true });
say('figure.recompute', 'assessment.figure', 'coordinator analyst', 'placed', { analysed: true });
say('document.add', 'programme', 'coordinator member analyst', 'placed', make);
// Whoever reads an interview codes it; who may coordinate or analyse as well takes texts in, changes them and agrees on a coding.
say('interview.store', 'assessment.interview', 'coordinator analyst', 'anywhere', { as: 'beside-interview' });
say('interview.edit interview.strike interview.erase coding.agree', 'assessment.interview', 'coordinator analyst', 'anywhere');
say('interview.name-analysts', 'programme', 'coordinator', 'anywhere', make);
say('codebook.edit codebook.import', 'programme', 'coordinator analyst', 'anywhere', make);
say('coding.start', 'assessment.interview', 'coordinator member analyst reviewer official', 'anywhere');
say('coding.finish', 'assessment.coding', 'coordinator analyst', 'codes');
say('coding.code', 'assessment.coding', 'coordinator analyst', 'writes');
say('coding.export', 'programme', 'coordinator member analyst reviewer official', 'anywhere', make);
say('quotation.quote', 'assessment.segment', 'coordinator analyst');
say('quotation.add finding.draft', 'programme', 'coordinator analyst', 'placed', make);
say('finding.edit finding.stand finding.withdraw finding.reinstate', 'assessment.finding', 'coordinator analyst');
for (const kind of ['figure', 'quotation', 'document', 'score']) say(`${kind}.withdraw ${kind}.reinstate`, `assessment.${kind}`, 'coordinator analyst');

say('gap.draft priority.state', 'programme', 'coordinator member analyst', 'placed', make);
say('gap.edit gap.cite gap.open', 'gaps.gap', 'coordinator member analyst');
say('gap.close gap.reopen gap.withdraw', 'gaps.gap', 'coordinator analyst');
say('priority.edit', 'gaps.priority', 'coordinator member analyst');
say('priority.withdraw', 'gaps.priority', 'coordinator member');
for (const [kind, verbs] of [['training', 'edit cite plan start finish cancel'], ['plan', 'edit cite adopt start finish cancel']] as const) {
	const table = kind === 'training' ? 'training.training' : 'plans.plan';
	say(`${kind}.draft`, 'programme', 'coordinator member', 'placed', make);
	say(verbs.split(' ').map((verb) => `${kind}.${verb}`).join(' '), table, 'coordinator member');
	say(`${kind}.withdraw`, table, 'coordinator');
}
say('result.draft', 'programme', 'coordinator member analyst', 'placed', make);
say('result.edit result.cite result.confirm', 'results.result', 'coordinator member analyst');
say('result.withdraw', 'results.result', 'coordinator analyst');
say('recommendation.draft', 'programme', 'coordinator member', 'placed', make);
say('recommendation.edit recommendation.cite recommendation.deliver', 'policy.recommendation', 'coordinator member');
say('recommendation.answer commitment.make', 'policy.recommendation', 'official', 'addressed');
say('recommendation.record-answer recommendation.withdraw commitment.record', 'policy.recommendation', 'coordinator');
say('commitment.tell-authority', 'policy.commitment', 'official', 'undertook');
say('commitment.record-status commitment.withdraw', 'policy.commitment', 'coordinator');
say('commitment.tell-civil-society', 'policy.commitment', 'coordinator member');
say('change.draft', 'programme', 'coordinator analyst', 'placed', make);
say('change.edit change.cite change.verify change.withdraw', 'policy.change', 'coordinator analyst');
say('briefing.draft', 'programme', 'coordinator analyst', 'placed', make);
say('briefing.edit', 'policy.briefing', 'coordinator analyst', 'wide');
say('briefing.publish briefing.withdraw', 'policy.briefing', 'coordinator', 'wide');

say('gap.weigh gap.watch gap.end-watch', 'gaps.gap', 'coordinator member analyst');
say('gap.split gap.undo', 'gaps.gap', 'coordinator analyst');
say('gap.set-weights session.draft', 'programme', 'coordinator', 'placed', make);

// Whom one speaks for, who said it, who takes part: a word on a gap is for an organisation, over the gap's place.
say('gap.merge', 'gaps.gap', 'coordinator analyst', 'placed', { as: 'gaps-into-gap' });
say('gap.endorse', 'gaps.gap', 'coordinator member official', 'placed', { as: 'gap-and-organisation' });
say('endorsement.withdraw', 'gaps.endorsement', '', 'own');
say('session.run session.adopt session.enter-sheet', 'gaps.session', 'coordinator');
say('session.join', 'gaps.session', 'coordinator member analyst reviewer official', 'anywhere');
say('session.vote', 'gaps.voice', '', 'own');

// Who makes findings runs the scoring and writes it down; the two sides' scorers score and settle; the service itself agrees to what it signed.
say('scoring.start scoring.close', 'assessment.round', 'coordinator analyst', 'anywhere');
say('scoring.name scoring.cancel score.write', 'assessment.service_assessment', 'coordinator analyst', 'anywhere');
say('score.write-together', 'assessment.scoring_set', 'coordinator analyst', 'anywhere');
say('scoring.score scoring.hand-in scoring.take-back scoring.settle scoring.sign scoring.reopen', 'assessment.service_assessment', '', 'scores');
say('scoring.agree scoring.withdraw-agreement', 'assessment.service_assessment', 'coordinator member official', 'of-service');

say('feed.make', 'assessment.round', '', 'named');
say('feed.revoke', 'assessment.answer_feed', '', 'seen');

export const verbsWanted: ReadonlyMap<string, Wanted> = wanted;

import { scoringRules } from './scoring-oracle.ts';
import { roleNames, type RoleName } from './world.ts';

/** A row as the owner sees it, by column. */
export type Row = Readonly<Record<string, unknown>>;
/** Everything there is, by table. */
export type Everything = ReadonlyMap<string, readonly Row[]>;
export type Actor = { kind: 'person' | 'token' | 'feed' | 'public' | 'system' | 'nobody'; id: string };

const content: readonly RoleName[] = ['coordinator', 'member', 'analyst', 'reviewer', 'official'];
const collecting: readonly RoleName[] = [...content, 'collector'];
const managers: readonly RoleName[] = ['coordinator', 'administrator'];

type Grant = { programme: unknown; role: RoleName; place: unknown; organisation: unknown };

/**
 * Who may see which row, said once more from SAFETY.md and the description of the roles, in another language than the
 * policies and with none of their helpers. Answers for reading.
 */
export class Oracle {
	readonly #all: Everything;
	readonly #actor: Actor;
	readonly #grants: Grant[];

	constructor(all: Everything, actor: Actor) {
		this.#all = all;
		this.#actor = actor;
		this.#grants = this.#rows('network.role_grant')
			.filter((row) => actor.kind === 'person' && row['person_id'] === actor.id && row['ended_at'] === null)
			.flatMap((row) => {
				const role = roleNames.find((name) => name === row['role']);
				return role ? [{ programme: row['programme_id'], role, place: row['place_id'], organisation: row['organisation_id'] }] : [];
			});
	}

	sees(table: string, row: Row): boolean {
		if (this.#actor.kind === 'nobody') return false;
		if (this.#actor.kind === 'system') return this.#taskSees(table);
		const rule = this.#rules[table] ?? this.#scoring[table];
		if (!rule) throw new Error(`the oracle has no rule for ${table}: say who may see it`);
		return rule(row);
	}

	#rows = (table: string): readonly Row[] => this.#all.get(table) ?? [];
	#byId = (table: string, id: unknown): Row => this.#rows(table).find((row) => row['id'] === id) ?? {};
	#isMe = (column: string) => (row: Row): boolean => this.#actor.kind === 'person' && row[column] === this.#actor.id;
	#holds = (roles: readonly RoleName[], programme: unknown): boolean => this.#grants.some((grant) => grant.programme === programme && roles.includes(grant.role));
	#holdsAll = (roles: readonly RoleName[], programme: unknown): boolean =>
		this.#grants.some((grant) => grant.programme === programme && roles.includes(grant.role) && grant.place === null);
	#inProgramme = (roles: readonly RoleName[]) => (row: Row): boolean => this.#holds(roles, row['programme_id']);
	#isAdministrator = (): boolean =>
		this.#rows('platform.account').some((row) => this.#isMe('person_id')(row) && row['installation_administrator'] === true);

	/** A record at a place: seen by who holds a role over that place; one of the whole programme by whoever has a role in it. */
	#placed = (roles: readonly RoleName[]) => (row: Row): boolean =>
		this.#grants.some((grant) => {
			if (grant.programme !== row['programme_id'] || !roles.includes(grant.role)) return false;
			if (row['place_id'] === null || grant.place === null) return true;
			const top = String(this.#byId('network.place', grant.place)['path']).split('.');
			const here = String(this.#byId('network.place', row['place_id'])['path']).split('.');
			return top.every((label, depth) => here[depth] === label);
		});

	#partOf = (table: string, key: string) => (row: Row): boolean => this.sees(table, this.#byId(table, row[key]));
	#forOrganisation = (organisation: unknown): boolean => this.#grants.some((grant) => grant.role === 'official' && grant.organisation === organisation);

	/** The open round that this link still collects for. */
	#collects = (): unknown => {
		if (this.#actor.kind !== 'token') return undefined;
		const token = this.#byId('assessment.collection_token', this.#actor.id);
		const expired = token['expires_at'] !== null && new Date(String(token['expires_at'])) <= new Date();
		const round = this.#byId('assessment.round', token['round_id']);
		return token['revoked_at'] === null && !expired && round['state'] === 'open' ? round['id'] : undefined;
	};
	#analyses = (round: unknown): boolean =>
		this.#rows('assessment.round_analyst').some((row) => row['round_id'] === round && this.#isMe('person_id')(row) && this.#holds(content, row['programme_id']));
	/** The rounds with whose answers a file came. */
	#roundsWith = (file: Row): unknown[] => this.#rows('assessment.attachment').filter((row) => row['file_id'] === file['id']).map((row) => this.#byId('assessment.submission', row['submission_id'])['round_id']);
	/** The round that this feed still reads: until its day, unless ended, while its maker is a named analyst with a role. */
	#reads = (): unknown => {
		if (this.#actor.kind !== 'feed') return undefined;
		const feed = this.#byId('assessment.answer_feed', this.#actor.id);
		const over = feed['revoked_at'] !== null || new Date(String(feed['expires_at'])) <= new Date();
		const maker = feed['person_id'];
		const named = this.#rows('assessment.round_analyst').some((row) => row['round_id'] === feed['round_id'] && row['person_id'] === maker);
		const holds = this.#rows('network.role_grant').some(
			(row) => row['person_id'] === maker && row['programme_id'] === feed['programme_id'] && row['ended_at'] === null && content.some((role) => role === row['role'])
		);
		const disabled = this.#rows('platform.account').some((row) => row['person_id'] === maker && row['disabled_at'] !== null);
		return !over && named && holds && !disabled ? feed['round_id'] : undefined;
	};
	#colleague = (person: unknown): boolean =>
		this.#rows('network.role_grant').some((row) => row['person_id'] === person && this.#grants.some((mine) => mine.programme === row['programme_id'])) || this.#managed(person);
	#managed = (person: unknown): boolean =>
		[...this.#rows('network.role_grant'), ...this.#rows('network.proposed_grant')].some((row) => row['person_id'] === person && this.#holdsAll(managers, row['programme_id']));

	/** An interview of a round is read as its answers are; one outside a round by who is named for those. */
	readonly #interview = (row: Row): boolean =>
		row['round_id'] !== null
			? this.#analyses(row['round_id'])
			: this.#holds(content, row['programme_id']) &&
				this.#rows('assessment.interview_analyst').some((named) => named['programme_id'] === row['programme_id'] && this.#isMe('person_id')(named));
	/** What a coder marked is hers alone until as many as are wanted are done, and nobody is still at it. */
	readonly #coded = (row: Row): boolean => {
		const coding = this.#byId('assessment.coding', row['coding_id']);
		const interview = this.#byId('assessment.interview', coding['interview_id']);
		if (!this.#interview(interview)) return false;
		const all = this.#rows('assessment.coding').filter((other) => other['interview_id'] === interview['id'] && other['kind'] !== 'agreed');
		const shown = all.length >= Number(interview['coders_wanted']) && all.every((other) => other['done_at'] !== null);
		return shown || coding['kind'] === 'agreed' || this.#isMe('coder_id')(coding);
	};
	readonly #recommendation = (row: Row): boolean =>
		this.#placed(content)(row) || ((row['state'] === 'delivered' || row['state'] === 'answered') && this.#forOrganisation(row['addressed_to']));
	readonly #submission = (row: Row): boolean =>
		(this.#actor.kind === 'feed' && row['round_id'] === this.#reads() && row['superseded_by'] === null && row['review_state'] !== 'rejected') ||
		this.#analyses(row['round_id']) ||
		(this.#actor.kind === 'token' && row['token_id'] === this.#actor.id && row['edited_by'] === null && row['round_id'] === this.#collects()) ||
		(this.#isMe('person_id')(row) && row['edited_by'] === null && this.#holds(['coordinator', 'member', 'analyst', 'collector', 'official'], row['programme_id']));
	readonly #briefing = (row: Row): boolean =>
		this.#holds(content, row['programme_id']) || (row['state'] === 'published' && (this.#holds(['donor'], row['programme_id']) || this.#actor.kind === 'public'));

	readonly #rules: Readonly<Record<string, (row: Row) => boolean>> = {
		'network.programme': (row) =>
			this.#holds(roleNames, row['id']) || this.#isAdministrator() ||
			(this.#actor.kind === 'public' && this.#rows('policy.briefing').some((briefing) => briefing['programme_id'] === row['id'] && briefing['state'] === 'published')),
		'network.place': (row) => this.#holds(roleNames, row['programme_id']) || this.#isAdministrator(),
		'network.organisation': this.#inProgramme(roleNames),
		'network.organisation_place': this.#inProgramme(roleNames),
		'network.person': (row) => this.#isMe('id')(row) || (this.#actor.kind === 'person' && this.#colleague(row['id'])),
		'network.role_grant': (row) =>
			this.#isMe('person_id')(row) || this.#holds(managers, row['programme_id']) || this.#isAdministrator() || (row['ended_at'] === null && this.#holds(roleNames, row['programme_id'])),
		'network.proposed_grant': (row) => this.#isMe('person_id')(row) || this.#holdsAll(managers, row['programme_id']) || this.#isAdministrator(),
		'platform.recovery': (row) => this.#isMe('person_id')(row) || this.#holdsAll(managers, row['programme_id']),
		'network.counter': () => false,
		'platform.account': (row) => this.#isMe('person_id')(row) || this.#managed(row['person_id']),
		'platform.passkey': this.#isMe('person_id'),
		'platform.one_time_code': this.#isMe('person_id'),
		'platform.session': this.#isMe('person_id'),
		'platform.mail_address': this.#isMe('person_id'),
		'platform.challenge': () => false,
		'platform.sign_in_attempt': () => false,
		'platform.invitation': (row) => this.#holdsAll(managers, row['programme_id']),
		'platform.job': this.#isMe('person_id'),
		'platform.kept_form': this.#isMe('person_id'),
		'platform.file': (row) =>
			this.#isMe('person_id')(row) || (this.#roundsWith(row).length === 0 ? this.#holds(content, row['programme_id']) : this.#roundsWith(row).some(this.#analyses)),
		'platform.mail': (row) => this.#isMe('to_person')(row) || this.#holdsAll(['administrator'], row['programme_id']),
		'platform.journal': (row) => this.#isMe('actor_id')(row) || this.#holdsAll(managers, row['programme_id']),
		'platform.journal_personal': () => false,
		'platform.journal_block': () => false,
		'platform.journal_seal': () => false,
		'assessment.instrument': (row) =>
			this.#holds(collecting, row['programme_id']) ||
			this.#rows('assessment.instrument_version').some((version) => version['instrument_id'] === row['id'] && this.#collectsWith(version)),
		'assessment.instrument_version': (row) => this.#holds(collecting, row['programme_id']) || this.#collectsWith(row),
		'assessment.instrument_draft': (row) => this.#holds(content, row['programme_id']),
		'assessment.instrument_draft_step': (row) => this.#holds(content, row['programme_id']),
		'assessment.entity_list': this.#inProgramme(collecting),
		'assessment.entity': this.#inProgramme(collecting),
		'assessment.form_file': (row) =>
			row['version_id'] === null
				? this.sees('assessment.instrument_draft', this.#byId('assessment.instrument_draft', row['draft_id']))
				: this.sees('assessment.instrument_version', this.#byId('assessment.instrument_version', row['version_id'])),
		'assessment.round': (row) => this.#holds(collecting, row['programme_id']) || row['id'] === this.#collects(),
		'assessment.round_place': (row) => this.sees('assessment.round', this.#byId('assessment.round', row['round_id'])),
		'assessment.round_analyst': (row) => this.sees('assessment.round', this.#byId('assessment.round', row['round_id'])),
		'assessment.collection_token': (row) =>
			this.#holds(['coordinator', 'analyst'], row['programme_id']) || (this.#actor.kind === 'token' && row['id'] === this.#actor.id),
		'assessment.submission': this.#submission,
		'assessment.review': (row) => this.#analyses(row['round_id']),
		'assessment.attachment': (row) => this.#submission(this.#byId('assessment.submission', row['submission_id'])),
		// Counted by a function alone: no row opens to anybody.
		'assessment.refusal': () => false,
		'assessment.round_target': this.#inProgramme(collecting),
		'assessment.team': this.#inProgramme(collecting),
		'assessment.team_member': this.#inProgramme(collecting),
		'assessment.team_place': this.#inProgramme(collecting),
		'assessment.team_service': this.#inProgramme(collecting),
		'assessment.round_look': (row) => this.#holds(['coordinator', 'analyst', 'reviewer'], row['programme_id']) || this.#analyses(row['round_id']),
		'assessment.quality_flag': (row) => this.#analyses(row['round_id']),
		'assessment.back_check': (row) => this.#analyses(row['round_id']),
		'assessment.back_check_interview': (row) => this.#analyses(row['round_id']),
		'assessment.submission_comment': (row) => this.#analyses(row['round_id']),
		'assessment.erasure': (row) => this.#holds(managers, row['programme_id']) || this.#analyses(row['round_id']),
		'assessment.erased_instance': this.#inProgramme(managers),
		'assessment.answer_block': (row) => this.#analyses(row['round_id']),
		'assessment.answer_column': (row) => this.#analyses(row['round_id']),
		'assessment.answer_hole': (row) => this.#analyses(row['round_id']),
		'assessment.answer_waiting': (row) => this.#analyses(row['round_id']),
		'assessment.answer_change': this.#inProgramme(content),
		'assessment.answer_export': (row) => this.#isMe('person_id')(row) || this.#holds(['coordinator'], row['programme_id']) || this.#analyses(row['round_id']),
		'assessment.answer_feed': (row) => this.#isMe('person_id')(row) || this.#holds(['coordinator'], row['programme_id']) || this.#analyses(row['round_id']),
		'assessment.round_sampling': (row) => this.sees('assessment.round', this.#byId('assessment.round', row['round_id'])),
		'assessment.question_mapping': this.#inProgramme(content),
		'assessment.figure': this.#placed(content),
		'assessment.figure_exact': (row) => {
			const figure = this.#byId('assessment.figure', row['figure_id']);
			const compared = figure['compared_round_id'];
			return this.#placed(content)(figure) && this.#analyses(figure['round_id']) && (compared === null || this.#analyses(compared));
		},
		'assessment.figure_protected': this.#partOf('assessment.figure', 'figure_id'),
		'assessment.document': this.#placed(content),
		'assessment.quotation': this.#placed(content),
		'assessment.finding': this.#placed(content),
		'assessment.finding_figure': this.#partOf('assessment.finding', 'finding_id'),
		'assessment.finding_quotation': this.#partOf('assessment.finding', 'finding_id'),
		'assessment.finding_document': this.#partOf('assessment.finding', 'finding_id'),
		'assessment.withdrawal': (row) =>
			['figure', 'quotation', 'document', 'score', 'finding'].some((kind) => row[`${kind}_id`] !== null && this.#partOf(`assessment.${kind}`, `${kind}_id`)(row)),
		'assessment.interview_analyst': this.#inProgramme(content),
		'assessment.interview': this.#interview,
		'assessment.code': this.#inProgramme(content),
		'assessment.coding': (row) => this.#interview(this.#byId('assessment.interview', row['interview_id'])),
		'assessment.segment': this.#coded,
		'assessment.interview_memo': this.#coded,
		'assessment.coding_step': (row) => (row['coding_id'] === null ? this.#inProgramme(content)(row) : this.#coded(row)),
		'assessment.finding_score': this.#partOf('assessment.finding', 'finding_id'),
		'releases.release': (row) => this.#holds([...content, 'donor'], row['programme_id']) || this.#actor.kind === 'public',
		'releases.release_figure': this.#partOf('releases.release', 'release_id'),
		'releases.judgement': this.#inProgramme(['coordinator', 'analyst']),
		'gaps.gap': this.#placed(content),
		'gaps.gap_finding': this.#partOf('gaps.gap', 'gap_id'),
		'gaps.gap_met': this.#partOf('gaps.gap', 'gap_id'),
		'gaps.endorsement': this.#partOf('gaps.gap', 'gap_id'),
		'gaps.watch': this.#partOf('gaps.gap', 'gap_id'),
		'gaps.lineage': (row) => ['from_gap_id', 'into_gap_id'].some((key) => this.#partOf('gaps.gap', key)(row)),
		'gaps.weighting': this.#inProgramme(content),
		'gaps.session': this.#placed(content),
		'gaps.session_gap': this.#partOf('gaps.session', 'session_id'),
		'gaps.voice': this.#partOf('gaps.session', 'session_id'),
		// A vote is seen by whoever entered it, as long as they see the session, and by nobody else.
		'gaps.vote': (row) => {
			const voice = this.#byId('gaps.voice', row['voice_id']);
			return this.#isMe('entered_by')(voice) && this.sees('gaps.voice', voice);
		},
		'gaps.priority': this.#placed(content),
		'training.training': this.#placed(content),
		'training.training_gap': this.#partOf('training.training', 'training_id'),
		'training.training_priority': this.#partOf('training.training', 'training_id'),
		'plans.plan': this.#placed(content),
		'plans.plan_gap': this.#partOf('plans.plan', 'plan_id'),
		'plans.plan_priority': this.#partOf('plans.plan', 'plan_id'),
		'results.result': this.#placed(content),
		'results.result_training': this.#partOf('results.result', 'result_id'),
		'results.result_plan': this.#partOf('results.result', 'result_id'),
		'results.result_figure': this.#partOf('results.result', 'result_id'),
		'results.result_quotation': this.#partOf('results.result', 'result_id'),
		'results.result_document': this.#partOf('results.result', 'result_id'),
		'policy.recommendation': this.#recommendation,
		'policy.recommendation_gap': this.#partOf('policy.recommendation', 'recommendation_id'),
		'policy.recommendation_result': this.#partOf('policy.recommendation', 'recommendation_id'),
		'policy.commitment': (row) => this.#placed(content)(row) || this.#forOrganisation(row['organisation_id']),
		'policy.commitment_status': this.#partOf('policy.commitment', 'commitment_id'),
		'policy.change': this.#placed(content),
		'policy.change_figure': this.#partOf('policy.change', 'change_id'),
		'policy.change_quotation': this.#partOf('policy.change', 'change_id'),
		'policy.change_document': this.#partOf('policy.change', 'change_id'),
		'policy.briefing': this.#briefing,
		'policy.briefing_block': this.#inProgramme(content),
		'policy.briefing_edition': this.#partOf('policy.briefing', 'briefing_id')
	};

	readonly #scoring = scoringRules({
		rows: (table) => this.#rows(table), byId: (table, id) => this.#byId(table, id), me: () => (this.#actor.kind === 'person' ? this.#actor.id : null), grants: () => this.#grants,
		holds: (roles, programme) => this.#holds(roles, programme), placed: (roles) => this.#placed(roles), analyses: (round) => this.#analyses(round)
	});

	#collectsWith = (version: Row): boolean => {
		const round = this.#collects();
		return round !== undefined && this.#byId('assessment.round', round)['instrument_version_id'] === version['id'];
	};

	/** A system task sees whole tables: those its work is about, and no other. */
	#taskSees(table: string): boolean {
		const seen: Readonly<Record<string, readonly string[]>> = {
			'sign-in': [
				'platform.account', 'platform.passkey', 'platform.one_time_code', 'platform.session', 'platform.challenge', 'platform.invitation',
				'platform.sign_in_attempt', 'platform.recovery', 'network.person', 'network.role_grant'
			],
			'first-run': [
				'network.programme', 'network.place', 'network.organisation', 'network.organisation_place', 'network.person', 'network.role_grant', 'platform.account'
			],
			journal: ['platform.journal', 'platform.journal_block', 'platform.journal_seal'],
			erase: ['platform.journal', 'platform.journal_personal'],
			jobs: ['platform.job'],
			files: ['platform.file'],
			mail: ['platform.mail', 'platform.mail_address'],
			collection: ['assessment.collection_token', 'assessment.round', 'assessment.instrument', 'assessment.instrument_version', 'assessment.form_file', 'assessment.entity_list', 'assessment.entity'],
			recheck: ['assessment.submission', 'assessment.attachment', 'assessment.quality_flag', 'assessment.instrument_version', 'assessment.round'],
			quality: [
				'assessment.submission', 'assessment.attachment', 'assessment.quality_flag', 'assessment.instrument_version', 'assessment.round',
				'assessment.round_look', 'assessment.collection_token'
			],
			figures: [
				'assessment.submission', 'assessment.attachment', 'assessment.round', 'assessment.round_sampling', 'assessment.instrument_version',
				'assessment.answer_block', 'assessment.answer_column', 'assessment.answer_hole', 'assessment.answer_waiting'
			],
			release: ['assessment.figure_exact'],
			// Sees only what is a month old.
			'kept-forms': [],
			exports: ['assessment.answer_export', 'assessment.answer_feed', 'assessment.erasure']
		};
		const partsOfRound = ['assessment.round_place', 'assessment.round_analyst', 'assessment.round_sampling'];
		const own = seen[this.#actor.id] ?? [];
		return own.includes(table) || (partsOfRound.includes(table) && own.includes('assessment.round')) ||
			(table === 'network.organisation_place' && own.includes('network.organisation'));
	}
}

-- Service quality, scored together: two sides score a service by themselves, sealed from each other until both are in;
-- then they reconcile, keep their dissent, and sign. A service's scores leave it only with its agreement.

create table assessment.scoring_set (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	instrument_version_id uuid not null,
	services integer not null default 0,
	closed_by uuid,
	closed_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (round_id, instrument_version_id),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id),
	foreign key (programme_id, instrument_version_id) references assessment.instrument_version (programme_id, id)
);
comment on table assessment.scoring_set is 'The services of a round whose signed scores are counted together. Closed once and for all: a set that grew would tell by its difference what the newcomer scored.';

create table assessment.service_assessment (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	service_id uuid not null,
	instrument_version_id uuid not null,
	team_id uuid,
	place_id uuid,
	state text not null default 'scoring' check (state in ('scoring', 'reconciling', 'signed', 'cancelled')),
	criteria text[] not null check (cardinality(criteria) between 1 and 500),
	revision integer not null default 1 check (revision > 0),
	both_in_at timestamptz,
	signed_at timestamptz,
	signed_revision integer,
	counted_in uuid,
	counted_revision integer,
	cancelled_at timestamptz,
	cancelled_reason text,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id),
	foreign key (programme_id, service_id) references network.organisation (programme_id, id),
	foreign key (programme_id, instrument_version_id) references assessment.instrument_version (programme_id, id),
	foreign key (programme_id, team_id) references assessment.team (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id),
	foreign key (programme_id, counted_in) references assessment.scoring_set (programme_id, id),
	check ((counted_in is null) = (counted_revision is null))
);
comment on table assessment.service_assessment is 'A service in a round, scored by civil society and by an authority with one version of an instrument. Holds how far it is, never a score.';
comment on column assessment.service_assessment.criteria is 'XPaths of the criteria of the version, as they were when scoring began.';
comment on column assessment.service_assessment.revision is 'Which reconciliation is at work or was signed; a further one begins by reopening.';
comment on column assessment.service_assessment.signed_revision is 'The newest reconciliation that both sides have signed.';
comment on column assessment.service_assessment.counted_in is 'The closed set in which it is counted, with the revision that was signed then.';
create unique index on assessment.service_assessment (round_id, service_id, instrument_version_id) where state <> 'cancelled';
create index on assessment.service_assessment (service_id);

create table assessment.scorer (
	programme_id uuid not null,
	assessment_id uuid not null,
	person_id uuid not null references network.person (id),
	organisation_id uuid not null,
	side text not null check (side in ('civil_society', 'authority')),
	named_at timestamptz not null default clock_timestamp(),
	removed_at timestamptz,
	primary key (assessment_id, person_id),
	foreign key (programme_id, assessment_id) references assessment.service_assessment (programme_id, id),
	foreign key (programme_id, organisation_id) references network.organisation (programme_id, id)
);
comment on table assessment.scorer is 'Who scores, for which organisation and so on which side. Somebody who ever scored for one side never scores for the other.';
create index on assessment.scorer (person_id);

create table assessment.score_sheet (
	programme_id uuid not null,
	assessment_id uuid not null,
	side text not null check (side in ('civil_society', 'authority')),
	submitted_at timestamptz,
	submitted_by uuid references network.person (id),
	primary key (assessment_id, side),
	foreign key (programme_id, assessment_id) references assessment.service_assessment (programme_id, id),
	check ((submitted_at is null) = (submitted_by is null))
);
comment on table assessment.score_sheet is 'Whether a side has handed in its scores. It may take them back while the other has not; once both are in, never again.';

create table assessment.criterion_score (
	programme_id uuid not null,
	assessment_id uuid not null,
	side text not null,
	criterion text not null check (char_length(criterion) <= 1000),
	score smallint check (score between 0 and 3),
	not_applicable boolean not null default false,
	evidence text[] not null default '{}' check (evidence <@ '{seen,document,interview,feedback}'),
	note text not null default '' check (char_length(note) <= 1000),
	scored_by uuid references network.person (id),
	scored_at timestamptz not null default clock_timestamp(),
	primary key (assessment_id, side, criterion),
	foreign key (assessment_id, side) references assessment.score_sheet (assessment_id, side),
	foreign key (programme_id, assessment_id) references assessment.service_assessment (programme_id, id),
	check (not (not_applicable and score is not null)),
	check (not (not_applicable and evidence <> '{}'))
);
comment on table assessment.criterion_score is 'What one side says of one criterion: 0 absent, 1 started, 2 mostly, 3 fully, or not applicable; the kinds of evidence; a note, not about a person. Sealed from everybody but its own side until both are in.';

create table assessment.reconciliation (
	programme_id uuid not null,
	assessment_id uuid not null,
	revision integer not null check (revision > 0),
	criterion text not null,
	civil_score smallint check (civil_score between 0 and 3),
	civil_na boolean not null default false,
	authority_score smallint check (authority_score between 0 and 3),
	authority_na boolean not null default false,
	dissent boolean not null generated always as (civil_score is distinct from authority_score or civil_na <> authority_na) stored,
	civil_reason text not null default '' check (char_length(civil_reason) <= 1000),
	authority_reason text not null default '' check (char_length(authority_reason) <= 1000),
	reason text not null default '' check (char_length(reason) <= 1000),
	decided_by uuid references network.person (id),
	decided_at timestamptz not null default clock_timestamp(),
	primary key (assessment_id, revision, criterion),
	foreign key (programme_id, assessment_id) references assessment.service_assessment (programme_id, id),
	check (civil_na = (civil_score is null) and authority_na = (authority_score is null)),
	check (not (civil_score is distinct from authority_score) or (civil_reason <> '' and authority_reason <> ''))
);
comment on table assessment.reconciliation is 'Where the two sides stand on a criterion after talking: on one score, or each on its own with its reason (dissent). Without decided_by both had said the same from the start.';

create table assessment.sign_off (
	programme_id uuid not null,
	assessment_id uuid not null,
	revision integer not null,
	side text not null check (side in ('civil_society', 'authority')),
	person_id uuid not null references network.person (id),
	signed_at timestamptz not null default clock_timestamp(),
	primary key (assessment_id, revision, side),
	foreign key (programme_id, assessment_id) references assessment.service_assessment (programme_id, id)
);
comment on table assessment.sign_off is 'A side''s signature under a reconciliation. A change afterwards takes it away.';

create table assessment.score_reopening (
	programme_id uuid not null,
	assessment_id uuid not null,
	revision integer not null check (revision > 1),
	reason text not null check (char_length(reason) between 3 and 1000),
	reopened_by uuid not null references network.person (id),
	reopened_at timestamptz not null default clock_timestamp(),
	primary key (assessment_id, revision),
	foreign key (programme_id, assessment_id) references assessment.service_assessment (programme_id, id)
);
comment on table assessment.score_reopening is 'Why a signed reconciliation was opened again, and which revision began with it. The earlier one stays as it was signed.';

create table assessment.area_result (
	programme_id uuid not null,
	assessment_id uuid not null,
	revision integer not null,
	area text not null,
	criteria integer not null check (criteria > 0),
	mean_civil double precision check (mean_civil between 0 and 3),
	mean_authority double precision check (mean_authority between 0 and 3),
	share_civil double precision check (share_civil between 0 and 1),
	share_authority double precision check (share_authority between 0 and 1),
	detail jsonb not null,
	primary key (assessment_id, revision, area),
	foreign key (programme_id, assessment_id) references assessment.service_assessment (programme_id, id)
);
comment on table assessment.area_result is 'What a signed reconciliation comes to in an area (empty: the whole service), read as each side does: graded mean and share of standards met, both after the cap by critical criteria; null when nothing applied. Equal where there is no dissent.';

create table assessment.service_agreement (
	id uuid primary key,
	programme_id uuid not null,
	assessment_id uuid not null,
	revision integer not null,
	scope text not null check (scope in ('programme', 'publication')),
	agreed_on date not null,
	recorded_by uuid not null references network.person (id),
	recorded_at timestamptz not null default clock_timestamp(),
	withdrawn_at timestamptz,
	withdrawn_by uuid references network.person (id),
	foreign key (programme_id, assessment_id) references assessment.service_assessment (programme_id, id),
	check ((withdrawn_at is null) = (withdrawn_by is null))
);
comment on table assessment.service_agreement is 'That a service agrees to its signed scores being shown: within the programme, or for publication too. Recorded by somebody of that service; withdrawn for the future.';
create unique index on assessment.service_agreement (assessment_id) where withdrawn_at is null;

-- Who is in which circle ------------------------------------------------------------------------------------------------

create function assessment.my_sides() returns table (assessment_id uuid, side text) language sql stable security definer set search_path = ''
	as $$ select s.assessment_id, s.side from assessment.scorer s
		where s.person_id = platform.actor_person() and s.removed_at is null and exists (select from network.role_grant g
			where g.person_id = s.person_id and g.programme_id = s.programme_id and g.organisation_id = s.organisation_id and g.ended_at is null) $$;
comment on function assessment.my_sides is 'Assessments for which the acting person scores, and on which side, as long as a role for that organisation is held.';

create function assessment.open_sheets() returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(a.id), '{}') from assessment.service_assessment a
		where a.both_in_at is not null and (a.id in (select m.assessment_id from assessment.my_sides() m)
			or a.round_id = any(assessment.analysed_rounds())
			or (a.signed_revision is not null and a.service_id = any(network.organisations_with('{coordinator,member,analyst,official}')))) $$;
comment on function assessment.open_sheets is 'Assessments whose scores are open to the acting person: both sides are in, and she scored, is a named analyst of the round, or (once signed) is of the service itself.';

create function assessment.agreed_results() returns table (assessment_id uuid, revision integer) language sql stable security definer set search_path = ''
	as $$ select g.assessment_id, g.revision from assessment.service_agreement g join assessment.service_assessment a on a.id = g.assessment_id
		where g.withdrawn_at is null and (
			a.programme_id = any(network.programmes_wide('{coordinator,member,analyst,reviewer,official}'))
			or a.place_id = any(network.places_within('{coordinator,member,analyst,reviewer,official}'))
			or (a.place_id is null and a.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}')))
			or (g.scope = 'publication' and a.programme_id = any(network.programmes_with('{donor}')))) $$;
comment on function assessment.agreed_results is 'Signed results that the acting person may see because the service agreed: members and authorities within the programme, donors when it agreed to publication.';

create function assessment.own_assessments() returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(a.id), '{}') from assessment.service_assessment a
		where a.signed_revision is not null and a.service_id = any(network.organisations_with('{coordinator,member,official}')) $$;
comment on function assessment.own_assessments is 'Signed assessments of services for which the acting person can speak.';

create function assessment.open_sets() returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(t.id), '{}') from (
		select s.id, s.services, count(*) filter (where not (a.id = any((select assessment.open_sheets())::uuid[]))
				and (a.id, a.counted_revision) not in (select r.assessment_id, r.revision from assessment.agreed_results() r)) as hidden
		from assessment.scoring_set s join assessment.service_assessment a on a.counted_in = s.id
		where s.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official,donor}'))
		group by s.id, s.services) t
		where t.services >= 3 and (t.hidden = 0 or t.hidden >= 3) $$;
comment on function assessment.open_sets is 'Closed sets whose scores together the acting person may see: at least three services, and of those she cannot see singly none or at least three, so that none can be worked out from the others.';

-- Fences ----------------------------------------------------------------------------------------------------------------

call platform.fence('assessment.scoring_set', 'select, insert');
create policy readers on assessment.scoring_set for select to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,member,analyst,reviewer,official,donor}'))::uuid[]));
create policy writers on assessment.scoring_set for insert to hamkor_app with check (
	programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]) and closed_by = (select platform.actor_person()) and services = 0);

call platform.fence('assessment.service_assessment', 'select, insert');
do $$
begin
	execute format('create policy readers on assessment.service_assessment for select to hamkor_app using (%s)',
		network.placed_rule('{coordinator,member,analyst,reviewer,official}', 'with'));
end $$;
create policy scorers on assessment.service_assessment for select to hamkor_app using (id in (select m.assessment_id from assessment.my_sides() m));
create policy own on assessment.service_assessment for select to hamkor_app using (
	service_id = any((select network.organisations_with('{coordinator,member,analyst,official}'))::uuid[]));
create policy agreed on assessment.service_assessment for select to hamkor_app using (id in (select r.assessment_id from assessment.agreed_results() r));
create policy writers on assessment.service_assessment for insert to hamkor_app with check (
	programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]) and state = 'scoring' and revision = 1 and both_in_at is null
	and signed_at is null and signed_revision is null and counted_in is null and cancelled_at is null);

-- Parts that say how far it is are seen where the assessment is.
call network.fence_part('assessment.scorer', 'assessment.service_assessment', 'assessment_id', '{coordinator,analyst}', 'select, insert, update');
call platform.fence('assessment.score_sheet', 'select, insert, update');
create policy readers on assessment.score_sheet for select to hamkor_app using (exists (select from assessment.service_assessment a where a.id = assessment_id));
create policy writers on assessment.score_sheet for insert to hamkor_app with check (submitted_at is null
	and programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]));
create policy scorers on assessment.score_sheet for update to hamkor_app
	using ((assessment_id, side) in (select m.assessment_id, m.side from assessment.my_sides() m))
	with check ((assessment_id, side) in (select m.assessment_id, m.side from assessment.my_sides() m)
		and (submitted_by is null or submitted_by = (select platform.actor_person())));
call platform.fence('assessment.sign_off', 'select, insert');
create policy readers on assessment.sign_off for select to hamkor_app using (exists (select from assessment.service_assessment a where a.id = assessment_id));
create policy scorers on assessment.sign_off for insert to hamkor_app with check (person_id = (select platform.actor_person())
	and (assessment_id, side) in (select m.assessment_id, m.side from assessment.my_sides() m));
call platform.fence('assessment.service_agreement', 'select, insert, update');
create policy readers on assessment.service_agreement for select to hamkor_app using (exists (select from assessment.service_assessment a where a.id = assessment_id));
create policy service on assessment.service_agreement for insert to hamkor_app with check (recorded_by = (select platform.actor_person())
	and withdrawn_at is null and assessment_id = any((select assessment.own_assessments())::uuid[]));
create policy withdrawers on assessment.service_agreement for update to hamkor_app
	using (assessment_id = any((select assessment.own_assessments())::uuid[]))
	with check (assessment_id = any((select assessment.own_assessments())::uuid[]) and (withdrawn_by is null or withdrawn_by = (select platform.actor_person())));

-- The scores themselves.
call platform.fence('assessment.criterion_score', 'select, insert, update');
create policy own_side on assessment.criterion_score for select to hamkor_app using (
	(assessment_id, side) in (select m.assessment_id, m.side from assessment.my_sides() m));
create policy both_in on assessment.criterion_score for select to hamkor_app using (assessment_id = any((select assessment.open_sheets())::uuid[]));
create policy scorers on assessment.criterion_score for insert to hamkor_app with check (scored_by = (select platform.actor_person())
	and (assessment_id, side) in (select m.assessment_id, m.side from assessment.my_sides() m));
create policy changers on assessment.criterion_score for update to hamkor_app
	using ((assessment_id, side) in (select m.assessment_id, m.side from assessment.my_sides() m))
	with check (scored_by = (select platform.actor_person()) and (assessment_id, side) in (select m.assessment_id, m.side from assessment.my_sides() m));

do $$
declare
	part text;
begin
	foreach part in array array['reconciliation', 'score_reopening', 'area_result'] loop
		execute format('call platform.fence(%L, %L)', 'assessment.' || part, case part when 'reconciliation' then 'select, insert, update' else 'select, insert' end);
		execute format('create policy circle on assessment.%I for select to hamkor_app using (assessment_id = any((select assessment.open_sheets())::uuid[]))', part);
		execute format('create policy scorers on assessment.%I for insert to hamkor_app with check (assessment_id in (select m.assessment_id from assessment.my_sides() m)%s)',
			part, case part when 'score_reopening' then ' and reopened_by = (select platform.actor_person())' else '' end);
	end loop;
end $$;
create policy changers on assessment.reconciliation for update to hamkor_app
	using (assessment_id in (select m.assessment_id from assessment.my_sides() m))
	with check (assessment_id in (select m.assessment_id from assessment.my_sides() m) and decided_by = (select platform.actor_person()));
create policy agreed on assessment.reconciliation for select to hamkor_app using (
	(assessment_id, revision) in (select r.assessment_id, r.revision from assessment.agreed_results() r));
create policy agreed on assessment.area_result for select to hamkor_app using (
	(assessment_id, revision) in (select r.assessment_id, r.revision from assessment.agreed_results() r));

do $$
declare
	f text;
begin
	foreach f in array array['my_sides', 'open_sheets', 'agreed_results', 'own_assessments', 'open_sets'] loop
		execute format('alter function assessment.%I() owner to hamkor_definer', f);
		execute format('revoke all on function assessment.%I() from public', f);
		execute format('grant execute on function assessment.%I() to hamkor_app', f);
	end loop;
end $$;

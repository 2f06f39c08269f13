-- A single piece of evidence is taken back, with its reason, and can be put back: a figure, a quotation, a document, a score, as a finding.

create table assessment.withdrawal (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	figure_id uuid,
	quotation_id uuid,
	document_id uuid,
	score_id uuid,
	finding_id uuid,
	evidence_id uuid not null generated always as (coalesce(figure_id, quotation_id, document_id, score_id, finding_id)) stored,
	reason text not null check (btrim(reason) <> ''),
	withdrawn_by uuid,
	withdrawn_at timestamptz not null default clock_timestamp(),
	reinstated_reason text check (btrim(reinstated_reason) <> ''),
	reinstated_by uuid,
	reinstated_at timestamptz,
	unique (programme_id, id),
	foreign key (programme_id, figure_id) references assessment.figure (programme_id, id),
	foreign key (programme_id, quotation_id) references assessment.quotation (programme_id, id),
	foreign key (programme_id, document_id) references assessment.document (programme_id, id),
	foreign key (programme_id, score_id) references assessment.score (programme_id, id),
	foreign key (programme_id, finding_id) references assessment.finding (programme_id, id),
	check (num_nonnulls(figure_id, quotation_id, document_id, score_id, finding_id) = 1),
	check ((reinstated_at is null) = (reinstated_reason is null) and reinstated_at >= withdrawn_at)
);
comment on table assessment.withdrawal is 'That a piece of evidence, or a finding, was taken back: by whom, when and why; and put back, where it was. Rows are never deleted, so the history stays.';
comment on column assessment.withdrawal.evidence_id is 'What was taken back, whichever of the five it is.';
comment on column assessment.withdrawal.reinstated_at is 'When it was put back; null: it is withdrawn now.';
create unique index withdrawn_once on assessment.withdrawal (evidence_id) where reinstated_at is null;
create index on assessment.withdrawal (evidence_id);
create index on assessment.withdrawal (programme_id) where reinstated_at is null;

call platform.fence('assessment.withdrawal', 'select, insert, update');
do $$
declare
	seen constant text := 'case when figure_id is not null then exists (select from assessment.figure e where e.id = withdrawal.figure_id and e.programme_id = withdrawal.programme_id)
		when quotation_id is not null then exists (select from assessment.quotation e where e.id = withdrawal.quotation_id and e.programme_id = withdrawal.programme_id)
		when document_id is not null then exists (select from assessment.document e where e.id = withdrawal.document_id and e.programme_id = withdrawal.programme_id)
		when score_id is not null then exists (select from assessment.score e where e.id = withdrawal.score_id and e.programme_id = withdrawal.programme_id)
		else exists (select from assessment.finding e where e.id = withdrawal.finding_id and e.programme_id = withdrawal.programme_id) end';
	held constant text := 'programme_id = any((select network.programmes_with(''{coordinator,analyst}''))::uuid[])';
begin
	execute format('create policy readers on assessment.withdrawal for select to hamkor_app using (%s)', seen);
	execute format('create policy writers on assessment.withdrawal for insert to hamkor_app with check (%s and %s and withdrawn_by is not distinct from platform.actor_person())', held, seen);
	execute format('create policy changers on assessment.withdrawal for update to hamkor_app using (%s and %s) with check (%s and %s and reinstated_by is not distinct from platform.actor_person())', held, seen, held, seen);
end $$;

create function assessment.keep_withdrawal() returns trigger language plpgsql set search_path = ''
	as $$
	begin
		-- evidence_id is worked out only after this trigger.
		if old.reinstated_at is not null or new.reinstated_at is null
			or (to_jsonb(new) - '{evidence_id,reinstated_at,reinstated_by,reinstated_reason}'::text[]) is distinct from (to_jsonb(old) - '{evidence_id,reinstated_at,reinstated_by,reinstated_reason}'::text[]) then
			raise exception 'withdrawal.kept' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.keep_withdrawal is 'A withdrawal is put back once, and otherwise stays as it was.';
create trigger keep_withdrawal before update on assessment.withdrawal for each row execute function assessment.keep_withdrawal();

-- The fence holds for the migration as well, and this one writes what was withdrawn before today.
create policy migration on assessment.withdrawal to current_user using (true) with check (true);
create policy migration on assessment.finding for select to current_user using (true);
insert into assessment.withdrawal (id, programme_id, finding_id, reason, withdrawn_at)
	select gen_random_uuid(), programme_id, id, withdrawn_reason, coalesce(withdrawn_at, updated_at) from assessment.finding
	where state = 'withdrawn' and btrim(coalesce(withdrawn_reason, '')) <> '';
drop policy migration on assessment.withdrawal;
drop policy migration on assessment.finding;

-- Evidence as it stands --------------------------------------------------------------------------------------------

create view assessment.evidence with (security_invoker = true) as
	with withdrawn as (select evidence_id, withdrawn_at from assessment.withdrawal where reinstated_at is null)
	select e.programme_id, 'figure' as kind, e.id, e.place_id, e.number, e.title,
			case when w.evidence_id is not null then 'withdrawn' when e.frozen_at is null then 'open' else 'frozen' end as state, null::date as day,
			e.created_at as at, w.withdrawn_at, e.created_by, jsonb_build_object('roundId', e.round_id, 'n', e.n) as facts
		from assessment.figure e left join withdrawn w on w.evidence_id = e.id
	union all select e.programme_id, 'quotation', e.id, e.place_id, e.number, e.words, case when w.evidence_id is null then 'stands' else 'withdrawn' end,
			e.said_on, e.created_at, w.withdrawn_at, e.created_by, '{}'
		from assessment.quotation e left join withdrawn w on w.evidence_id = e.id
	union all select e.programme_id, 'document', e.id, e.place_id, e.number, e.title, case when w.evidence_id is null then 'stands' else 'withdrawn' end,
			e.dated, e.created_at, w.withdrawn_at, e.created_by, '{}'
		from assessment.document e left join withdrawn w on w.evidence_id = e.id
	union all select e.programme_id, 'score', e.id, e.place_id, e.number, e.title, case when w.evidence_id is null then 'frozen' else 'withdrawn' end,
			null, e.created_at, w.withdrawn_at, e.created_by, jsonb_build_object('roundId', e.round_id, 'n', e.criteria)
		from assessment.score e left join withdrawn w on w.evidence_id = e.id;
comment on view assessment.evidence is 'What a finding can rest on, of every kind, as the actor sees it, and whether it has been withdrawn.';
grant select on assessment.evidence to hamkor_app, hamkor_definer;

create function assessment.withdrawn_evidence(programme uuid) returns table (id uuid, withdrawn_at timestamptz) language sql stable security definer set search_path = ''
	as $$ select w.evidence_id, w.withdrawn_at from assessment.withdrawal w where w.programme_id = withdrawn_evidence.programme and w.reinstated_at is null
		and w.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}')) $$;
comment on function assessment.withdrawn_evidence is 'Which pieces of a programme''s evidence are withdrawn, by their ids: whether a finding stands must not depend on who looks.';
alter function assessment.withdrawn_evidence owner to hamkor_definer;
revoke all on function assessment.withdrawn_evidence from public;
grant execute on function assessment.withdrawn_evidence to hamkor_app;

-- Past draft, something must stand beneath; the withdrawn is not cited anew ---------------------------------------------

drop trigger must_rest on assessment.finding;
create constraint trigger must_rest after insert or update on assessment.finding deferrable initially deferred for each row
	execute function platform.must_rest('finding.without-evidence', 'assessment.finding_figure finding_id assessment.evidence figure_id',
		'assessment.finding_quotation finding_id assessment.evidence quotation_id', 'assessment.finding_document finding_id assessment.evidence document_id',
		'assessment.finding_score finding_id assessment.evidence score_id');
do $$
declare
	name text;
begin
	select t.tgname into strict name from pg_trigger t where t.tgrelid = 'results.result'::regclass and encode(t.tgargs, 'escape') like 'result.without-evidence%';
	execute format('drop trigger %I on results.result', name);
	execute format('create constraint trigger %I after insert or update on results.result deferrable initially deferred for each row
		execute function platform.must_rest(''result.without-evidence'', ''results.result_figure result_id assessment.evidence figure_id'',
			''results.result_quotation result_id assessment.evidence quotation_id'', ''results.result_document result_id assessment.evidence document_id'')', name);
end $$;
drop trigger must_rest on policy.change;
create constraint trigger must_rest after insert or update on policy.change deferrable initially deferred for each row
	execute function platform.must_rest('change.without-evidence', 'policy.change_figure change_id assessment.evidence figure_id',
		'policy.change_quotation change_id assessment.evidence quotation_id', 'policy.change_document change_id assessment.evidence document_id');

create function assessment.cite_standing() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		cited uuid;
	begin
		execute format('select ($1).%I', tg_argv[0]) into cited using new;
		if exists (select from assessment.withdrawal w where w.evidence_id = cited and w.reinstated_at is null) then
			raise exception 'evidence.withdrawn' using errcode = 'HM001';
		end if;
		return null;
	end $$;
comment on function assessment.cite_standing is 'What has been withdrawn is not cited anew; a citation from before stays. Argument: the column that cites.';
alter function assessment.cite_standing owner to hamkor_definer;
do $$
declare
	cites text[];
begin
	foreach cites slice 1 in array array[['assessment.finding_figure', 'figure_id'], ['assessment.finding_quotation', 'quotation_id'], ['assessment.finding_document', 'document_id'],
		['assessment.finding_score', 'score_id'], ['results.result_figure', 'figure_id'], ['results.result_quotation', 'quotation_id'], ['results.result_document', 'document_id'],
		['policy.change_figure', 'figure_id'], ['policy.change_quotation', 'quotation_id'], ['policy.change_document', 'document_id'],
		['policy.briefing_block', 'figure_id'], ['policy.briefing_block', 'quotation_id'], ['policy.briefing_block', 'finding_id'],
		['gaps.gap_finding', 'finding_id'], ['gaps.watch', 'figure_id']] loop
		execute format('create trigger %I after insert on %s for each row when (new.%I is not null) execute function assessment.cite_standing(%L)',
			'cite_standing_' || cites[2], cites[1], cites[2], cites[2]);
	end loop;
end $$;

-- The thread, with what has been withdrawn ------------------------------------------------------------------------------

create or replace view thread.record with (security_invoker = true) as
	select programme_id, 'round' as kind, id, null::uuid as place_id, number, name as title, state, opens_on as day,
		opened_at as at, null::timestamptz as withdrawn_at, created_by, '{}'::jsonb as facts from assessment.round
	union all select programme_id, kind, id, place_id, number, title, state, day, at, withdrawn_at, created_by, facts from assessment.evidence
	union all select programme_id, 'finding', id, place_id, number, statement, state, null, coalesce(stands_since, created_at), withdrawn_at, created_by,
		'{}' from assessment.finding
	union all select programme_id, 'gap', id, place_id, number, title, state, null, coalesce(opened_at, created_at), withdrawn_at, created_by,
		jsonb_build_object('barrier', barrier) from gaps.gap
	union all select programme_id, 'priority', id, place_id, number, statement, state, stated_on, created_at, withdrawn_at, created_by, '{}' from gaps.priority
	union all select programme_id, 'training', id, place_id, number, title, state, starts_on, created_at, withdrawn_at, created_by,
		jsonb_build_object('organisationId', owner_id, 'endsOn', ends_on) from training.training
	union all select programme_id, 'plan', id, place_id, number, title, state, starts_on, created_at, withdrawn_at, created_by,
		jsonb_build_object('organisationId', owner_id, 'endsOn', ends_on) from plans.plan
	union all select programme_id, 'result', id, place_id, number, statement, state, observed_on, created_at, withdrawn_at, created_by, '{}' from results.result
	union all select programme_id, 'recommendation', id, place_id, number, title, state, delivered_on, created_at, withdrawn_at, created_by,
		jsonb_build_object('organisationId', addressed_to, 'deliveredOn', delivered_on, 'answer', answer, 'answeredOn', answered_on) from policy.recommendation
	union all select programme_id, 'commitment', id, place_id, number, title, state, made_on, created_at, withdrawn_at, created_by,
		jsonb_build_object('organisationId', organisation_id, 'dueOn', due_on, 'authority', told.authority, 'civilSociety', told.civil_society)
		from policy.commitment c
		left join lateral (select
			(array_agg(jsonb_build_object('status', s.status, 'toldOn', s.told_on) order by s.told_on desc, s.created_at desc)
				filter (where s.side = 'authority'))[1] as authority,
			(array_agg(jsonb_build_object('status', s.status, 'toldOn', s.told_on) order by s.told_on desc, s.created_at desc)
				filter (where s.side = 'civil_society'))[1] as civil_society
			from policy.commitment_status s where s.commitment_id = c.id and s.programme_id = c.programme_id) told on true
	union all select programme_id, 'change', id, place_id, number, statement, state, verified_on, created_at, withdrawn_at, created_by,
		jsonb_build_object('organisationId', verified_by) from policy.change
	union all select programme_id, 'briefing', id, null, number, title, state, null, coalesce(published_at, created_at), withdrawn_at, created_by, '{}' from policy.briefing;

-- Strength of evidence counts what stands -------------------------------------------------------------------------------

create or replace function assessment.pieces_of(findings uuid[]) returns table (finding_id uuid, kind text, piece_id uuid, source text, day date, facts jsonb)
	language sql stable security definer set search_path = ''
	as $$
	with withdrawn as (select w.evidence_id as id from assessment.withdrawal w where w.reinstated_at is null),
	told as (
		select f.id from assessment.finding f where f.id = any(pieces_of.findings)
			and case when f.place_id is null then f.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}'))
				else f.programme_id = any(network.programmes_wide('{coordinator,member,analyst,reviewer,official}'))
					or f.place_id = any(network.places_within('{coordinator,member,analyst,reviewer,official}')) end)
	select c.finding_id, 'figure', e.id, md5('round:' || e.round_id), e.cut_off::date, jsonb_build_object('n', e.n, 'design', e.sampling ->> 'design', 'joint', r.joint,
			'width', case when e.measure = 'share' then (select max((cell ->> 'high')::float8 - (cell ->> 'low')::float8)
				from assessment.figure_protected s, jsonb_path_query(s.cells, '$.rows[*].cells[*] ? (exists (@.high) && exists (@.low))') cell where s.figure_id = e.id) end)
		from told join assessment.finding_figure c on c.finding_id = told.id join assessment.figure e on e.id = c.figure_id join assessment.round r on r.id = e.round_id
		where e.id not in (select id from withdrawn)
	union all
	select c.finding_id, 'quotation', e.id, md5(coalesce('interview:' || e.interview_id, 'said:' || e.spoken_by::text || coalesce(e.round_id::text, ''))),
			coalesce(e.said_on, e.created_at::date), jsonb_build_object('coded', e.segment_id is not null)
		from told join assessment.finding_quotation c on c.finding_id = told.id join assessment.quotation e on e.id = c.quotation_id
		where e.id not in (select id from withdrawn)
	union all
	select c.finding_id, 'document', e.id, md5('published:' || lower(btrim(e.source))), e.dated,
			jsonb_build_object('page', coalesce(e.page, '') <> '', 'dated', e.dated is not null, 'kept', e.file_id is not null or coalesce(e.link, '') <> '')
		from told join assessment.finding_document c on c.finding_id = told.id join assessment.document e on e.id = c.document_id
		where e.id not in (select id from withdrawn)
	union all
	select c.finding_id, 'score', e.id, md5('scored:' || e.round_id), e.created_at::date, jsonb_build_object('services', e.services, 'criteria', e.criteria,
			'agreed', (select avg(case when r.dissent then 0 else 1 end)::float8 from assessment.reconciliation r
				join assessment.service_assessment a on a.id = r.assessment_id
				where case when e.set_id is null then r.assessment_id = e.assessment_id and r.revision = e.revision
					else a.counted_in = e.set_id and r.revision = a.counted_revision end))
		from told join assessment.finding_score c on c.finding_id = told.id join assessment.score e on e.id = c.score_id
		where e.id not in (select id from withdrawn) $$;
comment on function assessment.pieces_of is 'What findings that the actor may see rest on and that has not been withdrawn, as far as strength of evidence is worked out from it: kind, where it comes from, when, how many were asked. No content, and where it comes from as a digest; the same for every reader, also where a piece itself is not open to them.';

-- The public is told what has fallen since ------------------------------------------------------------------------------

create function policy.fallen_since(slug text) returns table (kind text, nth integer, how text, fell_at timestamptz) language sql stable security definer set search_path = ''
	as $$
	with block as (
		select k.kind, row_number() over (partition by k.kind order by k.position)::int as nth, k.figure_id, k.quotation_id, k.finding_id, k.recommendation_id
			from policy.briefing b join policy.briefing_block k on k.briefing_id = b.id
			where b.slug = fallen_since.slug and b.state = 'published'),
	cited as (
		select c.finding_id, c.figure_id as id from assessment.finding_figure c union all select c.finding_id, c.quotation_id from assessment.finding_quotation c
		union all select c.finding_id, c.document_id from assessment.finding_document c union all select c.finding_id, c.score_id from assessment.finding_score c)
	select block.kind, block.nth, 'withdrawn', w.withdrawn_at from block
		join assessment.withdrawal w on w.evidence_id in (block.figure_id, block.quotation_id, block.finding_id) and w.reinstated_at is null
	union all select block.kind, block.nth, 'withdrawn', r.withdrawn_at from block join policy.recommendation r on r.id = block.recommendation_id and r.state = 'withdrawn'
	union all select block.kind, block.nth, 'on-nothing', max(w.withdrawn_at) from block
		join assessment.finding f on f.id = block.finding_id and f.state = 'stands'
		join cited on cited.finding_id = block.finding_id
		left join assessment.withdrawal w on w.evidence_id = cited.id and w.reinstated_at is null
		group by block.kind, block.nth having bool_and(w.id is not null)
	order by 1, 2 $$;
comment on function policy.fallen_since is 'What stands in a published briefing and has been withdrawn since, or rests on nothing any more: which block of its kind, and when. No reason: that is for members.';
alter function policy.fallen_since owner to hamkor_definer;
revoke all on function policy.fallen_since from public;
grant execute on function policy.fallen_since to hamkor_app;

-- A score as evidence: a signed result that was written down once to be cited, of one service or of a closed set together.

create table assessment.score (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	place_id uuid,
	number integer not null,
	round_id uuid not null,
	assessment_id uuid,
	revision integer,
	set_id uuid,
	area text not null,
	title jsonb not null,
	services integer not null check (services > 0),
	criteria integer not null check (criteria > 0),
	result jsonb not null,
	result_sha256 bytea not null,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, number),
	unique (assessment_id, revision, area),
	unique (set_id, area),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id),
	foreign key (programme_id, assessment_id) references assessment.service_assessment (programme_id, id),
	foreign key (programme_id, set_id) references assessment.scoring_set (programme_id, id),
	check ((assessment_id is null) = (revision is null) and (assessment_id is null) <> (set_id is null)),
	check ((set_id is null) = (services = 1))
);
comment on table assessment.score is 'A signed score that can be cited: of an area (empty: the whole) of one service, or of a closed set together. Frozen from the moment it is written; a reopened assessment makes further ones.';
comment on column assessment.score.criteria is 'On how many criteria it rests; of a set, summed over its services.';
call platform.fence('assessment.score', 'select, insert');
create policy circle on assessment.score for select to hamkor_app using (assessment_id = any((select assessment.open_sheets())::uuid[]));
create policy agreed on assessment.score for select to hamkor_app using (
	(assessment_id, revision) in (select r.assessment_id, r.revision from assessment.agreed_results() r));
create policy together on assessment.score for select to hamkor_app using (set_id = any((select assessment.open_sets())::uuid[]));
create policy writers on assessment.score for insert to hamkor_app with check (
	programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[])
	and (set_id = any((select assessment.open_sets())::uuid[]) or exists (select from assessment.area_result r
		where r.assessment_id = score.assessment_id and r.revision = score.revision and r.area = score.area)));

call network.cite('assessment.finding_score', 'assessment.finding', 'finding_id', 'assessment.score', 'score_id', '{coordinator,analyst}');

-- A score is evidence beside those that are there: the ways are read from the trigger as it stands.
do $$
declare
	ways text[];
begin
	select string_to_array(encode(t.tgargs, 'escape'), '\000') into ways from pg_trigger t where t.tgrelid = 'assessment.finding'::regclass and t.tgname = 'must_rest';
	ways := array_remove(ways, '') || 'assessment.finding_score finding_id'::text;
	drop trigger must_rest on assessment.finding;
	execute format('create constraint trigger must_rest after insert or update on assessment.finding deferrable initially deferred for each row execute function platform.must_rest(%s)',
		(select string_agg(quote_literal(way), ', ' order by at) from unnest(ways) with ordinality as w (way, at)));
end $$;

create function assessment.score_may_be_told() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		finding uuid := coalesce((to_jsonb(new) ->> 'finding_id')::uuid, (to_jsonb(new) ->> 'id')::uuid);
	begin
		if exists (select from assessment.finding f join assessment.finding_score c on c.finding_id = f.id join assessment.score s on s.id = c.score_id
			where f.id = finding and f.state = 'stands' and s.assessment_id is not null and not exists (select from assessment.service_agreement g
				where g.assessment_id = s.assessment_id and g.revision = s.revision and g.withdrawn_at is null)) then
			raise exception 'finding.score-without-agreement' using errcode = 'HM001';
		end if;
		return null;
	end $$;
comment on function assessment.score_may_be_told is 'A finding that stands is read by members and authorities: it rests on a single service''s score only when that service has agreed.';
alter function assessment.score_may_be_told owner to hamkor_definer;
create constraint trigger may_be_told after insert on assessment.finding_score deferrable initially deferred for each row execute function assessment.score_may_be_told();
create constraint trigger may_be_told after update on assessment.finding deferrable initially deferred for each row
	when (new.state = 'stands' and old.state <> 'stands') execute function assessment.score_may_be_told();

create function assessment.untold_scores(findings uuid[]) returns integer[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(distinct f.number), '{}') from assessment.finding f join assessment.finding_score c on c.finding_id = f.id join assessment.score s on s.id = c.score_id
		where f.id = any(untold_scores.findings) and f.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}'))
			and s.assessment_id is not null and not exists (select from assessment.service_agreement g
				where g.assessment_id = s.assessment_id and g.revision = s.revision and g.scope = 'publication' and g.withdrawn_at is null) $$;
comment on function assessment.untold_scores is 'Numbers of those findings that rest on a single service''s score without its agreement to publication.';
alter function assessment.untold_scores owner to hamkor_definer;
revoke all on function assessment.untold_scores from public;
grant execute on function assessment.untold_scores to hamkor_app;

-- The thread: what stands there already, and scores.
do $$
begin
	execute 'create or replace view thread.record with (security_invoker = true) as ' || rtrim(pg_get_viewdef('thread.record'), ';')
		|| ' union all select programme_id, ''score'', id, place_id, number, title, ''frozen'', null::date, created_at, null::timestamptz, created_by,'
		|| ' jsonb_build_object(''roundId'', round_id, ''n'', criteria) from assessment.score';
	execute 'create or replace view thread.citation with (security_invoker = true) as ' || rtrim(pg_get_viewdef('thread.citation'), ';')
		|| ' union all select programme_id, ''score'', id, ''round'', round_id, ''source'' from assessment.score'
		|| ' union all select programme_id, ''finding'', finding_id, ''score'', score_id, ''evidence'' from assessment.finding_score';
end $$;
create policy "who sees assessment.score" on platform.journal for select to hamkor_app using (
	subject_table = 'assessment.score' and exists (select from assessment.score r where r.id = subject_id));

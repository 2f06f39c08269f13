-- Running a round: its plan, targets, teams and what is assigned to them, links of team members, progress.

create view assessment.counted_submission with (security_invoker = true) as
	select * from assessment.submission where superseded_by is null and review_state <> 'rejected';
comment on view assessment.counted_submission is 'The answers that count: not replaced by a later version, not rejected at review. What is counted anywhere is counted from these.';
revoke all on assessment.counted_submission from public;
grant select on assessment.counted_submission to hamkor_app;

create function network.side_of(type text) returns text language sql immutable parallel safe
	return case when type in ('cso', 'women_led_cso', 'cso_shelter') then 'civil_society'
		when type in ('local_authority', 'makhalla_committee', 'ministry', 'commission', 'national_centre', 'state_rehabilitation_centre') then 'authority' end;
comment on function network.side_of is 'On which side of a joint team an organisation of this type sits: civil_society, authority, or neither (donors, international organisations, mixed groups).';

alter table assessment.round
	add column joint boolean not null default false,
	add column target_question text,
	add column key_questions text[] not null default '{}',
	add column shortest_minutes integer check (shortest_minutes > 0);
comment on column assessment.round.joint is 'Every team has a civil society member and one of an authority, or it is not ready.';
comment on column assessment.round.target_question is 'XPath of the question whose choices have targets of their own; null: targets are of a place alone.';
comment on column assessment.round.key_questions is 'XPaths of questions whose answers together name what was asked about: the same twice is a possible duplicate.';
comment on column assessment.round.shortest_minutes is 'Interviews shorter than this are flagged; null: only against the other interviews.';

create table assessment.round_target (
	programme_id uuid not null,
	round_id uuid not null,
	place_id uuid not null,
	choice text not null default '',
	target integer not null check (target between 1 and 1000000),
	primary key (round_id, place_id, choice),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table assessment.round_target is 'How many answers a round wants from a place, with a choice of the round''s target question or (empty) altogether.';

create table assessment.team (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	name text not null check (name <> ''),
	state text not null default 'draft' check (state in ('draft', 'ready', 'ended')),
	starts_on date,
	ends_on date,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (round_id, name),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id),
	check (starts_on is null or ends_on is null or ends_on >= starts_on)
);
comment on table assessment.team is 'People who collect together for a round. In a joint round a team is ready only with a civil society and an authority member.';
create table assessment.team_member (
	programme_id uuid not null,
	team_id uuid not null,
	person_id uuid not null references network.person (id),
	organisation_id uuid,
	primary key (team_id, person_id),
	foreign key (programme_id, team_id) references assessment.team (programme_id, id),
	foreign key (programme_id, organisation_id) references network.organisation (programme_id, id)
);
comment on table assessment.team_member is 'A member of a team and the organisation for which they sit in it; its type says on which side.';
create index on assessment.team_member (person_id);
create table assessment.team_place (
	programme_id uuid not null,
	team_id uuid not null,
	place_id uuid not null,
	primary key (team_id, place_id),
	foreign key (programme_id, team_id) references assessment.team (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table assessment.team_place is 'Places assigned to a team.';
create table assessment.team_service (
	programme_id uuid not null,
	team_id uuid not null,
	organisation_id uuid not null,
	primary key (team_id, organisation_id),
	foreign key (programme_id, team_id) references assessment.team (programme_id, id),
	foreign key (programme_id, organisation_id) references network.organisation (programme_id, id)
);
comment on table assessment.team_service is 'Services (shelters, centres, offices) assigned to a team.';

-- Read by everybody who takes part in the programme, written by who runs rounds; a collection link sees none of it.
do $$
declare
	part text;
	reads text := 'programme_id = any((select network.programmes_with(''{coordinator,member,analyst,collector,reviewer,official}''))::uuid[])';
	writes text := 'programme_id = any((select network.programmes_with(''{coordinator,analyst}''))::uuid[])';
begin
	foreach part in array array['round_target', 'team_member', 'team_place', 'team_service'] loop
		execute format('call platform.fence(%L, ''select, insert, delete'')', 'assessment.' || part);
		execute format('create policy readers on assessment.%I for select to hamkor_app using (%s)', part, reads);
		execute format('create policy writers on assessment.%I for insert to hamkor_app with check (%s)', part, writes);
		execute format('create policy removers on assessment.%I for delete to hamkor_app using (%s)', part, writes);
	end loop;
end $$;
call network.fence_programme('assessment.team', '{coordinator,member,analyst,collector,reviewer,official}', '{coordinator,analyst}');

create function assessment.team_lacks(team uuid) returns text language sql stable security definer set search_path = ''
	as $$ select case
			when count(m.person_id) = 0 then 'team.empty'
			when bool_or(r.joint) and (not coalesce(bool_or(network.side_of(o.type) = 'civil_society'), false)
				or not coalesce(bool_or(network.side_of(o.type) = 'authority'), false)) then 'team.not-joint' end
		from assessment.team t join assessment.round r on r.id = t.round_id
		left join assessment.team_member m on m.team_id = t.id
		left join network.organisation o on o.id = m.organisation_id
		where t.id = team_lacks.team and t.programme_id = any(network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}')) $$;
comment on function assessment.team_lacks is 'What a team still lacks before it is ready, as a problem code; null when nothing.';

create function assessment.hold_team() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		one record;
		lacks text;
	begin
		for one in
			select t.id, r.joint from assessment.team t join assessment.round r on r.id = t.round_id
			where t.state = 'ready' and (
				tg_table_name = 'team' and t.id = (to_jsonb(new) ->> 'id')::uuid
				or tg_table_name = 'round' and t.round_id = (to_jsonb(new) ->> 'id')::uuid
				or tg_table_name = 'team_member' and t.id = (to_jsonb(coalesce(old, new)) ->> 'team_id')::uuid)
		loop
			select case when count(*) = 0 then 'team.empty'
				when one.joint and (not coalesce(bool_or(network.side_of(o.type) = 'civil_society'), false)
					or not coalesce(bool_or(network.side_of(o.type) = 'authority'), false)) then 'team.not-joint' end
				into lacks from assessment.team_member m left join network.organisation o on o.id = m.organisation_id where m.team_id = one.id;
			if lacks is not null then
				raise exception '%', lacks using errcode = 'HM001';
			end if;
		end loop;
		return null;
	end $$;
comment on function assessment.hold_team is 'A ready team has members; in a joint round from civil society and from an authority.';

create function assessment.hold_member() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if not exists (select from network.role_grant g where g.programme_id = new.programme_id and g.person_id = new.person_id and g.ended_at is null
			and (new.organisation_id is null or g.organisation_id = new.organisation_id)) then
			raise exception 'team.member-unknown' using errcode = 'HM001';
		end if;
		return null;
	end $$;
comment on function assessment.hold_member is 'Who sits in a team takes part in the programme, and for the organisation that is named.';

create function assessment.hold_joint_round() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if new.state = 'open' and old.state = 'draft' and new.joint
			and not exists (select from assessment.team t where t.round_id = new.id and t.state = 'ready') then
			raise exception 'round.team-missing' using errcode = 'HM001';
		end if;
		return null;
	end $$;
comment on function assessment.hold_joint_round is 'A joint round does not open before one of its teams is ready.';

-- Links belong to a member of a team; a link tells when it was last used -----------------------------------------------

alter table assessment.collection_token
	add column team_id uuid,
	add column person_id uuid,
	add column last_seen_at timestamptz,
	add foreign key (team_id, person_id) references assessment.team_member (team_id, person_id),
	add check (team_id is not null or person_id is null);
comment on column assessment.collection_token.team_id is 'The team whose phone this link is on.';
comment on column assessment.collection_token.person_id is 'The member of the team who carries the phone.';
comment on column assessment.collection_token.last_seen_at is 'When something last came through the link or asked for its form; to five minutes.';
create index on assessment.collection_token (team_id) where team_id is not null;

create function assessment.saw_link(link uuid) returns void language plpgsql security definer set search_path = ''
	as $$
	begin
		if platform.actor_task() = 'collection' then
			update assessment.collection_token set last_seen_at = clock_timestamp()
				where id = link and (last_seen_at is null or last_seen_at < now() - interval '5 minutes');
		end if;
	end $$;
comment on function assessment.saw_link is 'Notes that a link was used. Writes at most once in five minutes, so that a busy link is not one row that all wait for.';

-- Whose answers they are: settled when they arrive ---------------------------------------------------------------------

alter table assessment.submission add column team_id uuid;
comment on column assessment.submission.team_id is 'The team that collected it: of the link, or of the person who sent it when that person sits in one team of the round alone.';
create index on assessment.submission (round_id, team_id) where team_id is not null;

create function assessment.place_submission() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if new.team_id is null and new.token_id is not null then
			select t.team_id into new.team_id from assessment.collection_token t where t.id = new.token_id;
		elsif new.team_id is null and new.person_id is not null then
			select case when count(*) = 1 then min(t.id::text)::uuid end into new.team_id
				from assessment.team_member m join assessment.team t on t.id = m.team_id
				where m.person_id = new.person_id and t.round_id = new.round_id;
		end if;
		if new.place_id is null and new.team_id is not null then
			select case when count(*) = 1 then min(p.place_id::text)::uuid end into new.place_id
				from assessment.team_place p where p.team_id = new.team_id;
		end if;
		return new;
	end $$;
comment on function assessment.place_submission is 'Gives a submission its team and, when the team has one place alone, its place.';

create function assessment.runs_round(round uuid) returns boolean language sql stable security definer set search_path = ''
	as $$ select round = any(assessment.analysed_rounds()) or exists (select from assessment.round r where r.id = runs_round.round
		and r.programme_id = any(network.programmes_with('{coordinator,analyst,reviewer}'))) $$;
comment on function assessment.runs_round is 'Whether the actor may see how a round goes, place by place: who runs rounds, and its named analysts. Counts only.';

create function assessment.progress(round uuid, zone text)
	returns table (place_id uuid, team_id uuid, choice text, day date, received bigint, approved bigint, has_issues bigint, rejected bigint, flagged bigint)
	language sql stable security definer set search_path = ''
	as $$ select s.place_id, s.team_id, case when r.target_question is null then '' else coalesce(s.answers ->> r.target_question, '') end,
			(s.received_at at time zone zone)::date,
			count(*) filter (where s.review_state <> 'rejected'), count(*) filter (where s.review_state = 'approved'),
			count(*) filter (where s.review_state = 'has_issues'), count(*) filter (where s.review_state = 'rejected'),
			count(*) filter (where s.review_state <> 'rejected' and s.flags <> '[]')
		from assessment.submission s join assessment.round r on r.id = s.round_id
		where s.round_id = progress.round and s.superseded_by is null and (select assessment.runs_round(progress.round))
		group by 1, 2, 3, 4 $$;
comment on function assessment.progress is 'How many answers came, by place, team, choice of the target question and day: counts for who runs the round, no row. What is rejected is counted beside, not in, received.';

do $$
declare
	f text;
begin
	foreach f in array array['assessment.team_lacks(uuid)', 'assessment.hold_team()', 'assessment.hold_member()', 'assessment.hold_joint_round()',
		'assessment.saw_link(uuid)', 'assessment.place_submission()', 'assessment.runs_round(uuid)', 'assessment.progress(uuid, text)'] loop
		execute format('alter function %s owner to hamkor_definer', f);
	end loop;
	foreach f in array array['assessment.team_lacks(uuid)', 'assessment.saw_link(uuid)', 'assessment.runs_round(uuid)', 'assessment.progress(uuid, text)'] loop
		execute format('revoke all on function %s from public', f);
		execute format('grant execute on function %s to hamkor_app, hamkor_definer', f);
	end loop;
end $$;
create constraint trigger hold_team after insert or update on assessment.team deferrable initially deferred
	for each row when (new.state = 'ready') execute function assessment.hold_team();
create constraint trigger hold_team after delete or update on assessment.team_member deferrable initially deferred
	for each row execute function assessment.hold_team();
create constraint trigger hold_team after update on assessment.round deferrable initially deferred
	for each row when (new.joint and not old.joint) execute function assessment.hold_team();
create constraint trigger hold_member after insert on assessment.team_member deferrable initially deferred for each row execute function assessment.hold_member();
create constraint trigger hold_joint after update on assessment.round deferrable initially deferred
	for each row execute function assessment.hold_joint_round();
create trigger place_submission before insert on assessment.submission
	for each row when (new.token_id is not null or new.person_id is not null) execute function assessment.place_submission();

-- When a round was last looked at by the rules of quality; interview times kept apart; progress counted by the day of the interview.

create table assessment.round_look (
	round_id uuid primary key,
	programme_id uuid not null,
	asked_at timestamptz,
	looked_at timestamptz,
	looked integer not null default 0,
	foreign key (programme_id, round_id) references assessment.round (programme_id, id)
);
comment on table assessment.round_look is 'When the rules of quality were last held against a round, over how many answers, and whether somebody has asked for it since.';
call platform.fence('assessment.round_look');
create policy readers on assessment.round_look for select to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,analyst,reviewer}'))::uuid[]) or round_id = any((select assessment.analysed_rounds())::uuid[]));
call platform.let_task('assessment.round_look', 'quality');
call platform.let_task('assessment.collection_token', 'quality', 'select');

create function assessment.ask_look(round uuid) returns void language sql security definer set search_path = ''
	as $$ insert into assessment.round_look as l (round_id, programme_id, asked_at)
		select r.id, r.programme_id, clock_timestamp() from assessment.round r where r.id = ask_look.round and assessment.runs_round(r.id)
		on conflict (round_id) do update set asked_at = excluded.asked_at $$;
comment on function assessment.ask_look is 'Asks for the rules of quality to be held against a round anew: after its plan, a review or an edit changed what is compared.';
alter function assessment.ask_look owner to hamkor_definer;
revoke all on function assessment.ask_look from public;
grant execute on function assessment.ask_look to hamkor_app;
grant execute on function network.programmes_wide to hamkor_definer;

create function assessment.rounds_to_look() returns table (round_id uuid, counted bigint) language sql stable security definer set search_path = ''
	as $$ select r.id, (select count(*) from assessment.submission s where s.round_id = r.id and s.superseded_by is null)
		from assessment.round r left join assessment.round_look l on l.round_id = r.id
		where platform.actor_task() = 'quality' and r.state <> 'draft' and (
			l.asked_at > coalesce(l.looked_at, '-infinity')
			or exists (select from assessment.submission s where s.round_id = r.id and s.superseded_by is null and (s.looked_at is null or s.looked_at < s.checked_at))) $$;
comment on function assessment.rounds_to_look is 'Rounds with answers that the rules of quality have not been held against yet, or of which somebody asked for it, for the task that does it.';
alter function assessment.rounds_to_look owner to hamkor_definer;
revoke all on function assessment.rounds_to_look from public;
grant execute on function assessment.rounds_to_look to hamkor_app;
create index submission_relook on assessment.submission (round_id) where looked_at < checked_at;

create or replace function assessment.progress(round uuid, zone text)
	returns table (place_id uuid, team_id uuid, choice text, day date, received bigint, approved bigint, has_issues bigint, rejected bigint, flagged bigint)
	language sql stable security definer set search_path = ''
	as $$ select s.place_id, s.team_id, case when r.target_question is null then '' else coalesce(s.answers ->> r.target_question, '') end,
			(coalesce(o.received_at, s.received_at) at time zone zone)::date,
			count(*) filter (where s.review_state <> 'rejected'), count(*) filter (where s.review_state = 'approved'),
			count(*) filter (where s.review_state = 'has_issues'), count(*) filter (where s.review_state = 'rejected'),
			count(*) filter (where s.review_state <> 'rejected' and (s.flags <> '[]' and s.looked_at is null
				or exists (select from assessment.quality_flag f where f.submission_id = s.id and f.dismissed_at is null)))
		from assessment.submission s join assessment.round r on r.id = s.round_id left join assessment.submission o on o.id = s.origin_id
		where s.round_id = progress.round and s.superseded_by is null and (select assessment.runs_round(progress.round))
		group by 1, 2, 3, 4 $$;
comment on function assessment.progress is 'How many answers came, by place, team, choice of the target question and day: counts for who runs the round, no row. What is rejected is counted beside, not in, received; an edit counts on the day of its first version.';

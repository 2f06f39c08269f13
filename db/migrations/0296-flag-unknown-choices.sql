-- A choice that the form does not offer is a flag of its own. What the re-check finds is kept as flags at once, not only when the
-- rules of quality look, so that every page counts the same rows.

alter table assessment.quality_flag drop constraint quality_flag_rule_check;
alter table assessment.quality_flag add constraint quality_flag_rule_check check (rule in ('constraint', 'required', 'choice', 'irrelevant', 'unreadable',
	'same-answers', 'same-key', 'overlap', 'soon-after', 'outlier', 'too-fast', 'straight-line'));
call platform.let_task('assessment.quality_flag', 'recheck', 'select');
call platform.let_task('assessment.quality_flag', 'recheck', 'insert');

create or replace function assessment.received(round uuid) returns table (submissions bigint, newest timestamptz, flagged bigint)
	language sql stable security definer set search_path = ''
	as $$ select count(*), max(s.received_at), count(*) filter (where exists (select from assessment.quality_flag f where f.submission_id = s.id and f.dismissed_at is null))
		from assessment.submission s
		where s.round_id = received.round and s.superseded_by is null
			and s.programme_id = any(network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}')) $$;
comment on function assessment.received is 'How many submissions a round has, when the newest came and how many carry a flag that nobody dismissed: counts for members, no row.';

create or replace function assessment.progress(round uuid, zone text)
	returns table (place_id uuid, team_id uuid, choice text, day date, received bigint, approved bigint, has_issues bigint, rejected bigint, flagged bigint)
	language sql stable security definer set search_path = ''
	as $$ select s.place_id, s.team_id, case when r.target_question is null then '' else coalesce(s.answers ->> r.target_question, '') end,
			(coalesce(o.received_at, s.received_at) at time zone zone)::date,
			count(*) filter (where s.review_state <> 'rejected'), count(*) filter (where s.review_state = 'approved'),
			count(*) filter (where s.review_state = 'has_issues'), count(*) filter (where s.review_state = 'rejected'),
			count(*) filter (where s.review_state <> 'rejected' and exists (select from assessment.quality_flag f where f.submission_id = s.id and f.dismissed_at is null))
		from assessment.submission s join assessment.round r on r.id = s.round_id left join assessment.submission o on o.id = s.origin_id
		where s.round_id = progress.round and s.superseded_by is null and (select assessment.runs_round(progress.round))
		group by 1, 2, 3, 4 $$;

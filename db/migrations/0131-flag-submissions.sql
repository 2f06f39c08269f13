-- Quality of what came: flags with their rule and its numbers, dismissed with a reason; comments; editions by reviewers.

alter table assessment.submission
	add column looked_at timestamptz,
	add column fingerprint bytea,
	add column edited_by uuid references network.person (id),
	add column edit_reason text check (char_length(edit_reason) <= 1000);
comment on column assessment.submission.looked_at is 'When the rules of quality were last held against it; null: not yet.';
comment on column assessment.submission.fingerprint is 'SHA-256 of its answers without those that differ by themselves (times, device, notes); null when fewer than three questions were answered.';
comment on column assessment.submission.edited_by is 'For a version made at review: who made it. The sender stays the one of the version before.';
create index on assessment.submission (round_id) where looked_at is null;
create index on assessment.submission (round_id, fingerprint) where fingerprint is not null;

create table assessment.quality_flag (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	submission_id uuid not null references assessment.submission (id),
	rule text not null check (rule in ('constraint', 'required', 'irrelevant', 'unreadable', 'same-answers', 'same-key', 'overlap', 'soon-after',
		'outlier', 'too-fast', 'straight-line')),
	key text not null default '',
	facts jsonb not null default '{}',
	found_at timestamptz not null default clock_timestamp(),
	dismissed_at timestamptz,
	dismissed_by uuid references network.person (id),
	dismissed_reason text check (char_length(dismissed_reason) <= 1000),
	unique (submission_id, rule, key),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id),
	check ((dismissed_at is null) = (dismissed_by is null) and (dismissed_at is null) = (dismissed_reason is null))
);
comment on table assessment.quality_flag is 'Something about a submission that a person should look at: the rule that found it, where (key: a question''s path or another submission), and the numbers that the rule compared.';
create index on assessment.quality_flag (round_id, rule) where dismissed_at is null;
call platform.fence('assessment.quality_flag', 'select, insert, update, delete');
create policy readers on assessment.quality_flag for select to hamkor_app using (round_id = any((select assessment.analysed_rounds())::uuid[]));
create policy carriers on assessment.quality_flag for insert to hamkor_app with check (round_id = any((select assessment.analysed_rounds())::uuid[])
	and programme_id = any((select network.programmes_with('{coordinator,analyst,reviewer}'))::uuid[]) and dismissed_at is not null);
create policy dismissers on assessment.quality_flag for update to hamkor_app
	using (round_id = any((select assessment.analysed_rounds())::uuid[]) and programme_id = any((select network.programmes_with('{coordinator,analyst,reviewer}'))::uuid[]))
	with check (round_id = any((select assessment.analysed_rounds())::uuid[]) and dismissed_by = (select platform.actor_person()));
call platform.let_task('assessment.quality_flag', 'quality');
call platform.let_task('assessment.submission', 'quality', 'select');
call platform.let_task('assessment.submission', 'quality', 'update');
call platform.let_task('assessment.round', 'quality', 'select');
call platform.let_task('assessment.instrument_version', 'quality', 'select');

create function assessment.flag_counts(round uuid) returns table (place_id uuid, team_id uuid, rule text, submissions bigint)
	language sql stable security definer set search_path = ''
	as $$ select s.place_id, s.team_id, f.rule, count(distinct s.id) from assessment.quality_flag f join assessment.submission s on s.id = f.submission_id
		where f.round_id = flag_counts.round and f.dismissed_at is null and s.superseded_by is null and s.review_state <> 'rejected'
			and (select assessment.runs_round(flag_counts.round))
		group by grouping sets ((s.place_id, s.team_id), (f.rule)) $$;
comment on function assessment.flag_counts is 'How many answers carry a flag that nobody dismissed, by place and team, and by rule: counts for who runs the round.';
alter function assessment.flag_counts owner to hamkor_definer;
revoke all on function assessment.flag_counts from public;
grant execute on function assessment.flag_counts to hamkor_app;

create table assessment.submission_comment (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	submission_id uuid not null references assessment.submission (id),
	body text not null check (char_length(body) between 1 and 2000),
	roles text[] not null default '{}',
	person_id uuid not null references network.person (id),
	written_at timestamptz not null default clock_timestamp(),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id)
);
comment on table assessment.submission_comment is 'What named analysts say to each other about a submission; roles are those called by @.';
create index on assessment.submission_comment (submission_id, written_at);
call platform.fence('assessment.submission_comment', 'select, insert');
create policy readers on assessment.submission_comment for select to hamkor_app using (round_id = any((select assessment.analysed_rounds())::uuid[]));
create policy writers on assessment.submission_comment for insert to hamkor_app with check (person_id = (select platform.actor_person())
	and round_id = any((select assessment.analysed_rounds())::uuid[])
	and exists (select from assessment.submission s where s.id = submission_id and s.round_id = submission_comment.round_id));

-- A reviewer's edition: a further version, never a change of what came.
create policy editors on assessment.submission for insert to hamkor_app with check (
	case when (select platform.actor_kind()) = 'person' and edited_by = (select platform.actor_person()) and replaces_id is not null then
		round_id = any((select assessment.analysed_rounds())::uuid[])
			and programme_id = any((select network.programmes_with('{coordinator,analyst,reviewer}'))::uuid[])
		else false end);
create function assessment.supersede(old_version uuid, new_version uuid) returns boolean language plpgsql security definer set search_path = ''
	as $$
	begin
		update assessment.submission o set superseded_by = n.instance_id
			from assessment.submission n
			where o.id = old_version and n.id = new_version and n.replaces_id = o.id and n.round_id = o.round_id and o.superseded_by is null
				and n.edited_by = platform.actor_person() and o.round_id = any(assessment.analysed_rounds());
		return found;
	end $$;
comment on function assessment.supersede is 'Puts a reviewer''s edition into the place of the version it was made from; false when another came first.';
alter function assessment.supersede owner to hamkor_definer;
revoke all on function assessment.supersede from public;
grant execute on function assessment.supersede to hamkor_app;
create policy edited on assessment.attachment for insert to hamkor_app with check (exists (select from assessment.submission s
	where s.id = submission_id and s.edited_by = (select platform.actor_person()) and s.round_id = any((select assessment.analysed_rounds())::uuid[])));

-- An edition at review is no further answer through the link.
drop trigger hold_ceiling on assessment.submission;
create trigger hold_ceiling after insert on assessment.submission for each row when (new.token_id is not null and new.edited_by is null)
	execute function assessment.hold_ceiling();

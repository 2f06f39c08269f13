-- Review of submissions, and the line from an edit back to what it replaced.

alter table assessment.submission
	add column review_state text not null default 'received' check (review_state in ('received', 'has_issues', 'approved', 'rejected')),
	add column replaces_id uuid references assessment.submission (id),
	add column origin_id uuid references assessment.submission (id);
comment on column assessment.submission.review_state is 'What the last review said. A new version starts as received again. What is rejected is kept and shown, and not counted.';
comment on column assessment.submission.superseded_by is 'instanceID of the version that took this one''s place; null for the version that counts now.';
comment on column assessment.submission.replaces_id is 'For an edit: the version that it took the place of.';
comment on column assessment.submission.origin_id is 'For an edit: the first version. All versions of a submission are those with id or origin_id equal to it.';
create index submission_origin on assessment.submission (origin_id) where origin_id is not null;
create index submission_replaces on assessment.submission (replaces_id) where replaces_id is not null;

set local role hamkor_definer;
update assessment.submission later set replaces_id = earlier.id
	from assessment.submission earlier
	where earlier.round_id = later.round_id and earlier.superseded_by = later.instance_id;
with recursive line as (
	select id, id as origin from assessment.submission where replaces_id is null and superseded_by is not null
	union all
	select later.id, line.origin from assessment.submission later join line on later.replaces_id = line.id
)
update assessment.submission s set origin_id = line.origin from line where line.id = s.id and line.origin <> s.id;
reset role;

-- Who sent a submission may replace it while the round is open: a link what came through it, a person what is their own.
drop policy actors_replace on assessment.submission;
create policy actors_replace on assessment.submission for update to hamkor_app
	using (case (select platform.actor_kind())
		when 'token' then token_id = (select platform.actor_token()) and round_id = (select assessment.collecting_round())
		when 'person' then person_id = (select platform.actor_person())
			and exists (select from assessment.round r where r.id = submission.round_id and r.state = 'open')
		else false end)
	with check (case (select platform.actor_kind())
		when 'token' then token_id = (select platform.actor_token()) and round_id = (select assessment.collecting_round())
		when 'person' then person_id = (select platform.actor_person())
		else false end);

create table assessment.review (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	submission_id uuid not null references assessment.submission (id),
	state text not null check (state in ('received', 'has_issues', 'approved', 'rejected')),
	note text not null default '' check (char_length(note) <= 2000),
	person_id uuid not null references network.person (id),
	reviewed_at timestamptz not null default clock_timestamp(),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id)
);
comment on table assessment.review is 'What a named analyst said of a submission, each time; the last word stands in submission.review_state.';
create index on assessment.review (submission_id, reviewed_at);
call platform.fence('assessment.review', 'select, insert');
create policy readers on assessment.review for select to hamkor_app using (
	exists (select from assessment.submission s where s.id = submission_id));
create policy writers on assessment.review for insert to hamkor_app with check (
	person_id = (select platform.actor_person())
	and round_id = any((select assessment.analysed_rounds())::uuid[])
	and programme_id = any((select network.programmes_with('{coordinator,analyst,reviewer}'))::uuid[])
	and exists (select from assessment.submission s where s.id = submission_id and s.round_id = review.round_id));

create function assessment.hold_review() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		update assessment.submission s set review_state = new.state where s.id = new.submission_id and s.superseded_by is null;
		if not found then
			raise exception 'review.superseded' using errcode = 'HM001';
		end if;
		return null;
	end $$;
comment on function assessment.hold_review is 'A review sets the state of the submission; what has been replaced by an edit is not reviewed any more.';
alter function assessment.hold_review owner to hamkor_definer;
create trigger hold_review after insert on assessment.review for each row execute function assessment.hold_review();

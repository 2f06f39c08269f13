-- Dismissals that can be taken back; back-checks; an erasure that leaves nothing in blocks of answers or back-checks.

create policy reopeners on assessment.quality_flag for update to hamkor_app
	using (round_id = any((select assessment.analysed_rounds())::uuid[]) and programme_id = any((select network.programmes_with('{coordinator,analyst,reviewer}'))::uuid[]))
	with check (round_id = any((select assessment.analysed_rounds())::uuid[]) and dismissed_at is null);

create table assessment.back_check (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	share numeric not null check (share > 0 and share <= 1),
	seed text not null check (seed <> ''),
	questions text[] not null check (cardinality(questions) > 0),
	drawn_from integer not null check (drawn_from >= 0),
	cut_off timestamptz not null,
	person_id uuid not null references network.person (id),
	drawn_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id)
);
comment on table assessment.back_check is 'A share of a round''s answers drawn for a second, short interview about some of the questions: who is drawn follows from seed, share and cut-off alone.';
comment on column assessment.back_check.drawn_from is 'How many counted answers had come by the cut-off.';
create index on assessment.back_check (round_id);
create table assessment.back_check_interview (
	id uuid primary key,
	programme_id uuid not null,
	check_id uuid not null,
	round_id uuid not null,
	submission_id uuid not null references assessment.submission (id),
	team_id uuid,
	outcome text not null default 'waiting' check (outcome in ('waiting', 'done', 'refused', 'not-found')),
	answers jsonb not null default '{}',
	note text not null default '' check (char_length(note) <= 1000),
	person_id uuid references network.person (id),
	done_at timestamptz,
	unique (check_id, submission_id),
	foreign key (programme_id, check_id) references assessment.back_check (programme_id, id),
	check ((outcome = 'waiting') = (done_at is null) and (outcome = 'done' or answers = '{}'))
);
comment on table assessment.back_check_interview is 'One answer drawn for a back-check, and what the second interview found: the answers to the chosen questions, compared with the first ones field by field.';
comment on column assessment.back_check_interview.team_id is 'The team that held the first interview.';
create index on assessment.back_check_interview (submission_id);
call platform.fence('assessment.back_check', 'select, insert');
call platform.fence('assessment.back_check_interview', 'select, insert, update');
do $$
declare
	name text;
	named text := 'round_id = any((select assessment.analysed_rounds())::uuid[])';
	looks text := 'programme_id = any((select network.programmes_with(''{coordinator,analyst,reviewer}''))::uuid[])';
begin
	foreach name in array array['back_check', 'back_check_interview'] loop
		execute format('create policy readers on assessment.%I for select to hamkor_app using (%s)', name, named);
		execute format('create policy writers on assessment.%I for insert to hamkor_app with check (%s and %s)', name, named, looks);
	end loop;
	execute format('create policy changers on assessment.back_check_interview for update to hamkor_app using (%s and %s) with check (%s and %s and person_id = (select platform.actor_person()))', named, looks, named, looks);
end $$;

create function assessment.may_erase(programme uuid, round uuid) returns boolean language sql stable security definer set search_path = ''
	as $$ select programme = any(network.programmes_wide('{coordinator}'))
		or round = any(assessment.analysed_rounds()) and programme = any(network.programmes_with('{coordinator,analyst}')) $$;
comment on function assessment.may_erase is 'Who may erase a submission: coordinators of the whole programme, and the round''s named analysts who coordinate or analyse.';
alter function assessment.may_erase owner to hamkor_definer;
revoke all on function assessment.may_erase from public;
grant execute on function assessment.may_erase to hamkor_app, hamkor_definer;

create function assessment.erasure_of(submission uuid)
	returns table (submission_id uuid, round_id uuid, receipt text, received_at timestamptz, place_id uuid, versions bigint, files bigint, figures bigint, back_checks bigint)
	language sql stable security definer set search_path = ''
	as $$ with one as (select s.*, coalesce(s.origin_id, s.id) as origin from assessment.submission s where s.id = erasure_of.submission and assessment.may_erase(s.programme_id, s.round_id)),
			every as (select s.id, s.superseded_by, s.review_state, s.received_at, s.place_id from assessment.submission s, one where s.id = one.origin or s.origin_id = one.origin),
			current as (select * from every where superseded_by is null)
		select one.id, one.round_id, assessment.receipt_of(one.instance_id), (select min(received_at) from every), one.place_id, (select count(*) from every),
			(select count(distinct a.file_id) from assessment.attachment a where a.submission_id in (select id from every)),
			(select count(*) from assessment.figure f, current c where one.round_id in (f.round_id, f.compared_round_id) and c.review_state <> 'rejected' and f.cut_off >= c.received_at
				and (f.place_id is null or exists (select from network.place here join network.place top on top.id = f.place_id where here.id = c.place_id and here.path operator(public.<@) top.path))),
			(select count(*) from assessment.back_check_interview b where b.submission_id in (select id from every))
		from one $$;
comment on function assessment.erasure_of is 'What an erasure would take away: counts, nothing of the answers, for who may erase it.';

create or replace function assessment.erase_submission(erasure uuid, submission uuid, reason text, note text)
	returns table (versions integer, files integer, figures integer, hashes bytea[])
	language plpgsql security definer set search_path = ''
	as $$
	#variable_conflict use_variable
	declare
		origin uuid;
		ids uuid[];
		file_ids uuid[];
		one assessment.submission;
		current assessment.submission;
		marked integer;
	begin
		select s.* into one from assessment.submission s where s.id = submission and assessment.may_erase(s.programme_id, s.round_id);
		if not found then
			return;
		end if;
		-- Nobody packs the round meanwhile; blocks that hold the answers are taken apart below.
		perform assessment.lock_packing(one.round_id, true);
		origin := coalesce(one.origin_id, one.id);
		perform from assessment.submission s where s.id = origin or s.origin_id = origin order by s.id for update;
		select array_agg(s.id) into ids from assessment.submission s where s.id = origin or s.origin_id = origin;
		if ids is null then
			return;
		end if;
		select s.* into current from assessment.submission s where s.id = any(ids) and s.superseded_by is null;
		select coalesce(array_agg(distinct a.file_id) filter (where a.file_id is not null), '{}') into file_ids from assessment.attachment a where a.submission_id = any(ids);
		update assessment.figure f set erased_answers = f.erased_answers + 1
			where one.round_id in (f.round_id, f.compared_round_id) and current.id is not null and current.review_state <> 'rejected' and f.cut_off >= current.received_at
				and (f.place_id is null or exists (select from network.place here join network.place top on top.id = f.place_id
					where here.id = current.place_id and here.path operator(public.<@) top.path));
		get diagnostics marked = row_count;
		insert into assessment.erasure (id, programme_id, round_id, place_id, receipt, reason, note, versions, files, figures, person_id)
			values (erasure, one.programme_id, one.round_id, one.place_id, assessment.receipt_of(one.instance_id), reason, note, cardinality(ids), cardinality(file_ids), marked, platform.actor_person());
		insert into assessment.erased_instance (programme_id, round_id, instance_sha256, erasure_id)
			select s.programme_id, s.round_id, sha256(convert_to(s.instance_id, 'UTF8')), erasure from assessment.submission s where s.id = any(ids)
			on conflict do nothing;
		update platform.journal_personal p set facts = null, erased_at = clock_timestamp()
			where p.erased_at is null and p.entry_id in (select j.id from platform.journal j where j.subject_table = 'assessment.submission' and j.subject_id = any(ids));
		-- Its coded answers stand in columns of blocks: these go as a whole, and the others in them wait to be packed again.
		with gone as (delete from assessment.answer_block b where b.round_id = one.round_id and b.ids && ids returning b.ids)
			insert into assessment.answer_waiting (submission_id, programme_id, round_id)
				select distinct x.id, one.programme_id, one.round_id from gone, unnest(gone.ids) as x (id) where x.id <> all(ids)
				on conflict (submission_id) do nothing;
		delete from assessment.quality_flag f where f.submission_id = any(ids) or f.key = any(select unnest(ids)::text);
		delete from assessment.submission_comment c where c.submission_id = any(ids);
		delete from assessment.review r where r.submission_id = any(ids);
		delete from assessment.back_check_interview b where b.submission_id = any(ids);
		delete from assessment.attachment a where a.submission_id = any(ids);
		update assessment.submission s set replaces_id = null, origin_id = null where s.id = any(ids);
		delete from assessment.submission s where s.id = any(ids);
		-- A file whose row nothing names any more goes; its content goes when no other row has the same.
		select coalesce(array_agg(distinct gone.sha256), '{}') into hashes from platform.file gone where gone.id = any(file_ids);
		delete from platform.file gone where gone.id = any(file_ids)
			and not exists (select from assessment.attachment a where a.file_id = gone.id);
		versions := cardinality(ids);
		files := cardinality(file_ids);
		figures := marked;
		return next;
	end $$;
comment on function assessment.erase_submission is 'Erases a submission with all its versions, files, flags, comments, reviews, back-checks, personal journal facts and the blocks that hold its coded answers. Leaves the erasure, the digests of the journal, and figures marked.';
alter function assessment.erasure_of owner to hamkor_definer;
revoke all on function assessment.erasure_of from public;
grant execute on function assessment.erasure_of to hamkor_app;

create function assessment.team_candidates(programme uuid) returns table (person_id uuid, organisation_id uuid)
	language sql stable security definer set search_path = ''
	as $$ select distinct g.person_id, g.organisation_id from network.role_grant g
		where g.programme_id = team_candidates.programme and g.ended_at is null and g.role <> 'donor'
			and programme = any(network.programmes_with('{coordinator,analyst}')) $$;
comment on function assessment.team_candidates is 'Who can sit in a team, and for which organisation: everybody who takes part in the programme save donors, for who puts teams together. Not in which role.';
alter function assessment.team_candidates owner to hamkor_definer;
revoke all on function assessment.team_candidates from public;
grant execute on function assessment.team_candidates to hamkor_app;

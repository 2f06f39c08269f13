-- Erasure on request: the values go, the fact that something was erased stays, and the journal stays whole.

create table assessment.erasure (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	place_id uuid,
	receipt text not null,
	reason text not null check (reason in ('asked', 'no-consent', 'mistake', 'minor', 'danger')),
	note text not null default '' check (char_length(note) <= 500),
	versions integer not null,
	files integer not null,
	figures integer not null,
	person_id uuid not null references network.person (id),
	erased_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table assessment.erasure is 'A submission that was erased on request: what went and why, nothing of the answers.';
comment on column assessment.erasure.receipt is 'The first eight signs of the erased instanceID: what stood on the respondent''s receipt.';
create table assessment.erased_instance (
	programme_id uuid not null,
	round_id uuid not null,
	instance_sha256 bytea not null,
	erasure_id uuid not null references assessment.erasure (id),
	primary key (round_id, instance_sha256)
);
comment on table assessment.erased_instance is 'SHA-256 of instanceIDs that were erased, so that a phone that sends them again does not bring them back.';
call platform.fence('assessment.erasure', 'select');
create policy readers on assessment.erasure for select to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,administrator}'))::uuid[]) or round_id = any((select assessment.analysed_rounds())::uuid[]));
call platform.fence('assessment.erased_instance', 'select');
create policy readers on assessment.erased_instance for select to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,administrator}'))::uuid[]));

alter table assessment.figure add column erased_answers integer not null default 0;
comment on column assessment.figure.erased_answers is 'Answers that were counted here and have been erased since. A frozen figure keeps its result: totals, no person.';

create function assessment.receipt_of(instance text) returns text language sql immutable parallel safe
	return upper(substr(regexp_replace(instance, '^uuid:|[^0-9A-Za-z]', '', 'g'), 1, 8));
comment on function assessment.receipt_of is 'The receipt of an instanceID: its first eight signs. Several submissions may share one; then the whole instanceID decides.';
create index submission_receipt on assessment.submission (programme_id, assessment.receipt_of(instance_id));

create function assessment.find_receipt(programme uuid, code text)
	returns table (submission_id uuid, round_id uuid, instance_id text, place_id uuid, team_id uuid, received_at timestamptz, review_state text)
	language sql stable security definer set search_path = ''
	as $$ select s.id, s.round_id, s.instance_id, s.place_id, s.team_id, s.received_at, s.review_state from assessment.submission s
		where s.programme_id = find_receipt.programme and programme = any(network.programmes_wide('{coordinator}'))
			and assessment.receipt_of(s.instance_id) = assessment.receipt_of(code)
			and (length(regexp_replace(code, '^uuid:|[^0-9A-Za-z]', '', 'g')) = 8
				or lower(regexp_replace(s.instance_id, '^uuid:|[^0-9A-Za-z]', '', 'g')) = lower(regexp_replace(code, '^uuid:|[^0-9A-Za-z]', '', 'g')))
		order by s.received_at limit 20 $$;
comment on function assessment.find_receipt is 'The submissions behind a receipt or a whole instanceID, for coordinators of the whole programme: when and where, nothing of the answers.';

create function assessment.erase_submission(erasure uuid, submission uuid, reason text, note text)
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
		select s.* into one from assessment.submission s where s.id = submission
			and s.programme_id = any(network.programmes_wide('{coordinator}'));
		if not found then
			return;
		end if;
		origin := coalesce(one.origin_id, one.id);
		perform from assessment.submission s where s.id = origin or s.origin_id = origin order by s.id for update;
		select array_agg(s.id) into ids from assessment.submission s where s.id = origin or s.origin_id = origin;
		select s.* into current from assessment.submission s where s.id = any(ids) and s.superseded_by is null;
		select coalesce(array_agg(distinct a.file_id) filter (where a.file_id is not null), '{}') into file_ids from assessment.attachment a where a.submission_id = any(ids);
		update assessment.figure f set erased_answers = f.erased_answers + 1
			where f.round_id = one.round_id and current.id is not null and current.review_state <> 'rejected' and f.cut_off >= current.received_at
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
		delete from assessment.quality_flag f where f.submission_id = any(ids) or f.key = any(select unnest(ids)::text);
		delete from assessment.submission_comment c where c.submission_id = any(ids);
		delete from assessment.review r where r.submission_id = any(ids);
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
comment on function assessment.erase_submission is 'Erases a submission with all its versions, files, flags, comments, reviews and personal journal facts, for a coordinator of the whole programme. Leaves the erasure, the digests of the journal, and figures marked.';

create function assessment.unused_content(hashes bytea[]) returns setof bytea language sql stable security definer set search_path = ''
	as $$ select h from unnest(hashes) h where platform.actor_task() = 'erase' and not exists (select from platform.file f where f.sha256 = h) $$;
comment on function assessment.unused_content is 'Which of these contents no file row names any more: these may be removed from disk.';

create function assessment.refuse_erased() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if exists (select from assessment.erased_instance e where e.round_id = new.round_id and e.instance_sha256 = sha256(convert_to(new.instance_id, 'UTF8'))) then
			raise exception 'submission.erased' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.refuse_erased is 'What was erased on request does not come back when a phone sends it again.';
do $$
declare
	f text;
begin
	foreach f in array array['assessment.find_receipt(uuid, text)', 'assessment.erase_submission(uuid, uuid, text, text)', 'assessment.unused_content(bytea[])', 'assessment.refuse_erased()'] loop
		execute format('alter function %s owner to hamkor_definer', f);
	end loop;
	foreach f in array array['assessment.find_receipt(uuid, text)', 'assessment.erase_submission(uuid, uuid, text, text)', 'assessment.unused_content(bytea[])'] loop
		execute format('revoke all on function %s from public', f);
		execute format('grant execute on function %s to hamkor_app', f);
	end loop;
end $$;
create trigger refuse_erased before insert on assessment.submission for each row execute function assessment.refuse_erased();

-- The database after all migrations. Written by `bin/hamkor generate` from the catalogs, to be read and compared:
-- a database is made by db/migrations/.

create extension ltree;
create extension pg_trgm;

-- assessment ------------------------------------------------------------------------------------------

create schema assessment;
comment on schema assessment is 'Joint gap analysis: instruments, rounds, submissions, figures, documents, quotations, findings.';
grant usage on schema assessment to hamkor_app;
grant usage on schema assessment to hamkor_definer;

CREATE OR REPLACE FUNCTION assessment.agreed_results()
 RETURNS TABLE(assessment_id uuid, revision integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select g.assessment_id, g.revision from assessment.service_agreement g join assessment.service_assessment a on a.id = g.assessment_id
		where g.withdrawn_at is null and (
			a.programme_id = any(network.programmes_wide('{coordinator,member,analyst,reviewer,official}'))
			or a.place_id = any(network.places_within('{coordinator,member,analyst,reviewer,official}'))
			or (a.place_id is null and a.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}')))
			or (g.scope = 'publication' and a.programme_id = any(network.programmes_with('{donor}')))) $function$;
alter function assessment.agreed_results() owner to hamkor_definer;
comment on function assessment.agreed_results() is 'Signed results that the acting person may see because the service agreed: members and authorities within the programme, donors when it agreed to publication.';
grant execute on function assessment.agreed_results() to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.analysed_rounds()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(a.round_id), '{}') from assessment.round_analyst a
		where a.person_id = platform.actor_person()
			and a.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}')) $function$;
alter function assessment.analysed_rounds() owner to hamkor_definer;
comment on function assessment.analysed_rounds() is 'Rounds of which the acting person is a named analyst, while still holding a role in the programme.';
grant execute on function assessment.analysed_rounds() to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.ask_look(round uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$ insert into assessment.round_look as l (round_id, programme_id, asked_at)
		select r.id, r.programme_id, clock_timestamp() from assessment.round r where r.id = ask_look.round and assessment.runs_round(r.id)
		on conflict (round_id) do update set asked_at = excluded.asked_at $function$;
alter function assessment.ask_look(round uuid) owner to hamkor_definer;
comment on function assessment.ask_look(round uuid) is 'Asks for the rules of quality to be held against a round anew: after its plan, a review or an edit changed what is compared.';
grant execute on function assessment.ask_look(round uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.await_packing()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		insert into assessment.answer_waiting (submission_id, programme_id, round_id)
			select come.id, come.programme_id, come.round_id from come on conflict (submission_id) do nothing;
		return null;
	end $function$;
alter function assessment.await_packing() owner to hamkor_definer;
comment on function assessment.await_packing() is 'What has come in waits for being written into a block.';
grant execute on function assessment.await_packing() to public;

CREATE OR REPLACE FUNCTION assessment.came_with_answers(file uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select exists (select from assessment.attachment a where a.file_id = came_with_answers.file) $function$;
alter function assessment.came_with_answers(file uuid) owner to hamkor_definer;
comment on function assessment.came_with_answers(file uuid) is 'Whether a file came with answers, also with such as the actor may not see.';
grant execute on function assessment.came_with_answers(file uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.cancel_assessment(assessment uuid, reason text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		update assessment.service_assessment a set state = 'cancelled', cancelled_at = cancel_assessment.at, cancelled_reason = cancel_assessment.reason
			where a.id = cancel_assessment.assessment and a.state in ('scoring', 'reconciling') and a.signed_revision is null
				and a.programme_id = any(network.programmes_with('{coordinator,analyst}'));
		return found;
	end $function$;
alter function assessment.cancel_assessment(assessment uuid, reason text, at timestamp with time zone) owner to hamkor_definer;
comment on function assessment.cancel_assessment(assessment uuid, reason text, at timestamp with time zone) is 'Ends an assessment that was begun by mistake and never signed, for who runs rounds; what stands on its sheets stays sealed as it was.';
grant execute on function assessment.cancel_assessment(assessment uuid, reason text, at timestamp with time zone) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.cite_standing()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		cited uuid;
	begin
		execute format('select ($1).%I', tg_argv[0]) into cited using new;
		if exists (select from assessment.withdrawal w where w.evidence_id = cited and w.reinstated_at is null) then
			raise exception 'evidence.withdrawn' using errcode = 'HM001';
		end if;
		return null;
	end $function$;
alter function assessment.cite_standing() owner to hamkor_definer;
comment on function assessment.cite_standing() is 'What has been withdrawn is not cited anew; a citation from before stays. Argument: the column that cites.';
grant execute on function assessment.cite_standing() to public;

CREATE OR REPLACE FUNCTION assessment.code_used(code uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select exists (select from assessment.segment s join assessment.code c on c.id = s.code_id where s.code_id = code_used.code
		and c.programme_id = any(network.programmes_with('{coordinator,analyst}'))) $function$;
alter function assessment.code_used(code uuid) owner to hamkor_definer;
comment on function assessment.code_used(code uuid) is 'Whether anybody''s segment stands under a code, those included that the acting person does not see: yes or no, nothing else.';
grant execute on function assessment.code_used(code uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.collecting_round()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		-- In this language, because its plans are kept for the session: this is asked at every submission.
		return (select t.round_id from assessment.collection_token t join assessment.round r on r.id = t.round_id
			where t.id = platform.actor_token() and t.revoked_at is null and (t.expires_at is null or t.expires_at > now()) and r.state = 'open');
	end $function$;
alter function assessment.collecting_round() owner to hamkor_definer;
comment on function assessment.collecting_round() is 'The open round that the acting collection token collects for, or null.';
grant execute on function assessment.collecting_round() to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.count_set()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		update assessment.service_assessment set counted_in = new.id, counted_revision = signed_revision
			where round_id = new.round_id and instrument_version_id = new.instrument_version_id and state = 'signed';
		return null;
	end $function$;
alter function assessment.count_set() owner to hamkor_definer;
comment on function assessment.count_set() is 'Writes down which services, in which signed revision, a closed set counts.';
grant execute on function assessment.count_set() to public;

CREATE OR REPLACE FUNCTION assessment.declined(round uuid)
 RETURNS TABLE(declined bigint, stopped bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select count(*) filter (where not r.during), count(*) filter (where r.during) from assessment.refusal r
		where r.round_id = declined.round
			and r.programme_id = any(network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}')) $function$;
alter function assessment.declined(round uuid) owner to hamkor_definer;
comment on function assessment.declined(round uuid) is 'How many declined to be asked in a round, and how many stopped in the middle: counts for members, no row.';
grant execute on function assessment.declined(round uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.erase_interview(interview uuid, reason text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if not assessment.may_change_interview(interview) then
			return false;
		end if;
		delete from assessment.coding_step t using assessment.coding c where c.id = t.coding_id and c.interview_id = erase_interview.interview;
		delete from assessment.interview_memo m using assessment.coding c where c.id = m.coding_id and c.interview_id = erase_interview.interview;
		delete from assessment.segment s using assessment.coding c where c.id = s.coding_id and c.interview_id = erase_interview.interview;
		update assessment.interview i set body = '', consent_level = 'none', erased_at = clock_timestamp(), erased_reason = reason where i.id = erase_interview.interview;
		return true;
	end $function$;
alter function assessment.erase_interview(interview uuid, reason text) owner to hamkor_definer;
comment on function assessment.erase_interview(interview uuid, reason text) is 'Erases an interview''s text, segments and memos; its quotations go no further than the programme from then on.';
grant execute on function assessment.erase_interview(interview uuid, reason text) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.erase_submission(erasure uuid, submission uuid, reason text, note text)
 RETURNS TABLE(versions integer, files integer, figures integer, hashes bytea[])
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
	end $function$;
alter function assessment.erase_submission(erasure uuid, submission uuid, reason text, note text) owner to hamkor_definer;
comment on function assessment.erase_submission(erasure uuid, submission uuid, reason text, note text) is 'Erases a submission with all its versions, files, flags, comments, reviews, back-checks, personal journal facts and the blocks that hold its coded answers. Leaves the erasure, the digests of the journal, and figures marked.';
grant execute on function assessment.erase_submission(erasure uuid, submission uuid, reason text, note text) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.erasure_of(submission uuid)
 RETURNS TABLE(submission_id uuid, round_id uuid, receipt text, received_at timestamp with time zone, place_id uuid, versions bigint, files bigint, figures bigint, back_checks bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ with one as (select s.*, coalesce(s.origin_id, s.id) as origin from assessment.submission s where s.id = erasure_of.submission and assessment.may_erase(s.programme_id, s.round_id)),
			every as (select s.id, s.superseded_by, s.review_state, s.received_at, s.place_id from assessment.submission s, one where s.id = one.origin or s.origin_id = one.origin),
			current as (select * from every where superseded_by is null)
		select one.id, one.round_id, assessment.receipt_of(one.instance_id), (select min(received_at) from every), one.place_id, (select count(*) from every),
			(select count(distinct a.file_id) from assessment.attachment a where a.submission_id in (select id from every)),
			(select count(*) from assessment.figure f, current c where one.round_id in (f.round_id, f.compared_round_id) and c.review_state <> 'rejected' and f.cut_off >= c.received_at
				and (f.place_id is null or exists (select from network.place here join network.place top on top.id = f.place_id where here.id = c.place_id and here.path operator(public.<@) top.path))),
			(select count(*) from assessment.back_check_interview b where b.submission_id in (select id from every))
		from one $function$;
alter function assessment.erasure_of(submission uuid) owner to hamkor_definer;
comment on function assessment.erasure_of(submission uuid) is 'What an erasure would take away: counts, nothing of the answers, for who may erase it.';
grant execute on function assessment.erasure_of(submission uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.fed_count(until timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
	with fed as (select assessment.fed_round() as round_id),
		-- A block is dated to the millisecond below its newest answer.
		block as (select b.id, b.ids, b.newest < fed_count.until - interval '1 millisecond' as whole
			from assessment.answer_block b join fed on fed.round_id = b.round_id)
	select (select coalesce(sum(cardinality(b.ids)), 0) from block b where b.whole)
		- (select count(*) from assessment.answer_hole h join block b on b.id = h.block_id where b.whole)
		+ (select count(*) from block b cross join lateral unnest(b.ids) with ordinality as one (id, place)
			join assessment.submission s on s.id = one.id and s.superseded_by is null and s.review_state <> 'rejected'
			where not b.whole and s.received_at <= fed_count.until
				and not exists (select from assessment.answer_hole h where h.block_id = b.id and h.place = one.place - 1))
		+ (select count(*) from assessment.answer_waiting w join fed on fed.round_id = w.round_id
			join assessment.submission s on s.id = w.submission_id and s.superseded_by is null and s.review_state <> 'rejected'
			where s.received_at <= fed_count.until) $function$;
alter function assessment.fed_count(until timestamp with time zone) owner to hamkor_definer;
comment on function assessment.fed_count(until timestamp with time zone) is 'How many submissions the acting feed may read that had come in until then; what is packed is counted by the block, what waits one by one.';
grant execute on function assessment.fed_count(until timestamp with time zone) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.fed_form()
 RETURNS TABLE(round_id uuid, programme_id uuid, number integer, name jsonb, version text, model jsonb, places jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select r.id, r.programme_id, r.number, r.name, v.version, v.model,
			(select coalesce(jsonb_object_agg(p.id, jsonb_build_object('name', p.name, 'code', p.code)), '{}') from network.place p where p.programme_id = r.programme_id)
		from assessment.round r join assessment.instrument_version v on v.id = r.instrument_version_id
		where r.id = assessment.fed_round() $function$;
alter function assessment.fed_form() owner to hamkor_definer;
comment on function assessment.fed_form() is 'What the acting feed is about: the round, its questionnaire and the names of the programme''s places.';
grant execute on function assessment.fed_form() to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.fed_round()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		return (select f.round_id from assessment.answer_feed f
			join assessment.round_analyst a on a.round_id = f.round_id and a.person_id = f.person_id
			where f.id = platform.actor_feed() and f.revoked_at is null and f.expires_at > now()
				and not exists (select from platform.account c where c.person_id = f.person_id and c.disabled_at is not null)
				and exists (select from network.role_grant g where g.person_id = f.person_id and g.programme_id = f.programme_id and g.ended_at is null
					and g.role in ('coordinator', 'member', 'analyst', 'reviewer', 'official')));
	end $function$;
alter function assessment.fed_round() owner to hamkor_definer;
comment on function assessment.fed_round() is 'The round that the acting feed may read: while it stands, and while who made it is a named analyst of the round with a role in the programme. Else null.';
grant execute on function assessment.fed_round() to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.files_missing(version uuid)
 RETURNS text[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(named.file ->> 'name' order by named.place), '{}')
		from assessment.instrument_version v, jsonb_array_elements(v.named_files) with ordinality as named (file, place)
		where v.id = files_missing.version
			and not exists (select from assessment.form_file f where f.version_id = v.id and f.name = named.file ->> 'name')
			and not exists (select from assessment.entity_list l where l.programme_id = v.programme_id and l.name || '.csv' = named.file ->> 'name') $function$;
alter function assessment.files_missing(version uuid) owner to hamkor_definer;
comment on function assessment.files_missing(version uuid) is 'Files that a version''s form names and that are not there. For the gate of rounds, which nobody''s fence may narrow.';

CREATE OR REPLACE FUNCTION assessment.find_receipt(programme uuid, code text)
 RETURNS TABLE(submission_id uuid, round_id uuid, instance_id text, place_id uuid, team_id uuid, received_at timestamp with time zone, review_state text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select s.id, s.round_id, s.instance_id, s.place_id, s.team_id, s.received_at, s.review_state from assessment.submission s
		where s.programme_id = find_receipt.programme and programme = any(network.programmes_wide('{coordinator}'))
			and assessment.receipt_of(s.instance_id) = assessment.receipt_of(code)
			and (length(regexp_replace(code, '^uuid:|[^0-9A-Za-z]', '', 'g')) = 8
				or lower(regexp_replace(s.instance_id, '^uuid:|[^0-9A-Za-z]', '', 'g')) = lower(regexp_replace(code, '^uuid:|[^0-9A-Za-z]', '', 'g')))
		order by s.received_at limit 20 $function$;
alter function assessment.find_receipt(programme uuid, code text) owner to hamkor_definer;
comment on function assessment.find_receipt(programme uuid, code text) is 'The submissions behind a receipt or a whole instanceID, for coordinators of the whole programme: when and where, nothing of the answers.';
grant execute on function assessment.find_receipt(programme uuid, code text) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.flag_counts(round uuid)
 RETURNS TABLE(place_id uuid, team_id uuid, rule text, submissions bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select s.place_id, s.team_id, f.rule, count(distinct s.id) from assessment.quality_flag f join assessment.submission s on s.id = f.submission_id
		where f.round_id = flag_counts.round and f.dismissed_at is null and s.superseded_by is null and s.review_state <> 'rejected'
			and (select assessment.runs_round(flag_counts.round))
		group by grouping sets ((s.place_id, s.team_id), (f.rule)) $function$;
alter function assessment.flag_counts(round uuid) owner to hamkor_definer;
comment on function assessment.flag_counts(round uuid) is 'How many answers carry a flag that nobody dismissed, by place and team, and by rule: counts for who runs the round.';
grant execute on function assessment.flag_counts(round uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.freeze_figure()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		update assessment.figure set frozen_at = coalesce(frozen_at, clock_timestamp()) where id = new.figure_id;
		return null;
	end $function$;
alter function assessment.freeze_figure() owner to hamkor_definer;
comment on function assessment.freeze_figure() is 'A figure is frozen by being cited.';
grant execute on function assessment.freeze_figure() to public;

CREATE OR REPLACE FUNCTION assessment.hold_agreement()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if tg_op = 'UPDATE' then
			if old.withdrawn_at is not null or new.withdrawn_at is null
				or (to_jsonb(new) - '{withdrawn_at,withdrawn_by}'::text[]) is distinct from (to_jsonb(old) - '{withdrawn_at,withdrawn_by}'::text[]) then
				raise exception 'scoring.agreement-kept' using errcode = 'HM001';
			end if;
		elsif not exists (select from assessment.service_assessment a where a.id = new.assessment_id and a.signed_revision = new.revision) then
			raise exception 'scoring.not-signed' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function assessment.hold_agreement() owner to hamkor_definer;
comment on function assessment.hold_agreement() is 'A service agrees to what was signed, and an agreement is withdrawn, never rewritten.';
grant execute on function assessment.hold_agreement() to public;

CREATE OR REPLACE FUNCTION assessment.hold_ceiling()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		ceiling integer;
	begin
		select t.ceiling into ceiling from assessment.collection_token t where t.id = new.token_id;
		if ceiling is null then
			return null;
		end if;
		update assessment.collection_token t set used = t.used + 1 where t.id = new.token_id and t.used < t.ceiling;
		if not found then
			raise exception 'collection.link-full' using errcode = 'HM001';
		end if;
		return null;
	end $function$;
alter function assessment.hold_ceiling() owner to hamkor_definer;
comment on function assessment.hold_ceiling() is 'A link with a ceiling takes no more than that, however many come at once.';
grant execute on function assessment.hold_ceiling() to public;

CREATE OR REPLACE FUNCTION assessment.hold_code()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if exists (with recursive up (id, merged_into_id, depth) as (
				select c.id, c.merged_into_id, 1 from assessment.code c where c.id = new.merged_into_id
				union all select c.id, c.merged_into_id, up.depth + 1 from assessment.code c join up on c.id = up.merged_into_id where up.depth < 100)
			select from up where up.id = new.id) then
			raise exception 'code.circle' using errcode = 'HM001';
		end if;
		if exists (with recursive up (id, parent_id, depth) as (
				select c.id, c.parent_id, 1 from assessment.code c where c.id = new.parent_id
				union all select c.id, c.parent_id, up.depth + 1 from assessment.code c join up on c.id = up.parent_id where up.depth < 100)
			select from up where up.id = new.id) then
			raise exception 'code.circle' using errcode = 'HM001';
		end if;
		return null;
	end $function$;
alter function assessment.hold_code() owner to hamkor_definer;
comment on function assessment.hold_code() is 'The codebook is a tree, and merging leads somewhere: no code stands above itself or is merged into itself by a detour.';
grant execute on function assessment.hold_code() to public;

CREATE OR REPLACE FUNCTION assessment.hold_coding()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		-- Whoever codes one interview waits for the other: two who finish at once must not both miss it.
		perform from assessment.interview i where i.id = new.interview_id for update;
		if tg_op = 'INSERT' then
			if new.kind = 'agreed' and not assessment.is_unblinded(new.interview_id) then
				raise exception 'coding.blind' using errcode = 'HM001';
			elsif new.kind = 'coder' and assessment.is_unblinded(new.interview_id) then
				raise exception 'coding.unblinded' using errcode = 'HM001';
			end if;
		elsif new.kind <> old.kind or new.interview_id <> old.interview_id or new.coder_id is distinct from old.coder_id then
			raise exception 'coding.unblinded' using errcode = 'HM001';
		elsif new.kind <> 'agreed' and old.done_at is not null and new.done_at is null and assessment.is_unblinded(new.interview_id) then
			raise exception 'coding.unblinded' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function assessment.hold_coding() owner to hamkor_definer;
comment on function assessment.hold_coding() is 'Coders are blind to each other until all are done; after that nobody begins or takes up an independent coding, and only then is one agreed upon.';
grant execute on function assessment.hold_coding() to public;

CREATE OR REPLACE FUNCTION assessment.hold_interview()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if new.coders_wanted <> old.coders_wanted and assessment.is_unblinded(old.id) then
			raise exception 'coding.unblinded' using errcode = 'HM001';
		end if;
		if new.consent_level <> old.consent_level then
			update assessment.quotation q set consent_level = assessment.most_quotable(new.consent_level)
				where q.interview_id = new.id and array_position(array['internal', 'anonymous', 'public'], q.consent_level)
					> array_position(array['internal', 'anonymous', 'public'], assessment.most_quotable(new.consent_level));
		end if;
		return null;
	end $function$;
alter function assessment.hold_interview() owner to hamkor_definer;
comment on function assessment.hold_interview() is 'When somebody agrees to less than before, her quotations follow; how many coders are wanted is settled once they have seen each other.';
grant execute on function assessment.hold_interview() to public;

CREATE OR REPLACE FUNCTION assessment.hold_joint_round()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if new.state = 'open' and old.state = 'draft' and new.joint
			and not exists (select from assessment.team t where t.round_id = new.id and t.state = 'ready') then
			raise exception 'round.team-missing' using errcode = 'HM001';
		end if;
		return null;
	end $function$;
alter function assessment.hold_joint_round() owner to hamkor_definer;
comment on function assessment.hold_joint_round() is 'A joint round does not open before one of its teams is ready.';
grant execute on function assessment.hold_joint_round() to public;

CREATE OR REPLACE FUNCTION assessment.hold_member()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if not exists (select from network.role_grant g where g.programme_id = new.programme_id and g.person_id = new.person_id and g.ended_at is null
			and (new.organisation_id is null or g.organisation_id = new.organisation_id)) then
			raise exception 'team.member-unknown' using errcode = 'HM001';
		end if;
		return null;
	end $function$;
alter function assessment.hold_member() owner to hamkor_definer;
comment on function assessment.hold_member() is 'Who sits in a team takes part in the programme, and for the organisation that is named.';
grant execute on function assessment.hold_member() to public;

CREATE OR REPLACE FUNCTION assessment.hold_quotation_consent()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		consent text;
	begin
		if new.interview_id is null then
			return new;
		end if;
		select i.consent_level into consent from assessment.interview i where i.id = new.interview_id for share;
		if tg_op = 'INSERT' and consent = 'none'
			or array_position(array['internal', 'anonymous', 'public'], new.consent_level) > array_position(array['internal', 'anonymous', 'public'], assessment.most_quotable(consent)) then
			raise exception 'quotation.consent' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function assessment.hold_quotation_consent() owner to hamkor_definer;
comment on function assessment.hold_quotation_consent() is 'A quotation from an interview goes no further than its speaker agreed to, and is not made where she agreed to none.';
grant execute on function assessment.hold_quotation_consent() to public;

CREATE OR REPLACE FUNCTION assessment.hold_reconciliation()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if tg_op = 'UPDATE' and (new.programme_id, new.assessment_id, new.revision, new.criterion) is distinct from (old.programme_id, old.assessment_id, old.revision, old.criterion) then
			raise exception 'scoring.side-fixed' using errcode = 'HM001';
		end if;
		-- What this table's owner writes is its own rules' work; a person writes into the revision at work alone.
		if pg_trigger_depth() = 1 then
			perform from assessment.service_assessment a where a.id = new.assessment_id and a.state = 'reconciling' and a.revision = new.revision
				and new.criterion = any(a.criteria) for no key update;
			if not found then
				raise exception 'scoring.not-reconciling' using errcode = 'HM001';
			end if;
			delete from assessment.sign_off s where s.assessment_id = new.assessment_id and s.revision = new.revision;
		end if;
		return new;
	end $function$;
alter function assessment.hold_reconciliation() owner to hamkor_definer;
comment on function assessment.hold_reconciliation() is 'A criterion is settled while the two sides reconcile; a change takes away signatures under what was there before.';
grant execute on function assessment.hold_reconciliation() to public;

CREATE OR REPLACE FUNCTION assessment.hold_refusals()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if (select count(*) from (select from assessment.refusal r where r.token_id = new.token_id limit 10001) as counted) > 10000 then
			raise exception 'collection.link-full' using errcode = 'HM001';
		end if;
		return null;
	end $function$;
alter function assessment.hold_refusals() owner to hamkor_definer;
comment on function assessment.hold_refusals() is 'A link takes no more than ten thousand refusals: whoever has it can send them without end.';
grant execute on function assessment.hold_refusals() to public;

CREATE OR REPLACE FUNCTION assessment.hold_reopening()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		here record;
	begin
		select a.state, a.revision into here from assessment.service_assessment a where a.id = new.assessment_id for no key update;
		if here.state is distinct from 'signed' or new.revision <> here.revision + 1 then
			raise exception 'scoring.not-signed' using errcode = 'HM001';
		end if;
		update assessment.service_assessment set state = 'reconciling', revision = new.revision where id = new.assessment_id;
		insert into assessment.reconciliation (programme_id, assessment_id, revision, criterion, civil_score, civil_na, authority_score, authority_na, civil_reason, authority_reason, reason, decided_by, decided_at)
			select r.programme_id, r.assessment_id, new.revision, r.criterion, r.civil_score, r.civil_na, r.authority_score, r.authority_na, r.civil_reason, r.authority_reason, r.reason, r.decided_by, r.decided_at
			from assessment.reconciliation r where r.assessment_id = new.assessment_id and r.revision = here.revision;
		return new;
	end $function$;
alter function assessment.hold_reopening() owner to hamkor_definer;
comment on function assessment.hold_reopening() is 'A signed reconciliation is opened again as a further revision that begins where it stood.';
grant execute on function assessment.hold_reopening() to public;

CREATE OR REPLACE FUNCTION assessment.hold_result()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if not exists (select from assessment.service_assessment a where a.id = new.assessment_id and a.signed_revision = new.revision) then
			raise exception 'scoring.not-signed' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function assessment.hold_result() owner to hamkor_definer;
comment on function assessment.hold_result() is 'Results stand under a signed reconciliation.';
grant execute on function assessment.hold_result() to public;

CREATE OR REPLACE FUNCTION assessment.hold_review()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		update assessment.submission s set review_state = new.state where s.id = new.submission_id and s.superseded_by is null;
		if not found then
			raise exception 'review.superseded' using errcode = 'HM001';
		end if;
		return null;
	end $function$;
alter function assessment.hold_review() owner to hamkor_definer;
comment on function assessment.hold_review() is 'A review sets the state of the submission; what has been replaced by an edit is not reviewed any more.';
grant execute on function assessment.hold_review() to public;

CREATE OR REPLACE FUNCTION assessment.hold_score()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		handed_in timestamptz;
	begin
		if tg_op = 'UPDATE' and (new.programme_id, new.assessment_id, new.side, new.criterion) is distinct from (old.programme_id, old.assessment_id, old.side, old.criterion) then
			raise exception 'scoring.sealed' using errcode = 'HM001';
		end if;
		-- Waits for a handing in that is under way, and makes one wait for this.
		select s.submitted_at into handed_in from assessment.score_sheet s where s.assessment_id = new.assessment_id and s.side = new.side for share;
		if handed_in is not null then
			raise exception 'scoring.sealed' using errcode = 'HM001';
		end if;
		if not exists (select from assessment.service_assessment a where a.id = new.assessment_id and a.state = 'scoring' and new.criterion = any(a.criteria)) then
			raise exception 'scoring.not-scoring' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function assessment.hold_score() owner to hamkor_definer;
comment on function assessment.hold_score() is 'What was handed in does not change, and only criteria of the version are scored.';
grant execute on function assessment.hold_score() to public;

CREATE OR REPLACE FUNCTION assessment.hold_scorer()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if tg_op = 'UPDATE' and (new.assessment_id, new.person_id, new.organisation_id, new.side) is distinct from (old.assessment_id, old.person_id, old.organisation_id, old.side) then
			raise exception 'scoring.side-fixed' using errcode = 'HM001';
		end if;
		if not exists (select from assessment.service_assessment a where a.id = new.assessment_id and a.state = 'scoring') then
			raise exception 'scoring.not-scoring' using errcode = 'HM001';
		end if;
		if new.removed_at is null then
			if network.side_of((select o.type from network.organisation o where o.id = new.organisation_id)) is distinct from new.side then
				raise exception 'scoring.other-side' using errcode = 'HM001';
			end if;
			if not exists (select from network.role_grant g where g.person_id = new.person_id and g.programme_id = new.programme_id
				and g.organisation_id = new.organisation_id and g.ended_at is null) then
				raise exception 'scoring.scorer-unknown' using errcode = 'HM001';
			end if;
		end if;
		return new;
	end $function$;
alter function assessment.hold_scorer() owner to hamkor_definer;
comment on function assessment.hold_scorer() is 'A scorer speaks for an organisation of the side, and the side never changes.';
grant execute on function assessment.hold_scorer() to public;

CREATE OR REPLACE FUNCTION assessment.hold_segment()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if new.ends > (select char_length(i.body) from assessment.coding c join assessment.interview i on i.id = c.interview_id where c.id = new.coding_id) then
			raise exception 'coding.outside-text' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function assessment.hold_segment() owner to hamkor_definer;
comment on function assessment.hold_segment() is 'A segment lies within its interview''s text.';
grant execute on function assessment.hold_segment() to public;

CREATE OR REPLACE FUNCTION assessment.hold_set()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		perform from assessment.round r where r.id = new.round_id for no key update;
		if exists (select from assessment.service_assessment a where a.round_id = new.round_id and a.instrument_version_id = new.instrument_version_id
			and a.state in ('scoring', 'reconciling')) then
			raise exception 'scoring.not-all-signed' using errcode = 'HM001';
		end if;
		select count(*) into new.services from assessment.service_assessment a
			where a.round_id = new.round_id and a.instrument_version_id = new.instrument_version_id and a.state = 'signed';
		if new.services < 3 then
			raise exception 'scoring.too-few-services' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function assessment.hold_set() owner to hamkor_definer;
comment on function assessment.hold_set() is 'A set is closed when all its services are signed, three at least.';
grant execute on function assessment.hold_set() to public;

CREATE OR REPLACE FUNCTION assessment.hold_sheet()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		here record;
	begin
		if (new.programme_id, new.assessment_id, new.side) is distinct from (old.programme_id, old.assessment_id, old.side) then
			raise exception 'scoring.side-fixed' using errcode = 'HM001';
		end if;
		select a.state, a.criteria into here from assessment.service_assessment a where a.id = new.assessment_id for no key update;
		if here.state <> 'scoring' then
			raise exception 'scoring.not-scoring' using errcode = 'HM001';
		end if;
		if new.submitted_at is null then
			return new;
		end if;
		if old.submitted_at is not null then
			raise exception 'scoring.sealed' using errcode = 'HM001';
		end if;
		if (select count(*) from assessment.criterion_score c where c.assessment_id = new.assessment_id and c.side = new.side and c.criterion = any(here.criteria)
			and (c.not_applicable or (c.score is not null and c.evidence <> '{}'))) < cardinality(here.criteria) then
			raise exception 'scoring.incomplete' using errcode = 'HM001';
		end if;
		if exists (select from assessment.score_sheet o where o.assessment_id = new.assessment_id and o.side <> new.side and o.submitted_at is not null) then
			update assessment.service_assessment set state = 'reconciling', both_in_at = new.submitted_at where id = new.assessment_id;
			insert into assessment.reconciliation (programme_id, assessment_id, revision, criterion, civil_score, civil_na, authority_score, authority_na, decided_at)
				select c.programme_id, c.assessment_id, 1, c.criterion, c.score, c.not_applicable, c.score, c.not_applicable, new.submitted_at
				from assessment.criterion_score c join assessment.criterion_score o on o.assessment_id = c.assessment_id and o.criterion = c.criterion
				where c.assessment_id = new.assessment_id and c.side = new.side and o.side <> c.side
					and c.score is not distinct from o.score and c.not_applicable = o.not_applicable;
		end if;
		return new;
	end $function$;
alter function assessment.hold_sheet() owner to hamkor_definer;
comment on function assessment.hold_sheet() is 'A sheet is handed in whole; the second one opens both, and settles what both had said alike. Taken back only while the other is not in.';
grant execute on function assessment.hold_sheet() to public;

CREATE OR REPLACE FUNCTION assessment.hold_sign_off()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		here record;
	begin
		select a.state, a.revision, a.criteria into here from assessment.service_assessment a where a.id = new.assessment_id for no key update;
		if here.state is distinct from 'reconciling' or here.revision <> new.revision then
			raise exception 'scoring.not-reconciling' using errcode = 'HM001';
		end if;
		if (select count(*) from assessment.reconciliation r where r.assessment_id = new.assessment_id and r.revision = new.revision and r.criterion = any(here.criteria))
			< cardinality(here.criteria) then
			raise exception 'scoring.unreconciled' using errcode = 'HM001';
		end if;
		if exists (select from assessment.sign_off s where s.assessment_id = new.assessment_id and s.revision = new.revision and s.side <> new.side) then
			update assessment.service_assessment set state = 'signed', signed_at = new.signed_at, signed_revision = new.revision where id = new.assessment_id;
		end if;
		return new;
	end $function$;
alter function assessment.hold_sign_off() owner to hamkor_definer;
comment on function assessment.hold_sign_off() is 'Signed is what is settled in every criterion; the second side''s signature makes it the result.';
grant execute on function assessment.hold_sign_off() to public;

CREATE OR REPLACE FUNCTION assessment.hold_start()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		perform from assessment.round r where r.id = new.round_id for no key update;
		if not exists (select from assessment.round r where r.id = new.round_id and r.state <> 'draft') then
			raise exception 'scoring.round-not-open' using errcode = 'HM001';
		end if;
		if exists (select from assessment.scoring_set s where s.round_id = new.round_id and s.instrument_version_id = new.instrument_version_id) then
			raise exception 'scoring.set-closed' using errcode = 'HM001';
		end if;
		if new.team_id is not null and not exists (select from assessment.team t where t.id = new.team_id and t.round_id = new.round_id) then
			raise exception 'scoring.team-elsewhere' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function assessment.hold_start() owner to hamkor_definer;
comment on function assessment.hold_start() is 'Scoring begins in a round that is open or was, and not after its set was closed.';
grant execute on function assessment.hold_start() to public;

CREATE OR REPLACE FUNCTION assessment.hold_team()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
	end $function$;
alter function assessment.hold_team() owner to hamkor_definer;
comment on function assessment.hold_team() is 'A ready team has members; in a joint round from civil society and from an authority.';
grant execute on function assessment.hold_team() to public;

CREATE OR REPLACE FUNCTION assessment.interview_programmes()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(a.programme_id), '{}') from assessment.interview_analyst a
		where a.person_id = platform.actor_person()
			and a.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}')) $function$;
alter function assessment.interview_programmes() owner to hamkor_definer;
comment on function assessment.interview_programmes() is 'Programmes whose interviews outside a round the acting person is named to read, while still holding a role there.';
grant execute on function assessment.interview_programmes() to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.is_unblinded(interview uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce((select count(c.id) >= max(i.coders_wanted) and bool_and(c.done_at is not null)
		from assessment.interview i join assessment.coding c on c.interview_id = i.id and c.kind <> 'agreed' where i.id = is_unblinded.interview), false) $function$;
alter function assessment.is_unblinded(interview uuid) owner to hamkor_definer;
comment on function assessment.is_unblinded(interview uuid) is 'Whether as many codings as are wanted are all done, so that each may be seen beside the others.';
grant execute on function assessment.is_unblinded(interview uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.keep_cells()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if exists (select from assessment.figure f where f.id = old.figure_id and f.frozen_at is not null) then
			raise exception 'figure.frozen' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function assessment.keep_cells() owner to hamkor_definer;
comment on function assessment.keep_cells() is 'The cells of a cited figure stay as they were cited.';
grant execute on function assessment.keep_cells() to public;

CREATE OR REPLACE FUNCTION assessment.keep_form_file()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		version uuid := case when tg_op = 'DELETE' then old.version_id else new.version_id end;
	begin
		if version is not null then
			-- A round that opens looks at the files under the same lock: none goes between its look and its opening.
			perform pg_advisory_xact_lock(7271006, hashtext(version::text));
			if exists (select from assessment.round r where r.instrument_version_id = version and r.state <> 'draft') then
				raise exception 'form-file.version-used' using errcode = 'HM001';
			end if;
		end if;
		return case when tg_op = 'DELETE' then old else new end;
	end $function$;
alter function assessment.keep_form_file() owner to hamkor_definer;
comment on function assessment.keep_form_file() is 'Of a version with which a round has opened no file is added or removed: what people were shown stays.';
grant execute on function assessment.keep_form_file() to public;

CREATE OR REPLACE FUNCTION assessment.keep_frozen()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
	begin
		if old.frozen_at is not null and (to_jsonb(new) - '{search,erased_answers}'::text[]) is distinct from (to_jsonb(old) - '{search,erased_answers}'::text[]) then
			raise exception 'figure.frozen' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
comment on function assessment.keep_frozen() is 'A figure that has been cited stays as it was cited, its title included.';
grant execute on function assessment.keep_frozen() to public;

CREATE OR REPLACE FUNCTION assessment.keep_mapping()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
	begin
		if old.replaced_at is not null or new.replaced_at is null
			or (to_jsonb(new) - 'replaced_at') is distinct from (to_jsonb(old) - 'replaced_at') then
			raise exception 'mapping.kept' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
comment on function assessment.keep_mapping() is 'A mapping is replaced, never changed: comparisons that rest on it show what was stated.';
grant execute on function assessment.keep_mapping() to public;

CREATE OR REPLACE FUNCTION assessment.keep_withdrawal()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
	begin
		-- evidence_id is worked out only after this trigger.
		if old.reinstated_at is not null or new.reinstated_at is null
			or (to_jsonb(new) - '{evidence_id,reinstated_at,reinstated_by,reinstated_reason}'::text[]) is distinct from (to_jsonb(old) - '{evidence_id,reinstated_at,reinstated_by,reinstated_reason}'::text[]) then
			raise exception 'withdrawal.kept' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
comment on function assessment.keep_withdrawal() is 'A withdrawal is put back once, and otherwise stays as it was.';
grant execute on function assessment.keep_withdrawal() to public;

CREATE OR REPLACE FUNCTION assessment.knows_refusal(round uuid, refusal uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select exists (select from assessment.refusal r where r.id = refusal and r.round_id = knows_refusal.round
		and (r.token_id = platform.actor_token() or r.person_id = platform.actor_person())) $function$;
alter function assessment.knows_refusal(round uuid, refusal uuid) owner to hamkor_definer;
comment on function assessment.knows_refusal(round uuid, refusal uuid) is 'Whether this refusal has arrived, for the link or the person that sent it.';
grant execute on function assessment.knows_refusal(round uuid, refusal uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.lock_packing(round uuid, alone boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
	begin
		if alone then
			perform pg_advisory_xact_lock(7271002, hashtext(round::text));
		else
			perform pg_advisory_xact_lock_shared(7271002, hashtext(round::text));
		end if;
	end $function$;
comment on function assessment.lock_packing(round uuid, alone boolean) is 'Until the end of the transaction: a round is packed by one at a time, and no submission of it that stands in a block is changed meanwhile.';
grant execute on function assessment.lock_packing(round uuid, alone boolean) to hamkor_app;
grant execute on function assessment.lock_packing(round uuid, alone boolean) to hamkor_definer;

CREATE OR REPLACE FUNCTION assessment.may_change_interview(interview uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select exists (select from assessment.interview i where i.id = may_change_interview.interview and i.erased_at is null
		and i.programme_id = any(network.programmes_with('{coordinator,analyst}'))
		and case when i.round_id is null then i.programme_id = any(assessment.interview_programmes()) else i.round_id = any(assessment.analysed_rounds()) end) $function$;
alter function assessment.may_change_interview(interview uuid) owner to hamkor_definer;
comment on function assessment.may_change_interview(interview uuid) is 'Whether the acting person reads this interview and may strike in it or erase it.';
grant execute on function assessment.may_change_interview(interview uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.may_erase(programme uuid, round uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select programme = any(network.programmes_wide('{coordinator}'))
		or round = any(assessment.analysed_rounds()) and programme = any(network.programmes_with('{coordinator,analyst}')) $function$;
alter function assessment.may_erase(programme uuid, round uuid) owner to hamkor_definer;
comment on function assessment.may_erase(programme uuid, round uuid) is 'Who may erase a submission: coordinators of the whole programme, and the round''s named analysts who coordinate or analyse.';
grant execute on function assessment.may_erase(programme uuid, round uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.most_quotable(consent text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$ select case consent when 'role' then 'public' when 'anonymous' then 'anonymous' else 'internal' end $function$;
comment on function assessment.most_quotable(consent text) is 'How far a quotation may go at most, by what was agreed to in the interview.';
grant execute on function assessment.most_quotable(consent text) to public;

CREATE OR REPLACE FUNCTION assessment.my_sides()
 RETURNS TABLE(assessment_id uuid, side text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select s.assessment_id, s.side from assessment.scorer s
		where s.person_id = platform.actor_person() and s.removed_at is null and exists (select from network.role_grant g
			where g.person_id = s.person_id and g.programme_id = s.programme_id and g.organisation_id = s.organisation_id and g.ended_at is null) $function$;
alter function assessment.my_sides() owner to hamkor_definer;
comment on function assessment.my_sides() is 'Assessments for which the acting person scores, and on which side, as long as a role for that organisation is held.';
grant execute on function assessment.my_sides() to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.open_sets()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(t.id), '{}') from (
		select s.id, s.services, count(*) filter (where not (a.id = any((select assessment.open_sheets())::uuid[]))
				and (a.id, a.counted_revision) not in (select r.assessment_id, r.revision from assessment.agreed_results() r)) as hidden
		from assessment.scoring_set s join assessment.service_assessment a on a.counted_in = s.id
		where s.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official,donor}'))
		group by s.id, s.services) t
		where t.services >= 3 and (t.hidden = 0 or t.hidden >= 3) $function$;
alter function assessment.open_sets() owner to hamkor_definer;
comment on function assessment.open_sets() is 'Closed sets whose scores together the acting person may see: at least three services, and of those she cannot see singly none or at least three, so that none can be worked out from the others.';
grant execute on function assessment.open_sets() to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.open_sheets()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(a.id), '{}') from assessment.service_assessment a
		where a.both_in_at is not null and (a.id in (select m.assessment_id from assessment.my_sides() m)
			or a.round_id = any(assessment.analysed_rounds())
			or (a.signed_revision is not null and a.service_id = any(network.organisations_with('{coordinator,member,analyst,official}')))) $function$;
alter function assessment.open_sheets() owner to hamkor_definer;
comment on function assessment.open_sheets() is 'Assessments whose scores are open to the acting person: both sides are in, and she scored, is a named analyst of the round, or (once signed) is of the service itself.';
grant execute on function assessment.open_sheets() to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.own_assessments()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(a.id), '{}') from assessment.service_assessment a
		where a.signed_revision is not null and a.service_id = any(network.organisations_with('{coordinator,member,official}')) $function$;
alter function assessment.own_assessments() owner to hamkor_definer;
comment on function assessment.own_assessments() is 'Signed assessments of services for which the acting person can speak.';
grant execute on function assessment.own_assessments() to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.pieces_of(findings uuid[])
 RETURNS TABLE(finding_id uuid, kind text, piece_id uuid, source text, day date, facts jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
		where e.id not in (select id from withdrawn) $function$;
alter function assessment.pieces_of(findings uuid[]) owner to hamkor_definer;
comment on function assessment.pieces_of(findings uuid[]) is 'What findings that the actor may see rest on and that has not been withdrawn, as far as strength of evidence is worked out from it: kind, where it comes from, when, how many were asked. No content, and where it comes from as a digest; the same for every reader, also where a piece itself is not open to them.';
grant execute on function assessment.pieces_of(findings uuid[]) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.place_submission()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
	end $function$;
alter function assessment.place_submission() owner to hamkor_definer;
comment on function assessment.place_submission() is 'Gives a submission its team and, when the team has one place alone, its place.';
grant execute on function assessment.place_submission() to public;

CREATE OR REPLACE FUNCTION assessment.progress(round uuid, zone text)
 RETURNS TABLE(place_id uuid, team_id uuid, choice text, day date, received bigint, approved bigint, has_issues bigint, rejected bigint, flagged bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select s.place_id, s.team_id, case when r.target_question is null then '' else coalesce(s.answers ->> r.target_question, '') end,
			(coalesce(o.received_at, s.received_at) at time zone zone)::date,
			count(*) filter (where s.review_state <> 'rejected'), count(*) filter (where s.review_state = 'approved'),
			count(*) filter (where s.review_state = 'has_issues'), count(*) filter (where s.review_state = 'rejected'),
			count(*) filter (where s.review_state <> 'rejected' and exists (select from assessment.quality_flag f where f.submission_id = s.id and f.dismissed_at is null))
		from assessment.submission s join assessment.round r on r.id = s.round_id left join assessment.submission o on o.id = s.origin_id
		where s.round_id = progress.round and s.superseded_by is null and (select assessment.runs_round(progress.round))
		group by 1, 2, 3, 4 $function$;
alter function assessment.progress(round uuid, zone text) owner to hamkor_definer;
comment on function assessment.progress(round uuid, zone text) is 'How many answers came, by place, team, choice of the target question and day: counts for who runs the round, no row. What is rejected is counted beside, not in, received; an edit counts on the day of its first version.';
grant execute on function assessment.progress(round uuid, zone text) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.receipt_of(instance text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN upper(substr(regexp_replace(instance, '^uuid:|[^0-9A-Za-z]'::text, ''::text, 'g'::text), 1, 8));
comment on function assessment.receipt_of(instance text) is 'The receipt of an instanceID: its first eight signs. Several submissions may share one; then the whole instanceID decides.';
grant execute on function assessment.receipt_of(instance text) to public;

CREATE OR REPLACE FUNCTION assessment.received(round uuid)
 RETURNS TABLE(submissions bigint, newest timestamp with time zone, flagged bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select count(*), max(s.received_at), count(*) filter (where exists (select from assessment.quality_flag f where f.submission_id = s.id and f.dismissed_at is null))
		from assessment.submission s
		where s.round_id = received.round and s.superseded_by is null
			and s.programme_id = any(network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}')) $function$;
alter function assessment.received(round uuid) owner to hamkor_definer;
comment on function assessment.received(round uuid) is 'How many submissions a round has, when the newest came and how many carry a flag that nobody dismissed: counts for members, no row.';
grant execute on function assessment.received(round uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.received_as(round uuid, instance text)
 RETURNS TABLE(submission_id uuid, xml_sha256 bytea, superseded_by text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select s.id, s.xml_sha256, s.superseded_by from assessment.submission s
		where s.round_id = received_as.round and s.instance_id = received_as.instance
			and (exists (select from assessment.collection_token t where t.id = platform.actor_token() and t.round_id = received_as.round)
				or s.programme_id = any(network.programmes_with('{coordinator,member,analyst,collector,official}'))) $function$;
alter function assessment.received_as(round uuid, instance text) owner to hamkor_definer;
comment on function assessment.received_as(round uuid, instance text) is 'What has arrived under an instanceID: enough to tell a repetition from another submission under the same name, and nothing of the answers.';
grant execute on function assessment.received_as(round uuid, instance text) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.refuse_erased()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if exists (select from assessment.erased_instance e where e.round_id = new.round_id and e.instance_sha256 = sha256(convert_to(new.instance_id, 'UTF8'))) then
			raise exception 'submission.erased' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function assessment.refuse_erased() owner to hamkor_definer;
comment on function assessment.refuse_erased() is 'What was erased on request does not come back when a phone sends it again.';
grant execute on function assessment.refuse_erased() to public;

CREATE OR REPLACE FUNCTION assessment.reopened(submission uuid)
 RETURNS TABLE(programme_id uuid, round_id uuid, version_id uuid, instance_id text, xml text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select s.programme_id, s.round_id, r.instrument_version_id, s.instance_id, s.xml from assessment.submission s join assessment.round r on r.id = s.round_id
		where s.id = reopened.submission and s.person_id = platform.actor_person() and s.superseded_by is null and s.edited_by is null
			and s.review_state = 'has_issues' and r.state = 'open' and not r.sensitive
			and s.programme_id = any(network.programmes_with('{coordinator,member,analyst,collector,official}')) $function$;
alter function assessment.reopened(submission uuid) owner to hamkor_definer;
comment on function assessment.reopened(submission uuid) is 'Answers that go back to who sent them in their own name: while the round is open and not sensitive, once a review has found issues, and as long as no reviewer has corrected them.';
grant execute on function assessment.reopened(submission uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.reopened_files(submission uuid)
 RETURNS TABLE(name text, media_type text, bytes bigint, sha256 bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select a.name, f.media_type, f.bytes, f.sha256 from assessment.reopened(reopened_files.submission) s
		join assessment.attachment a on a.submission_id = reopened_files.submission
		join platform.file f on f.id = a.file_id $function$;
alter function assessment.reopened_files(submission uuid) owner to hamkor_definer;
comment on function assessment.reopened_files(submission uuid) is 'The files of answers that go back to who sent them.';
grant execute on function assessment.reopened_files(submission uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.round_has_files()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if new.state = 'open' and (tg_op = 'INSERT' or old.state = 'draft') then
			perform pg_advisory_xact_lock(7271006, hashtext(new.instrument_version_id::text));
			if cardinality(assessment.files_missing(new.instrument_version_id)) > 0 then
				raise exception 'round.files-missing' using errcode = 'HM001';
			end if;
		end if;
		return null;
	end $function$;
alter function assessment.round_has_files() owner to hamkor_definer;
comment on function assessment.round_has_files() is 'A round does not open while its form names files that are not there.';
grant execute on function assessment.round_has_files() to public;

CREATE OR REPLACE FUNCTION assessment.round_may_open()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if new.state = 'open' and (tg_op = 'INSERT' or old.state = 'draft') then
			if new.consent = '{}' or new.refusal = '{}' or new.minors = '{}' or new.distress = '{}'
				or not exists (select from assessment.round_analyst a where a.round_id = new.id) then
				raise exception 'round.ethics-missing' using errcode = 'HM001';
			end if;
			if not exists (select from assessment.round_place p where p.round_id = new.id) then
				raise exception 'round.places-missing' using errcode = 'HM001';
			end if;
		end if;
		return null;
	end $function$;
alter function assessment.round_may_open() owner to hamkor_definer;
comment on function assessment.round_may_open() is 'The gate of a round: it does not open before its ethics and places are set.';
grant execute on function assessment.round_may_open() to public;

CREATE OR REPLACE FUNCTION assessment.rounds_to_look()
 RETURNS TABLE(round_id uuid, counted bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select r.id, (select count(*) from assessment.submission s where s.round_id = r.id and s.superseded_by is null)
		from assessment.round r left join assessment.round_look l on l.round_id = r.id
		where platform.actor_task() = 'quality' and r.state <> 'draft' and (
			l.asked_at > coalesce(l.looked_at, '-infinity')
			or exists (select from assessment.submission s where s.round_id = r.id and s.superseded_by is null and (s.looked_at is null or s.looked_at < s.checked_at))) $function$;
alter function assessment.rounds_to_look() owner to hamkor_definer;
comment on function assessment.rounds_to_look() is 'Rounds with answers that the rules of quality have not been held against yet, or of which somebody asked for it, for the task that does it.';
grant execute on function assessment.rounds_to_look() to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.runs_round(round uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select round = any(assessment.analysed_rounds()) or exists (select from assessment.round r where r.id = runs_round.round
		and r.programme_id = any(network.programmes_with('{coordinator,analyst,reviewer}'))) $function$;
alter function assessment.runs_round(round uuid) owner to hamkor_definer;
comment on function assessment.runs_round(round uuid) is 'Whether the actor may see how a round goes, place by place: who runs rounds, and its named analysts. Counts only.';
grant execute on function assessment.runs_round(round uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.same_answers(round uuid, moments timestamp with time zone[])
 RETURNS timestamp with time zone[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select array_agg((
			select min(earlier) from unnest(moments) as earlier
			where earlier <= moment
				and not exists (select from assessment.submission s where s.round_id = same_answers.round and s.received_at > earlier and s.received_at <= moment)
				and not exists (select from assessment.answer_change c where c.round_id = same_answers.round and c.changed_at > earlier and c.changed_at <= moment)
		) order by place)
		from unnest(moments) with ordinality as x (moment, place)
		where exists (select from assessment.round r where r.id = same_answers.round and r.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}'))) $function$;
alter function assessment.same_answers(round uuid, moments timestamp with time zone[]) owner to hamkor_definer;
comment on function assessment.same_answers(round uuid, moments timestamp with time zone[]) is 'For each of these moments the earliest of them since when nothing of a round came in or changed: figures of both are about the same answers.';
grant execute on function assessment.same_answers(round uuid, moments timestamp with time zone[]) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.saw_link(link uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if platform.actor_task() = 'collection' then
			update assessment.collection_token set last_seen_at = clock_timestamp()
				where id = link and (last_seen_at is null or last_seen_at < now() - interval '5 minutes');
		end if;
	end $function$;
alter function assessment.saw_link(link uuid) owner to hamkor_definer;
comment on function assessment.saw_link(link uuid) is 'Notes that a link was used. Writes at most once in five minutes, so that a busy link is not one row that all wait for.';
grant execute on function assessment.saw_link(link uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.score_may_be_told()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		finding uuid := coalesce((to_jsonb(new) ->> 'finding_id')::uuid, (to_jsonb(new) ->> 'id')::uuid);
	begin
		if exists (select from assessment.finding f join assessment.finding_score c on c.finding_id = f.id join assessment.score s on s.id = c.score_id
			where f.id = finding and f.state = 'stands' and s.assessment_id is not null and not exists (select from assessment.service_agreement g
				where g.assessment_id = s.assessment_id and g.revision = s.revision and g.withdrawn_at is null)) then
			raise exception 'finding.score-without-agreement' using errcode = 'HM001';
		end if;
		return null;
	end $function$;
alter function assessment.score_may_be_told() owner to hamkor_definer;
comment on function assessment.score_may_be_told() is 'A finding that stands is read by members and authorities: it rests on a single service''s score only when that service has agreed.';
grant execute on function assessment.score_may_be_told() to public;

CREATE OR REPLACE FUNCTION assessment.scoring_counts(round uuid)
 RETURNS TABLE(assessment_id uuid, side text, scored bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select c.assessment_id, c.side, count(*) filter (where c.not_applicable or (c.score is not null and c.evidence <> '{}'))
		from assessment.criterion_score c join assessment.service_assessment a on a.id = c.assessment_id
		where a.round_id = scoring_counts.round and (c.assessment_id in (select m.assessment_id from assessment.my_sides() m)
			or ((select assessment.runs_round(scoring_counts.round)) and (a.place_id is null
				or a.programme_id = any((select network.programmes_wide('{coordinator,member,analyst,reviewer,official}'))::uuid[])
				or a.place_id = any((select network.places_within('{coordinator,member,analyst,reviewer,official}'))::uuid[]))))
		group by 1, 2 $function$;
alter function assessment.scoring_counts(round uuid) owner to hamkor_definer;
comment on function assessment.scoring_counts(round uuid) is 'How many criteria each side has scored so far, for who runs the round and who scores, of assessments in their places: the number alone, never which or how.';
grant execute on function assessment.scoring_counts(round uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.seen_codings()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ with mine as (
			select i.id, i.coders_wanted from assessment.interview i
			where case when i.round_id is null then i.programme_id = any((select assessment.interview_programmes())::uuid[])
				else i.round_id = any((select assessment.analysed_rounds())::uuid[]) end),
		told as (
			select c.interview_id, count(*) >= max(m.coders_wanted) and bool_and(c.done_at is not null) as unblinded
			from assessment.coding c join mine m on m.id = c.interview_id where c.kind <> 'agreed' group by c.interview_id)
		select coalesce(array_agg(c.id), '{}') from assessment.coding c join mine m on m.id = c.interview_id
			left join told t on t.interview_id = c.interview_id
		where c.coder_id = platform.actor_person() or c.kind = 'agreed' or t.unblinded
			or (c.kind = 'imported' and c.created_by = platform.actor_person()) $function$;
alter function assessment.seen_codings() owner to hamkor_definer;
comment on function assessment.seen_codings() is 'Codings whose segments the acting person sees: the own, the agreed, and all of an interview once every one is done.';
grant execute on function assessment.seen_codings() to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.sent_by_me(most integer)
 RETURNS TABLE(submission_id uuid, round_id uuid, receipt text, received_at timestamp with time zone, changed_at timestamp with time zone, state text, corrected boolean, note text, reviewed_at timestamp with time zone, reopens boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select s.id, s.round_id, assessment.receipt_of(s.instance_id), coalesce(o.received_at, s.received_at), case when s.replaces_id is not null then s.received_at end,
			case when s.review_state = 'received' and s.replaces_id is not null then 'edited' else s.review_state end, s.edited_by is not null,
			case when s.review_state in ('has_issues', 'rejected') then said.note end, case when s.review_state <> 'received' then said.reviewed_at end,
			s.review_state = 'has_issues' and s.edited_by is null and r.state = 'open' and not r.sensitive
		from assessment.submission s
			join assessment.round r on r.id = s.round_id
			left join assessment.submission o on o.id = s.origin_id
			left join lateral (select v.note, v.reviewed_at from assessment.review v where v.submission_id = s.id order by v.reviewed_at desc, v.id desc limit 1) said on true
		where s.person_id = platform.actor_person() and s.superseded_by is null
			and s.programme_id = any(network.programmes_with('{coordinator,member,analyst,collector,official}'))
		order by s.received_at desc, s.id desc limit sent_by_me.most $function$;
alter function assessment.sent_by_me(most integer) owner to hamkor_definer;
comment on function assessment.sent_by_me(most integer) is 'What the acting person sent in their own name, newest first: how each stands, what the last review says when it has issues or was rejected, and whether it can be opened again. No answer, no reviewer.';
grant execute on function assessment.sent_by_me(most integer) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.shown_to_donors(programme uuid)
 RETURNS TABLE(id uuid, service jsonb, services integer, area text, title jsonb, mean_low double precision, mean_high double precision, share_low double precision, share_high double precision, day date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select a.id, o.name, 1, w.area, coalesce(w.detail -> 'title', '{}'), least(w.mean_civil, w.mean_authority), greatest(w.mean_civil, w.mean_authority),
			least(w.share_civil, w.share_authority), greatest(w.share_civil, w.share_authority), g.agreed_on
		from assessment.service_agreement g join assessment.service_assessment a on a.id = g.assessment_id join network.organisation o on o.id = a.service_id
		join assessment.area_result w on w.assessment_id = a.id and w.revision = g.revision
		where a.programme_id = shown_to_donors.programme and g.withdrawn_at is null and g.scope = 'publication'
			and a.programme_id = any(network.programmes_with('{donor}'))
		union all select s.id, null, s.services, t.area, coalesce((select w.detail -> 'title' from assessment.area_result w
				join assessment.service_assessment a on a.id = w.assessment_id and a.counted_revision = w.revision
				where a.counted_in = s.id and w.area = t.area limit 1), '{}'), t.mean_low, t.mean_high, t.share_low, t.share_high, s.closed_at::date
		from assessment.scoring_set s cross join lateral assessment.together(s.id) t
		where s.programme_id = shown_to_donors.programme and s.programme_id = any(network.programmes_with('{donor}')) $function$;
alter function assessment.shown_to_donors(programme uuid) owner to hamkor_definer;
comment on function assessment.shown_to_donors(programme uuid) is 'For donors: results that services agreed to publish, and services together as far as none can be worked out (service null); area by area, the whole with an empty area.';
grant execute on function assessment.shown_to_donors(programme uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.stay_struck()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		select a.struck_at, a.struck_by, a.struck_reason, a.struck_note into new.struck_at, new.struck_by, new.struck_reason, new.struck_note
			from assessment.submission s join assessment.submission v on v.id = s.origin_id or v.origin_id = s.origin_id
				join assessment.attachment a on a.submission_id = v.id
			where s.id = new.submission_id and a.name = new.name and a.struck_at is not null limit 1;
		if not found then
			new.struck_note := '';
		else
			new.file_id := null;
			new.sha256 := null;
		end if;
		return new;
	end $function$;
alter function assessment.stay_struck() owner to hamkor_definer;
comment on function assessment.stay_struck() is 'A file that was struck stays struck in every later version of the submission.';

CREATE OR REPLACE FUNCTION assessment.strike(interview uuid, span_starts integer, span_ends integer, mark text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		less integer := span_ends - span_starts - char_length(mark);
	begin
		if not assessment.may_change_interview(interview) then
			return false;
		end if;
		perform from assessment.interview i where i.id = strike.interview for update;
		-- Longer ends first: a segment must lie within the text at every moment.
		if less < 0 then
			update assessment.interview i set body = overlay(i.body placing mark from span_starts + 1 for span_ends - span_starts), struck = i.struck + 1 where i.id = strike.interview;
		end if;
		update assessment.segment s set
			starts = case when s.starts >= span_ends then s.starts - less when s.starts > span_starts then span_starts else s.starts end,
			ends = case when s.ends >= span_ends then s.ends - less when s.ends > span_starts then span_starts + char_length(mark) else s.ends end
			from assessment.coding c where c.id = s.coding_id and c.interview_id = strike.interview and s.ends > span_starts;
		if less >= 0 then
			update assessment.interview i set body = overlay(i.body placing mark from span_starts + 1 for span_ends - span_starts), struck = i.struck + 1 where i.id = strike.interview;
		end if;
		delete from assessment.coding_step t using assessment.coding c where c.id = t.coding_id and c.interview_id = strike.interview;
		return true;
	end $function$;
alter function assessment.strike(interview uuid, span_starts integer, span_ends integer, mark text) owner to hamkor_definer;
comment on function assessment.strike(interview uuid, span_starts integer, span_ends integer, mark text) is 'Strikes a passage of a stored interview for good: every coder''s segments move along, and steps that could bring back positions of before are dropped.';
grant execute on function assessment.strike(interview uuid, span_starts integer, span_ends integer, mark text) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.strike_attachment(submission uuid, name text, reason text, note text)
 RETURNS TABLE(versions integer, hashes bytea[])
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		origin uuid;
		ids uuid[];
		file_ids uuid[];
		moment timestamptz := clock_timestamp();
	begin
		select coalesce(s.origin_id, s.id) into origin from assessment.submission s
			where s.id = strike_attachment.submission and s.round_id = any(assessment.analysed_rounds()) and s.programme_id = any(network.programmes_with('{coordinator,analyst}'));
		-- A version that is being written now, and a file that is arriving now, come first; then they are seen.
		perform from assessment.submission s where s.id = origin or s.origin_id = origin order by s.id for update;
		select array_agg(s.id) into ids from assessment.submission s where s.id = origin or s.origin_id = origin;
		perform from assessment.attachment a where a.submission_id = any(ids) and a.name = strike_attachment.name order by a.submission_id for update;
		select coalesce(array_agg(distinct a.file_id) filter (where a.file_id is not null), '{}') into file_ids
			from assessment.attachment a where a.submission_id = any(ids) and a.name = strike_attachment.name;
		update assessment.attachment a set file_id = null, sha256 = null, struck_at = moment, struck_by = platform.actor_person(), struck_reason = strike_attachment.reason, struck_note = strike_attachment.note
			where a.submission_id = any(ids) and a.name = strike_attachment.name and a.struck_at is null;
		get diagnostics versions = row_count;
		if versions = 0 then
			return;
		end if;
		-- A file whose row nothing names any more goes; its content goes when no other row has the same.
		select coalesce(array_agg(distinct gone.sha256), '{}') into hashes from platform.file gone where gone.id = any(file_ids);
		delete from platform.file gone where gone.id = any(file_ids) and not exists (select from assessment.attachment a where a.file_id = gone.id);
		return next;
	end $function$;
alter function assessment.strike_attachment(submission uuid, name text, reason text, note text) owner to hamkor_definer;
comment on function assessment.strike_attachment(submission uuid, name text, reason text, note text) is 'Strikes a file of a submission from all its versions, for the round''s named analysts who coordinate or analyse; nothing when it is struck already. Hands out the hashes of contents that may be unused now.';
grant execute on function assessment.strike_attachment(submission uuid, name text, reason text, note text) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.supersede(old_version uuid, new_version uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		update assessment.submission o set superseded_by = n.instance_id
			from assessment.submission n
			where o.id = old_version and n.id = new_version and n.replaces_id = o.id and n.round_id = o.round_id and o.superseded_by is null
				and n.edited_by = platform.actor_person() and o.round_id = any(assessment.analysed_rounds());
		return found;
	end $function$;
alter function assessment.supersede(old_version uuid, new_version uuid) owner to hamkor_definer;
comment on function assessment.supersede(old_version uuid, new_version uuid) is 'Puts a reviewer''s edition into the place of the version it was made from; false when another came first.';
grant execute on function assessment.supersede(old_version uuid, new_version uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.team_candidates(programme uuid)
 RETURNS TABLE(person_id uuid, organisation_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select distinct g.person_id, g.organisation_id from network.role_grant g
		where g.programme_id = team_candidates.programme and g.ended_at is null and g.role <> 'donor'
			and programme = any(network.programmes_with('{coordinator,analyst}')) $function$;
alter function assessment.team_candidates(programme uuid) owner to hamkor_definer;
comment on function assessment.team_candidates(programme uuid) is 'Who can sit in a team, and for which organisation: everybody who takes part in the programme save donors, for who puts teams together. Not in which role.';
grant execute on function assessment.team_candidates(programme uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.team_lacks(team uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select case
			when count(m.person_id) = 0 then 'team.empty'
			when bool_or(r.joint) and (not coalesce(bool_or(network.side_of(o.type) = 'civil_society'), false)
				or not coalesce(bool_or(network.side_of(o.type) = 'authority'), false)) then 'team.not-joint' end
		from assessment.team t join assessment.round r on r.id = t.round_id
		left join assessment.team_member m on m.team_id = t.id
		left join network.organisation o on o.id = m.organisation_id
		where t.id = team_lacks.team and t.programme_id = any(network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}')) $function$;
alter function assessment.team_lacks(team uuid) owner to hamkor_definer;
comment on function assessment.team_lacks(team uuid) is 'What a team still lacks before it is ready, as a problem code; null when nothing.';
grant execute on function assessment.team_lacks(team uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.together(scoring_set uuid)
 RETURNS TABLE(area text, services bigint, criteria bigint, mean_low double precision, mean_high double precision, share_low double precision, share_high double precision)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select r.area, count(r.mean_civil), sum(r.criteria)::bigint, avg(least(r.mean_civil, r.mean_authority)), avg(greatest(r.mean_civil, r.mean_authority)),
			avg(least(r.share_civil, r.share_authority)), avg(greatest(r.share_civil, r.share_authority))
		from assessment.area_result r join assessment.service_assessment a on a.id = r.assessment_id and a.counted_revision = r.revision
			cross join lateral (select r.mean_civil is not null and not (a.id = any((select assessment.open_sheets())::uuid[]))
				and (a.id, a.counted_revision) not in (select o.assessment_id, o.revision from assessment.agreed_results() o) as hidden) seen
		where a.counted_in = together.scoring_set and together.scoring_set = any((select assessment.open_sets())::uuid[])
		group by r.area having count(r.mean_civil) >= 3 and count(*) filter (where seen.hidden) not in (1, 2) $function$;
alter function assessment.together(scoring_set uuid) owner to hamkor_definer;
comment on function assessment.together(scoring_set uuid) is 'A closed set''s scores together, area by area (empty: the whole service): every service weighs the same. An area that applies to fewer than three services is left out, and one of which the acting person sees all but one or two singly.';
grant execute on function assessment.together(scoring_set uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.unpack_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		perform assessment.lock_packing(old.round_id, false);
		insert into assessment.answer_hole (block_id, programme_id, round_id, place)
			select b.id, b.programme_id, b.round_id, array_position(b.ids, old.id) - 1 from assessment.answer_block b
			where b.round_id = old.round_id and old.id between b.first_id and b.last_id and old.id = any(b.ids)
			on conflict do nothing;
		insert into assessment.answer_change (programme_id, round_id, received_at) values (old.programme_id, old.round_id, old.received_at);
		if tg_op = 'UPDATE' then
			insert into assessment.answer_waiting (submission_id, programme_id, round_id) values (new.id, new.programme_id, new.round_id)
				on conflict (submission_id) do nothing;
		else
			delete from assessment.answer_waiting w where w.submission_id = old.id;
		end if;
		return null;
	end $function$;
alter function assessment.unpack_changed() owner to hamkor_definer;
comment on function assessment.unpack_changed() is 'A submission that was changed leaves its block and waits again; flags and checks do not count as a change.';
grant execute on function assessment.unpack_changed() to public;

CREATE OR REPLACE FUNCTION assessment.untold_scores(findings uuid[])
 RETURNS integer[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(distinct f.number), '{}') from assessment.finding f join assessment.finding_score c on c.finding_id = f.id join assessment.score s on s.id = c.score_id
		where f.id = any(untold_scores.findings) and f.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}'))
			and s.assessment_id is not null and not exists (select from assessment.service_agreement g
				where g.assessment_id = s.assessment_id and g.revision = s.revision and g.scope = 'publication' and g.withdrawn_at is null) $function$;
alter function assessment.untold_scores(findings uuid[]) owner to hamkor_definer;
comment on function assessment.untold_scores(findings uuid[]) is 'Numbers of those findings that rest on a single service''s score without its agreement to publication.';
grant execute on function assessment.untold_scores(findings uuid[]) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.unused_content(hashes bytea[])
 RETURNS SETOF bytea
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select h from unnest(hashes) h where platform.actor_task() = 'erase' and not exists (select from platform.file f where f.sha256 = h) $function$;
alter function assessment.unused_content(hashes bytea[]) owner to hamkor_definer;
comment on function assessment.unused_content(hashes bytea[]) is 'Which of these contents no file row names any more: these may be removed from disk.';
grant execute on function assessment.unused_content(hashes bytea[]) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.withdrawn_evidence(programme uuid)
 RETURNS TABLE(id uuid, withdrawn_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select w.evidence_id, w.withdrawn_at from assessment.withdrawal w where w.programme_id = withdrawn_evidence.programme and w.reinstated_at is null
		and w.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}')) $function$;
alter function assessment.withdrawn_evidence(programme uuid) owner to hamkor_definer;
comment on function assessment.withdrawn_evidence(programme uuid) is 'Which pieces of a programme''s evidence are withdrawn, by their ids: whether a finding stands must not depend on who looks.';
grant execute on function assessment.withdrawn_evidence(programme uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION assessment.written_codings()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(c.id), '{}') from assessment.coding c join assessment.interview i on i.id = c.interview_id
		where c.done_at is null and i.erased_at is null
			and case when i.round_id is null then i.programme_id = any((select assessment.interview_programmes())::uuid[])
				else i.round_id = any((select assessment.analysed_rounds())::uuid[]) end
			and case c.kind when 'coder' then c.coder_id = platform.actor_person() when 'imported' then c.created_by = platform.actor_person()
				else i.programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]) end $function$;
alter function assessment.written_codings() owner to hamkor_definer;
comment on function assessment.written_codings() is 'Codings that the acting person writes: the own until it is done, and the agreed one.';
grant execute on function assessment.written_codings() to hamkor_app;

create table assessment.answer_block (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	version_id uuid not null,
	layout integer not null,
	ids uuid[] not null,
	places uuid[] not null,
	first_id uuid not null,
	last_id uuid not null,
	newest timestamp with time zone not null,
	packed_at timestamp with time zone default clock_timestamp() not null,
	constraint answer_block_pkey PRIMARY KEY (id),
	constraint answer_block_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.answer_block is 'Up to 8,192 counted submissions of a round whose answers stand as columns in assessment.answer_column, in the order of ids. Never changed: replaced when one of its submissions was.';
comment on column assessment.answer_block.layout is 'Version of the way columns are written.';
CREATE INDEX answer_block_round_id_idx ON assessment.answer_block USING btree (round_id);
alter table assessment.answer_block enable row level security;
alter table assessment.answer_block force row level security;
create policy analysts on assessment.answer_block for select to hamkor_app using ((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])));
create policy definer on assessment.answer_block for all to hamkor_definer using (true) with check (true);
create policy "task figures all" on assessment.answer_block for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'figures'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'figures'::text));
grant delete, insert, select on table assessment.answer_block to hamkor_app;
grant delete, insert, select, update on table assessment.answer_block to hamkor_definer;

create table assessment.answer_change (
	id uuid default gen_random_uuid() not null,
	programme_id uuid not null,
	round_id uuid not null,
	changed_at timestamp with time zone default clock_timestamp() not null,
	received_at timestamp with time zone not null,
	constraint answer_change_pkey PRIMARY KEY (id)
);
comment on table assessment.answer_change is 'That a submission, received when, was changed, replaced, rejected or erased: a figure with a later cut-off says so. Not which, nor what.';
CREATE INDEX answer_change_round_id_changed_at_idx ON assessment.answer_change USING btree (round_id, changed_at);
alter table assessment.answer_change enable row level security;
alter table assessment.answer_change force row level security;
create policy definer on assessment.answer_change for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.answer_change for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table assessment.answer_change to hamkor_definer;
grant select on table assessment.answer_change to hamkor_app;

create table assessment.answer_column (
	block_id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	key text not null,
	rows integer not null,
	data bytea not null,
	constraint answer_column_pkey PRIMARY KEY (block_id, key),
	constraint answer_column_block_id_fkey FOREIGN KEY (block_id) REFERENCES assessment.answer_block(id) ON DELETE CASCADE
);
comment on table assessment.answer_column is 'One column of a block: the coded answers to one question, its numbers, the choices ticked as bits, when each was received, or which row of the level around it an instance belongs to. No text.';
alter table assessment.answer_column enable row level security;
alter table assessment.answer_column force row level security;
create policy analysts on assessment.answer_column for select to hamkor_app using ((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])));
create policy definer on assessment.answer_column for all to hamkor_definer using (true) with check (true);
create policy "task figures all" on assessment.answer_column for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'figures'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'figures'::text));
grant delete, insert, select on table assessment.answer_column to hamkor_app;
grant delete, insert, select, update on table assessment.answer_column to hamkor_definer;

create table assessment.answer_export (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	rounds uuid[] not null,
	person_id uuid not null,
	format text not null,
	choices jsonb not null,
	submissions integer not null,
	total integer not null,
	job_id uuid,
	file_name text,
	bytes bigint,
	kept_until timestamp with time zone,
	made_at timestamp with time zone default clock_timestamp() not null,
	file_key bytea,
	constraint answer_export_pkey PRIMARY KEY (id),
	constraint answer_export_programme_id_id_key UNIQUE (programme_id, id),
	constraint answer_export_check CHECK (round_id = ANY (rounds)),
	constraint answer_export_check1 CHECK ((file_name IS NULL) = (bytes IS NULL) AND (file_name IS NULL) = (kept_until IS NULL)),
	constraint answer_export_file_key_check CHECK (file_key IS NULL OR length(file_key) = 32),
	constraint answer_export_format_check CHECK (format = ANY (ARRAY['csv'::text, 'xlsx'::text, 'spss'::text, 'spss-syntax'::text, 'stata'::text, 'r'::text])),
	constraint answer_export_sealed CHECK ((file_name IS NULL) = (file_key IS NULL)),
	constraint answer_export_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint answer_export_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.answer_export is 'That answers left row by row: who took them, from which rounds, in which form, how many of how many. Written before the first row leaves. Holds no answer.';
comment on column assessment.answer_export.kept_until is 'For one prepared by a job: until when its file lies in the data folder. It is removed earlier when an answer of its rounds is erased.';
comment on column assessment.answer_export.file_key is 'For one prepared by a job: opens its file. Removed with it.';
CREATE INDEX answer_export_kept_until_idx ON assessment.answer_export USING btree (kept_until) WHERE (kept_until IS NOT NULL);
CREATE INDEX answer_export_round_id_made_at_idx ON assessment.answer_export USING btree (round_id, made_at);
alter table assessment.answer_export enable row level security;
alter table assessment.answer_export force row level security;
create policy definer on assessment.answer_export for all to hamkor_definer using (true) with check (true);
create policy keepers on assessment.answer_export for update to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person))) with check ((person_id = ( SELECT platform.actor_person() AS actor_person)));
create policy makers on assessment.answer_export for insert to hamkor_app with check (((person_id = ( SELECT platform.actor_person() AS actor_person)) AND (rounds <@ ( SELECT assessment.analysed_rounds() AS analysed_rounds))));
create policy readers on assessment.answer_export for select to hamkor_app using (((person_id = ( SELECT platform.actor_person() AS actor_person)) OR (programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])) OR (rounds && ( SELECT assessment.analysed_rounds() AS analysed_rounds))));
create policy "task exports all" on assessment.answer_export for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'exports'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'exports'::text));
grant delete, insert, select, update on table assessment.answer_export to hamkor_definer;
grant insert, select, update on table assessment.answer_export to hamkor_app;

create table assessment.answer_feed (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	person_id uuid not null,
	label text not null,
	token_hash bytea not null,
	expires_at timestamp with time zone not null,
	revoked_at timestamp with time zone,
	last_used_at timestamp with time zone,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint answer_feed_pkey PRIMARY KEY (id),
	constraint answer_feed_programme_id_id_key UNIQUE (programme_id, id),
	constraint answer_feed_token_hash_key UNIQUE (token_hash),
	constraint answer_feed_label_check CHECK (char_length(label) >= 1 AND char_length(label) <= 100),
	constraint answer_feed_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint answer_feed_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.answer_feed is 'A way for one spreadsheet or analysis to read the answers of one round (OData), while who made it is a named analyst of it; only the hash of its secret is kept.';
CREATE INDEX answer_feed_round_id_idx ON assessment.answer_feed USING btree (round_id);
alter table assessment.answer_feed enable row level security;
alter table assessment.answer_feed force row level security;
create policy definer on assessment.answer_feed for all to hamkor_definer using (true) with check (true);
create policy makers on assessment.answer_feed for insert to hamkor_app with check (((person_id = ( SELECT platform.actor_person() AS actor_person)) AND (round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[]))));
create policy readers on assessment.answer_feed for select to hamkor_app using (((person_id = ( SELECT platform.actor_person() AS actor_person)) OR (programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])) OR (round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[]))));
create policy revokers on assessment.answer_feed for update to hamkor_app using (((person_id = ( SELECT platform.actor_person() AS actor_person)) OR (programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])) OR (round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])))) with check (((person_id = ( SELECT platform.actor_person() AS actor_person)) OR (programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])) OR (round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[]))));
create policy "task exports all" on assessment.answer_feed for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'exports'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'exports'::text));
grant delete, insert, select, update on table assessment.answer_feed to hamkor_definer;
grant insert, select, update on table assessment.answer_feed to hamkor_app;

create table assessment.answer_hole (
	block_id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	place integer not null,
	constraint answer_hole_pkey PRIMARY KEY (block_id, place),
	constraint answer_hole_block_id_fkey FOREIGN KEY (block_id) REFERENCES assessment.answer_block(id) ON DELETE CASCADE
);
comment on table assessment.answer_hole is 'Submissions of a block that have changed or gone since it was written: not counted from it.';
alter table assessment.answer_hole enable row level security;
alter table assessment.answer_hole force row level security;
create policy analysts on assessment.answer_hole for select to hamkor_app using ((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])));
create policy definer on assessment.answer_hole for all to hamkor_definer using (true) with check (true);
create policy "task figures all" on assessment.answer_hole for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'figures'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'figures'::text));
grant delete, insert, select on table assessment.answer_hole to hamkor_app;
grant delete, insert, select, update on table assessment.answer_hole to hamkor_definer;

create table assessment.answer_waiting (
	submission_id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	constraint answer_waiting_pkey PRIMARY KEY (submission_id)
);
comment on table assessment.answer_waiting is 'Submissions that stand in no block yet; a figure reads them one by one.';
CREATE INDEX answer_waiting_round_id_idx ON assessment.answer_waiting USING btree (round_id);
alter table assessment.answer_waiting enable row level security;
alter table assessment.answer_waiting force row level security;
create policy analysts on assessment.answer_waiting for select to hamkor_app using ((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])));
create policy definer on assessment.answer_waiting for all to hamkor_definer using (true) with check (true);
create policy "task figures all" on assessment.answer_waiting for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'figures'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'figures'::text));
grant delete, insert, select on table assessment.answer_waiting to hamkor_app;
grant delete, insert, select, update on table assessment.answer_waiting to hamkor_definer;

create table assessment.area_result (
	programme_id uuid not null,
	assessment_id uuid not null,
	revision integer not null,
	area text not null,
	criteria integer not null,
	mean_civil double precision,
	mean_authority double precision,
	share_civil double precision,
	share_authority double precision,
	detail jsonb not null,
	constraint area_result_pkey PRIMARY KEY (assessment_id, revision, area),
	constraint area_result_criteria_check CHECK (criteria > 0),
	constraint area_result_mean_authority_check CHECK (mean_authority >= 0::double precision AND mean_authority <= 3::double precision),
	constraint area_result_mean_civil_check CHECK (mean_civil >= 0::double precision AND mean_civil <= 3::double precision),
	constraint area_result_share_authority_check CHECK (share_authority >= 0::double precision AND share_authority <= 1::double precision),
	constraint area_result_share_civil_check CHECK (share_civil >= 0::double precision AND share_civil <= 1::double precision),
	constraint area_result_programme_id_assessment_id_fkey FOREIGN KEY (programme_id, assessment_id) REFERENCES assessment.service_assessment(programme_id, id)
);
comment on table assessment.area_result is 'What a signed reconciliation comes to in an area (empty: the whole service), read as each side does: graded mean and share of standards met, both after the cap by critical criteria; null when nothing applied. Equal where there is no dissent.';
CREATE TRIGGER hold_result BEFORE INSERT ON assessment.area_result FOR EACH ROW EXECUTE FUNCTION assessment.hold_result();
alter table assessment.area_result enable row level security;
alter table assessment.area_result force row level security;
create policy agreed on assessment.area_result for select to hamkor_app using (((assessment_id, revision) IN ( SELECT r.assessment_id,
    r.revision
   FROM assessment.agreed_results() r(assessment_id, revision))));
create policy circle on assessment.area_result for select to hamkor_app using ((assessment_id = ANY (( SELECT assessment.open_sheets() AS open_sheets)::uuid[])));
create policy definer on assessment.area_result for all to hamkor_definer using (true) with check (true);
create policy scorers on assessment.area_result for insert to hamkor_app with check ((assessment_id IN ( SELECT m.assessment_id
   FROM assessment.my_sides() m(assessment_id, side))));
grant delete, insert, select, update on table assessment.area_result to hamkor_definer;
grant insert, select on table assessment.area_result to hamkor_app;

create table assessment.attachment (
	programme_id uuid not null,
	submission_id uuid not null,
	name text not null,
	file_id uuid,
	sha256 bytea,
	received_at timestamp with time zone,
	struck_at timestamp with time zone,
	struck_by uuid,
	struck_reason text,
	struck_note text default ''::text not null,
	constraint attachment_pkey PRIMARY KEY (submission_id, name),
	constraint attachment_struck_empty_check CHECK (struck_at IS NULL OR num_nonnulls(file_id, sha256) = 0),
	constraint attachment_struck_note_check CHECK (char_length(struck_note) <= 500),
	constraint attachment_struck_reason_check CHECK (struck_reason = ANY (ARRAY['asked'::text, 'no-consent'::text, 'mistake'::text, 'minor'::text, 'danger'::text])),
	constraint attachment_struck_whole_check CHECK (num_nulls(struck_at, struck_by, struck_reason) = ANY (ARRAY[0, 3])),
	constraint attachment_struck_by_fkey FOREIGN KEY (struck_by) REFERENCES network.person(id),
	constraint attachment_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES assessment.submission(id)
);
comment on table assessment.attachment is 'Files that a submission names; file_id is null until the file has arrived.';
comment on column assessment.attachment.sha256 is 'Of the bytes as they were sent, to know them when they are sent again; what is kept of a picture has lost its metadata and lies under another hash (platform.file).';
comment on column assessment.attachment.struck_at is 'When the file was struck: it is gone for good, from every version of the submission, and is not taken in again.';
CREATE INDEX attachment_file ON assessment.attachment USING btree (file_id) WHERE (file_id IS NOT NULL);
CREATE TRIGGER stay_struck BEFORE INSERT ON assessment.attachment FOR EACH ROW EXECUTE FUNCTION assessment.stay_struck();
alter table assessment.attachment enable row level security;
alter table assessment.attachment force row level security;
create policy changers on assessment.attachment for update to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.submission s
  WHERE ((s.id = attachment.submission_id) AND ((s.token_id = ( SELECT platform.actor_token() AS actor_token)) OR (s.person_id = ( SELECT platform.actor_person() AS actor_person))))))) with check ((EXISTS ( SELECT
   FROM assessment.submission s
  WHERE ((s.id = attachment.submission_id) AND ((s.token_id = ( SELECT platform.actor_token() AS actor_token)) OR (s.person_id = ( SELECT platform.actor_person() AS actor_person)))))));
create policy definer on assessment.attachment for all to hamkor_definer using (true) with check (true);
create policy edited on assessment.attachment for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.submission s
  WHERE ((s.id = attachment.submission_id) AND (s.edited_by = ( SELECT platform.actor_person() AS actor_person)) AND (s.round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[]))))));
create policy readers on assessment.attachment for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.submission s
  WHERE (s.id = attachment.submission_id))));
create policy writers on assessment.attachment for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.submission s
  WHERE ((s.id = attachment.submission_id) AND
        CASE ( SELECT platform.actor_kind() AS actor_kind)
            WHEN 'token'::text THEN ((s.token_id = ( SELECT platform.actor_token() AS actor_token)) AND (s.round_id = ( SELECT assessment.collecting_round() AS collecting_round)))
            WHEN 'person'::text THEN (s.person_id = ( SELECT platform.actor_person() AS actor_person))
            ELSE false
        END))));
grant delete, insert, select, update on table assessment.attachment to hamkor_definer;
grant select on table assessment.attachment to hamkor_app;
grant insert (programme_id) on table assessment.attachment to hamkor_app;
grant insert (submission_id) on table assessment.attachment to hamkor_app;
grant insert (name) on table assessment.attachment to hamkor_app;
grant insert, update (file_id) on table assessment.attachment to hamkor_app;
grant insert, update (sha256) on table assessment.attachment to hamkor_app;
grant insert, update (received_at) on table assessment.attachment to hamkor_app;

create table assessment.back_check (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	share numeric not null,
	seed text not null,
	questions text[] not null,
	drawn_from integer not null,
	cut_off timestamp with time zone not null,
	person_id uuid not null,
	drawn_at timestamp with time zone default clock_timestamp() not null,
	constraint back_check_pkey PRIMARY KEY (id),
	constraint back_check_programme_id_id_key UNIQUE (programme_id, id),
	constraint back_check_drawn_from_check CHECK (drawn_from >= 0),
	constraint back_check_questions_check CHECK (cardinality(questions) > 0),
	constraint back_check_seed_check CHECK (seed <> ''::text),
	constraint back_check_share_check CHECK (share > 0::numeric AND share <= 1::numeric),
	constraint back_check_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint back_check_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.back_check is 'A share of a round''s answers drawn for a second, short interview about some of the questions: who is drawn follows from seed, share and cut-off alone.';
comment on column assessment.back_check.drawn_from is 'How many counted answers had come by the cut-off.';
CREATE INDEX back_check_round_id_idx ON assessment.back_check USING btree (round_id);
alter table assessment.back_check enable row level security;
alter table assessment.back_check force row level security;
create policy definer on assessment.back_check for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.back_check for select to hamkor_app using ((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])));
create policy writers on assessment.back_check for insert to hamkor_app with check (((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst,reviewer}'::text[]) AS programmes_with)::uuid[]))));
grant delete, insert, select, update on table assessment.back_check to hamkor_definer;
grant insert, select on table assessment.back_check to hamkor_app;

create table assessment.back_check_interview (
	id uuid not null,
	programme_id uuid not null,
	check_id uuid not null,
	round_id uuid not null,
	submission_id uuid not null,
	team_id uuid,
	outcome text default 'waiting'::text not null,
	answers jsonb default '{}'::jsonb not null,
	note text default ''::text not null,
	person_id uuid,
	done_at timestamp with time zone,
	constraint back_check_interview_pkey PRIMARY KEY (id),
	constraint back_check_interview_check_id_submission_id_key UNIQUE (check_id, submission_id),
	constraint back_check_interview_check CHECK ((outcome = 'waiting'::text) = (done_at IS NULL) AND (outcome = 'done'::text OR answers = '{}'::jsonb)),
	constraint back_check_interview_note_check CHECK (char_length(note) <= 1000),
	constraint back_check_interview_outcome_check CHECK (outcome = ANY (ARRAY['waiting'::text, 'done'::text, 'refused'::text, 'not-found'::text])),
	constraint back_check_interview_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint back_check_interview_programme_id_check_id_fkey FOREIGN KEY (programme_id, check_id) REFERENCES assessment.back_check(programme_id, id),
	constraint back_check_interview_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES assessment.submission(id)
);
comment on table assessment.back_check_interview is 'One answer drawn for a back-check, and what the second interview found: the answers to the chosen questions, compared with the first ones field by field.';
comment on column assessment.back_check_interview.team_id is 'The team that held the first interview.';
CREATE INDEX back_check_interview_submission_id_idx ON assessment.back_check_interview USING btree (submission_id);
alter table assessment.back_check_interview enable row level security;
alter table assessment.back_check_interview force row level security;
create policy changers on assessment.back_check_interview for update to hamkor_app using (((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst,reviewer}'::text[]) AS programmes_with)::uuid[])))) with check (((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst,reviewer}'::text[]) AS programmes_with)::uuid[])) AND (person_id = ( SELECT platform.actor_person() AS actor_person))));
create policy definer on assessment.back_check_interview for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.back_check_interview for select to hamkor_app using ((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])));
create policy writers on assessment.back_check_interview for insert to hamkor_app with check (((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst,reviewer}'::text[]) AS programmes_with)::uuid[]))));
grant delete, insert, select, update on table assessment.back_check_interview to hamkor_definer;
grant insert, select, update on table assessment.back_check_interview to hamkor_app;

create table assessment.code (
	id uuid not null,
	programme_id uuid not null,
	parent_id uuid,
	"position" integer default 0 not null,
	name jsonb not null,
	definition jsonb default '{}'::jsonb not null,
	use_when jsonb default '{}'::jsonb not null,
	use_not jsonb default '{}'::jsonb not null,
	examples jsonb default '{}'::jsonb not null,
	memo text default ''::text not null,
	colour integer default 0 not null,
	state text default 'active'::text not null,
	merged_into_id uuid,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint code_pkey PRIMARY KEY (id),
	constraint code_programme_id_id_key UNIQUE (programme_id, id),
	constraint code_check CHECK ((state = 'merged'::text) = (merged_into_id IS NOT NULL)),
	constraint code_check1 CHECK (parent_id IS DISTINCT FROM id AND merged_into_id IS DISTINCT FROM id),
	constraint code_colour_check CHECK (colour >= 0 AND colour <= 11),
	constraint code_state_check CHECK (state = ANY (ARRAY['active'::text, 'retired'::text, 'merged'::text])),
	constraint code_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint code_programme_id_merged_into_id_fkey FOREIGN KEY (programme_id, merged_into_id) REFERENCES assessment.code(programme_id, id) DEFERRABLE INITIALLY DEFERRED,
	constraint code_programme_id_parent_id_fkey FOREIGN KEY (programme_id, parent_id) REFERENCES assessment.code(programme_id, id) DEFERRABLE INITIALLY DEFERRED
);
comment on table assessment.code is 'A code of the programme''s shared codebook, in a tree. A merged code keeps its segments and is read as the one it was merged into, so that a merge can be taken back.';
comment on column assessment.code.colour is 'One of twelve colours, each with its own pattern of line.';
CREATE INDEX code_programme_id_idx ON assessment.code USING btree (programme_id);
CREATE CONSTRAINT TRIGGER hold_code AFTER INSERT OR UPDATE ON assessment.code DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assessment.hold_code();
alter table assessment.code enable row level security;
alter table assessment.code force row level security;
create policy changers on assessment.code for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy definer on assessment.code for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.code for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy removers on assessment.code for delete to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy writers on assessment.code for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table assessment.code to hamkor_app;
grant delete, insert, select, update on table assessment.code to hamkor_definer;

create table assessment.coding (
	id uuid not null,
	programme_id uuid not null,
	interview_id uuid not null,
	kind text not null,
	coder_id uuid,
	label text default ''::text not null,
	done_at timestamp with time zone,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint coding_pkey PRIMARY KEY (id),
	constraint coding_interview_id_coder_id_key UNIQUE (interview_id, coder_id),
	constraint coding_programme_id_id_key UNIQUE (programme_id, id),
	constraint coding_check CHECK ((kind = 'coder'::text) = (coder_id IS NOT NULL)),
	constraint coding_kind_check CHECK (kind = ANY (ARRAY['coder'::text, 'agreed'::text, 'imported'::text])),
	constraint coding_coder_id_fkey FOREIGN KEY (coder_id) REFERENCES network.person(id),
	constraint coding_programme_id_interview_id_fkey FOREIGN KEY (programme_id, interview_id) REFERENCES assessment.interview(programme_id, id)
);
comment on table assessment.coding is 'One coder''s coding of an interview; or the one agreed upon afterwards; or one that came with an imported project.';
CREATE UNIQUE INDEX coding_agreed ON assessment.coding USING btree (interview_id) WHERE (kind = 'agreed'::text);
CREATE TRIGGER hold_coding BEFORE INSERT OR UPDATE ON assessment.coding FOR EACH ROW EXECUTE FUNCTION assessment.hold_coding();
alter table assessment.coding enable row level security;
alter table assessment.coding force row level security;
create policy changers on assessment.coding for update to hamkor_app using (((EXISTS ( SELECT
   FROM assessment.interview i
  WHERE (i.id = coding.interview_id))) AND
CASE kind
    WHEN 'coder'::text THEN (coder_id = ( SELECT platform.actor_person() AS actor_person))
    ELSE (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))
END)) with check (((EXISTS ( SELECT
   FROM assessment.interview i
  WHERE ((i.id = coding.interview_id) AND (i.programme_id = coding.programme_id)))) AND
CASE kind
    WHEN 'coder'::text THEN (coder_id = ( SELECT platform.actor_person() AS actor_person))
    ELSE (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))
END));
create policy definer on assessment.coding for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.coding for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.interview i
  WHERE ((i.id = coding.interview_id) AND (i.programme_id = coding.programme_id)))));
create policy writers on assessment.coding for insert to hamkor_app with check (((EXISTS ( SELECT
   FROM assessment.interview i
  WHERE ((i.id = coding.interview_id) AND (i.programme_id = coding.programme_id)))) AND (created_by = ( SELECT platform.actor_person() AS actor_person)) AND
CASE kind
    WHEN 'coder'::text THEN (coder_id = ( SELECT platform.actor_person() AS actor_person))
    ELSE (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))
END));
grant delete, insert, select, update on table assessment.coding to hamkor_definer;
grant insert, select, update on table assessment.coding to hamkor_app;

create table assessment.coding_step (
	id uuid not null,
	programme_id uuid not null,
	coding_id uuid,
	"position" integer not null,
	verb text not null,
	changes jsonb not null,
	undone boolean default false not null,
	person_id uuid,
	made_at timestamp with time zone default clock_timestamp() not null,
	constraint coding_step_pkey PRIMARY KEY (id),
	constraint coding_step_programme_id_coding_id_position_key UNIQUE NULLS NOT DISTINCT (programme_id, coding_id, "position"),
	constraint coding_step_programme_id_coding_id_fkey FOREIGN KEY (programme_id, coding_id) REFERENCES assessment.coding(programme_id, id),
	constraint coding_step_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id)
);
comment on table assessment.coding_step is 'A change to a coding, or (coding_id null) to the codebook, with the rows before and after it: what undo and redo go by, and the codebook''s history.';
alter table assessment.coding_step enable row level security;
alter table assessment.coding_step force row level security;
create policy changers on assessment.coding_step for update to hamkor_app using (
CASE
    WHEN (coding_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))
    ELSE (coding_id = ANY (( SELECT assessment.written_codings() AS written_codings)::uuid[]))
END) with check (
CASE
    WHEN (coding_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))
    ELSE (coding_id = ANY (( SELECT assessment.written_codings() AS written_codings)::uuid[]))
END);
create policy definer on assessment.coding_step for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.coding_step for select to hamkor_app using (
CASE
    WHEN (coding_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE (coding_id = ANY (( SELECT assessment.seen_codings() AS seen_codings)::uuid[]))
END);
create policy removers on assessment.coding_step for delete to hamkor_app using (
CASE
    WHEN (coding_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))
    ELSE (coding_id = ANY (( SELECT assessment.written_codings() AS written_codings)::uuid[]))
END);
create policy writers on assessment.coding_step for insert to hamkor_app with check (
CASE
    WHEN (coding_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))
    ELSE (coding_id = ANY (( SELECT assessment.written_codings() AS written_codings)::uuid[]))
END);
grant delete, insert, select, update on table assessment.coding_step to hamkor_app;
grant delete, insert, select, update on table assessment.coding_step to hamkor_definer;

create table assessment.collection_token (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	place_id uuid,
	label text not null,
	token_hash bytea not null,
	ceiling integer,
	used integer default 0 not null,
	expires_at timestamp with time zone,
	revoked_at timestamp with time zone,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	team_id uuid,
	person_id uuid,
	last_seen_at timestamp with time zone,
	constraint collection_token_pkey PRIMARY KEY (id),
	constraint collection_token_programme_id_id_key UNIQUE (programme_id, id),
	constraint collection_token_token_hash_key UNIQUE (token_hash),
	constraint collection_token_ceiling_check CHECK (ceiling > 0),
	constraint collection_token_check CHECK (team_id IS NOT NULL OR person_id IS NULL),
	constraint collection_token_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint collection_token_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id),
	constraint collection_token_team_id_person_id_fkey FOREIGN KEY (team_id, person_id) REFERENCES assessment.team_member(team_id, person_id)
);
comment on table assessment.collection_token is 'A link for collecting into one round, in a browser or over OpenRosa; only the hash of its secret is kept.';
comment on column assessment.collection_token.used is 'Submissions that came through a link with a ceiling; the database counts. Stays 0 for a link without one.';
comment on column assessment.collection_token.team_id is 'The team whose phone this link is on.';
comment on column assessment.collection_token.person_id is 'The member of the team who carries the phone.';
comment on column assessment.collection_token.last_seen_at is 'When something last came through the link or asked for its form; to five minutes.';
CREATE INDEX collection_token_team_id_idx ON assessment.collection_token USING btree (team_id) WHERE (team_id IS NOT NULL);
alter table assessment.collection_token enable row level security;
alter table assessment.collection_token force row level security;
create policy changers on assessment.collection_token for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy definer on assessment.collection_token for all to hamkor_definer using (true) with check (true);
create policy ends on assessment.collection_token as restrictive for insert to hamkor_app with check (((team_id IS NOT NULL) OR ((expires_at IS NOT NULL) AND (ceiling IS NOT NULL))));
create policy own on assessment.collection_token for select to hamkor_app using ((id = ( SELECT platform.actor_token() AS actor_token)));
create policy readers on assessment.collection_token for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy "task collection select" on assessment.collection_token for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'collection'::text));
create policy "task quality select" on assessment.collection_token for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'quality'::text));
create policy writers on assessment.collection_token for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table assessment.collection_token to hamkor_definer;
grant insert, select, update on table assessment.collection_token to hamkor_app;

create view assessment.counted_submission as
 SELECT id,
    programme_id,
    round_id,
    instance_id,
    place_id,
    token_id,
    person_id,
    xml,
    xml_sha256,
    answers,
    received_at,
    checked_at,
    flags,
    superseded_by,
    made_up,
    review_state,
    replaces_id,
    origin_id,
    team_id,
    looked_at,
    fingerprint,
    edited_by,
    edit_reason
   FROM assessment.submission
  WHERE ((superseded_by IS NULL) AND (review_state <> 'rejected'::text));
comment on view assessment.counted_submission is 'The answers that count: not replaced by a later version, not rejected at review. What is counted anywhere is counted from these.';
grant select on table assessment.counted_submission to hamkor_app;

create table assessment.criterion_score (
	programme_id uuid not null,
	assessment_id uuid not null,
	side text not null,
	criterion text not null,
	score smallint,
	not_applicable boolean default false not null,
	evidence text[] default '{}'::text[] not null,
	note text default ''::text not null,
	scored_by uuid,
	scored_at timestamp with time zone default clock_timestamp() not null,
	constraint criterion_score_pkey PRIMARY KEY (assessment_id, side, criterion),
	constraint criterion_score_check CHECK (NOT (not_applicable AND score IS NOT NULL)),
	constraint criterion_score_check1 CHECK (NOT (not_applicable AND evidence <> '{}'::text[])),
	constraint criterion_score_criterion_check CHECK (char_length(criterion) <= 1000),
	constraint criterion_score_evidence_check CHECK (evidence <@ '{seen,document,interview,feedback}'::text[]),
	constraint criterion_score_note_check CHECK (char_length(note) <= 1000),
	constraint criterion_score_score_check CHECK (score >= 0 AND score <= 3),
	constraint criterion_score_assessment_id_side_fkey FOREIGN KEY (assessment_id, side) REFERENCES assessment.score_sheet(assessment_id, side),
	constraint criterion_score_programme_id_assessment_id_fkey FOREIGN KEY (programme_id, assessment_id) REFERENCES assessment.service_assessment(programme_id, id),
	constraint criterion_score_scored_by_fkey FOREIGN KEY (scored_by) REFERENCES network.person(id)
);
comment on table assessment.criterion_score is 'What one side says of one criterion: 0 absent, 1 started, 2 mostly, 3 fully, or not applicable; the kinds of evidence; a note, not about a person. Sealed from everybody but its own side until both are in.';
CREATE TRIGGER hold_score BEFORE INSERT OR UPDATE ON assessment.criterion_score FOR EACH ROW EXECUTE FUNCTION assessment.hold_score();
alter table assessment.criterion_score enable row level security;
alter table assessment.criterion_score force row level security;
create policy both_in on assessment.criterion_score for select to hamkor_app using ((assessment_id = ANY (( SELECT assessment.open_sheets() AS open_sheets)::uuid[])));
create policy changers on assessment.criterion_score for update to hamkor_app using (((assessment_id, side) IN ( SELECT m.assessment_id,
    m.side
   FROM assessment.my_sides() m(assessment_id, side)))) with check (((scored_by = ( SELECT platform.actor_person() AS actor_person)) AND ((assessment_id, side) IN ( SELECT m.assessment_id,
    m.side
   FROM assessment.my_sides() m(assessment_id, side)))));
create policy definer on assessment.criterion_score for all to hamkor_definer using (true) with check (true);
create policy own_side on assessment.criterion_score for select to hamkor_app using (((assessment_id, side) IN ( SELECT m.assessment_id,
    m.side
   FROM assessment.my_sides() m(assessment_id, side))));
create policy scorers on assessment.criterion_score for insert to hamkor_app with check (((scored_by = ( SELECT platform.actor_person() AS actor_person)) AND ((assessment_id, side) IN ( SELECT m.assessment_id,
    m.side
   FROM assessment.my_sides() m(assessment_id, side)))));
grant delete, insert, select, update on table assessment.criterion_score to hamkor_definer;
grant insert, select, update on table assessment.criterion_score to hamkor_app;

create table assessment.document (
	id uuid not null,
	programme_id uuid not null,
	place_id uuid,
	number integer not null,
	title jsonb not null,
	source text not null,
	page text,
	dated date,
	link text,
	file_id uuid,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint document_pkey PRIMARY KEY (id),
	constraint document_programme_id_id_key UNIQUE (programme_id, id),
	constraint document_programme_id_file_id_fkey FOREIGN KEY (programme_id, file_id) REFERENCES platform.file(programme_id, id),
	constraint document_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint document_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id)
);
comment on table assessment.document is 'Evidence from outside: an earlier analysis, a law, a published statistic; source, page, date.';
alter table assessment.document enable row level security;
alter table assessment.document force row level security;
create policy changers on assessment.document for update to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst}'::text[]) AS places_within)::uuid[])))
END) with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst}'::text[]) AS places_within)::uuid[])))
END);
create policy definer on assessment.document for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.document for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy writers on assessment.document for insert to hamkor_app with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst}'::text[]) AS places_within)::uuid[])))
END);
grant delete, insert, select, update on table assessment.document to hamkor_definer;
grant insert, select, update on table assessment.document to hamkor_app;

create table assessment.entity (
	list_id uuid not null,
	id uuid not null,
	programme_id uuid not null,
	label text not null,
	data jsonb default '{}'::jsonb not null,
	version integer default 1 not null,
	removed_at timestamp with time zone,
	changed_by uuid,
	changed_at timestamp with time zone default clock_timestamp() not null,
	constraint entity_pkey PRIMARY KEY (list_id, id),
	constraint entity_label_check CHECK (label <> ''::text),
	constraint entity_programme_id_list_id_fkey FOREIGN KEY (programme_id, list_id) REFERENCES assessment.entity_list(programme_id, id)
);
comment on table assessment.entity is 'One entry of a list. Its id is what a form keeps as the answer, and is its own within the list alone.';
comment on column assessment.entity.data is 'Texts of the list''s further columns.';
comment on column assessment.entity.removed_at is 'Since when it is sent to nobody any more; apps that have it are told so.';
alter table assessment.entity enable row level security;
alter table assessment.entity force row level security;
create policy changers on assessment.entity for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy definer on assessment.entity for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.entity for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy "task collection select" on assessment.entity for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'collection'::text));
create policy writers on assessment.entity for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table assessment.entity to hamkor_definer;
grant insert, select, update on table assessment.entity to hamkor_app;

create table assessment.entity_list (
	id uuid not null,
	programme_id uuid not null,
	name text not null,
	properties jsonb default '[]'::jsonb not null,
	revision integer default 1 not null,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint entity_list_pkey PRIMARY KEY (id),
	constraint entity_list_programme_id_id_key UNIQUE (programme_id, id),
	constraint entity_list_programme_id_name_key UNIQUE (programme_id, name),
	constraint entity_list_name_check CHECK (name ~ '^[A-Za-z_][A-Za-z0-9_-]{0,63}$'::text AND name !~~ '\_\_%'::text),
	constraint entity_list_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id)
);
comment on table assessment.entity_list is 'A list that forms choose from by its name with .csv (select_one_from_file): places, services, groups. Never people.';
comment on column assessment.entity_list.properties is 'Names of the further columns, in their order.';
comment on column assessment.entity_list.revision is 'Grows with every change: what was made of the list is made anew.';
alter table assessment.entity_list enable row level security;
alter table assessment.entity_list force row level security;
create policy changers on assessment.entity_list for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy definer on assessment.entity_list for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.entity_list for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy "task collection select" on assessment.entity_list for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'collection'::text));
create policy writers on assessment.entity_list for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table assessment.entity_list to hamkor_definer;
grant insert, select, update on table assessment.entity_list to hamkor_app;

create table assessment.erased_instance (
	programme_id uuid not null,
	round_id uuid not null,
	instance_sha256 bytea not null,
	erasure_id uuid not null,
	constraint erased_instance_pkey PRIMARY KEY (round_id, instance_sha256),
	constraint erased_instance_erasure_id_fkey FOREIGN KEY (erasure_id) REFERENCES assessment.erasure(id)
);
comment on table assessment.erased_instance is 'SHA-256 of instanceIDs that were erased, so that a phone that sends them again does not bring them back.';
alter table assessment.erased_instance enable row level security;
alter table assessment.erased_instance force row level security;
create policy definer on assessment.erased_instance for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.erased_instance for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,administrator}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table assessment.erased_instance to hamkor_definer;
grant select on table assessment.erased_instance to hamkor_app;

create table assessment.erasure (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	place_id uuid,
	receipt text not null,
	reason text not null,
	note text default ''::text not null,
	versions integer not null,
	files integer not null,
	figures integer not null,
	person_id uuid not null,
	erased_at timestamp with time zone default clock_timestamp() not null,
	constraint erasure_pkey PRIMARY KEY (id),
	constraint erasure_programme_id_id_key UNIQUE (programme_id, id),
	constraint erasure_note_check CHECK (char_length(note) <= 500),
	constraint erasure_reason_check CHECK (reason = ANY (ARRAY['asked'::text, 'no-consent'::text, 'mistake'::text, 'minor'::text, 'danger'::text])),
	constraint erasure_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint erasure_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint erasure_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.erasure is 'A submission that was erased on request: what went and why, nothing of the answers.';
comment on column assessment.erasure.receipt is 'The first eight signs of the erased instanceID: what stood on the respondent''s receipt.';
alter table assessment.erasure enable row level security;
alter table assessment.erasure force row level security;
create policy definer on assessment.erasure for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.erasure for select to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,administrator}'::text[]) AS programmes_with)::uuid[])) OR (round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[]))));
create policy "task exports select" on assessment.erasure for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'exports'::text));
grant delete, insert, select, update on table assessment.erasure to hamkor_definer;
grant select on table assessment.erasure to hamkor_app;

create view assessment.evidence as
 WITH withdrawn AS (
         SELECT withdrawal.evidence_id,
            withdrawal.withdrawn_at
           FROM assessment.withdrawal
          WHERE (withdrawal.reinstated_at IS NULL)
        )
 SELECT e.programme_id,
    'figure'::text AS kind,
    e.id,
    e.place_id,
    e.number,
    e.title,
        CASE
            WHEN (w.evidence_id IS NOT NULL) THEN 'withdrawn'::text
            WHEN (e.frozen_at IS NULL) THEN 'open'::text
            ELSE 'frozen'::text
        END AS state,
    NULL::date AS day,
    e.created_at AS at,
    w.withdrawn_at,
    e.created_by,
    jsonb_build_object('roundId', e.round_id, 'n', e.n) AS facts
   FROM (assessment.figure e
     LEFT JOIN withdrawn w ON ((w.evidence_id = e.id)))
UNION ALL
 SELECT e.programme_id,
    'quotation'::text AS kind,
    e.id,
    e.place_id,
    e.number,
    e.words AS title,
        CASE
            WHEN (w.evidence_id IS NULL) THEN 'stands'::text
            ELSE 'withdrawn'::text
        END AS state,
    e.said_on AS day,
    e.created_at AS at,
    w.withdrawn_at,
    e.created_by,
    '{}'::jsonb AS facts
   FROM (assessment.quotation e
     LEFT JOIN withdrawn w ON ((w.evidence_id = e.id)))
UNION ALL
 SELECT e.programme_id,
    'document'::text AS kind,
    e.id,
    e.place_id,
    e.number,
    e.title,
        CASE
            WHEN (w.evidence_id IS NULL) THEN 'stands'::text
            ELSE 'withdrawn'::text
        END AS state,
    e.dated AS day,
    e.created_at AS at,
    w.withdrawn_at,
    e.created_by,
    '{}'::jsonb AS facts
   FROM (assessment.document e
     LEFT JOIN withdrawn w ON ((w.evidence_id = e.id)))
UNION ALL
 SELECT e.programme_id,
    'score'::text AS kind,
    e.id,
    e.place_id,
    e.number,
    e.title,
        CASE
            WHEN (w.evidence_id IS NULL) THEN 'frozen'::text
            ELSE 'withdrawn'::text
        END AS state,
    NULL::date AS day,
    e.created_at AS at,
    w.withdrawn_at,
    e.created_by,
    jsonb_build_object('roundId', e.round_id, 'n', e.criteria) AS facts
   FROM (assessment.score e
     LEFT JOIN withdrawn w ON ((w.evidence_id = e.id)));
comment on view assessment.evidence is 'What a finding can rest on, of every kind, as the actor sees it, and whether it has been withdrawn.';
grant select on table assessment.evidence to hamkor_app;
grant select on table assessment.evidence to hamkor_definer;

create table assessment.figure (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	place_id uuid,
	number integer not null,
	title jsonb not null,
	measure text not null,
	question text not null,
	split text,
	filter jsonb,
	query_version integer default 1 not null,
	unit text not null,
	n integer not null,
	cut_off timestamp with time zone not null,
	result_sha256 bytea not null,
	frozen_at timestamp with time zone,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	erased_answers integer default 0 not null,
	family_id uuid not null,
	version integer default 1 not null,
	query jsonb,
	search text default ''::text not null,
	sampling jsonb,
	compared_round_id uuid,
	mappings uuid[] default '{}'::uuid[] not null,
	constraint figure_pkey PRIMARY KEY (id),
	constraint figure_family_id_version_key UNIQUE (family_id, version),
	constraint figure_programme_id_id_key UNIQUE (programme_id, id),
	constraint figure_measure_check CHECK (measure = ANY (ARRAY['count'::text, 'share'::text, 'mean'::text, 'median'::text, 'sum'::text])),
	constraint figure_n_check CHECK (n >= 0),
	constraint figure_unit_check CHECK (unit = ANY (ARRAY['people'::text, 'survivors'::text])),
	constraint figure_version_check CHECK (version > 0),
	constraint figure_programme_id_compared_round_id_fkey FOREIGN KEY (programme_id, compared_round_id) REFERENCES assessment.round(programme_id, id),
	constraint figure_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint figure_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.figure is 'A saved query over a round''s answers: what is counted, n, cut-off and the hash of the result. Frozen when first cited.';
comment on column assessment.figure.erased_answers is 'Answers that were counted here and have been erased since. A frozen figure keeps its result: totals, no person.';
comment on column assessment.figure.family_id is 'The first version of the figure; all versions carry its number.';
comment on column assessment.figure.query is 'The whole query (figures/query.ts). Null for figures of query version 1, which measure, question, split, filter and place say whole.';
comment on column assessment.figure.sampling is 'How the people were chosen, as it was stated when the figure was counted.';
comment on column assessment.figure.compared_round_id is 'For a comparison: the earlier round.';
comment on column assessment.figure.mappings is 'For a comparison: the stated mappings (assessment.question_mapping) that it rests on.';
CREATE TRIGGER keep_frozen BEFORE UPDATE ON assessment.figure FOR EACH ROW EXECUTE FUNCTION assessment.keep_frozen();
alter table assessment.figure enable row level security;
alter table assessment.figure force row level security;
create policy changers on assessment.figure for update to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,analyst}'::text[]) AS places_within)::uuid[])))
END) with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,analyst}'::text[]) AS places_within)::uuid[])))
END);
create policy definer on assessment.figure for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.figure for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy writers on assessment.figure for insert to hamkor_app with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,analyst}'::text[]) AS places_within)::uuid[])))
END);
grant delete, insert, select, update on table assessment.figure to hamkor_definer;
grant insert, select, update on table assessment.figure to hamkor_app;

create table assessment.figure_exact (
	programme_id uuid not null,
	figure_id uuid not null,
	cells jsonb not null,
	constraint figure_exact_pkey PRIMARY KEY (figure_id),
	constraint figure_exact_programme_id_figure_id_fkey FOREIGN KEY (programme_id, figure_id) REFERENCES assessment.figure(programme_id, id)
);
comment on table assessment.figure_exact is 'The exact cells of a figure, for the round''s named analysts.';
CREATE TRIGGER keep_cells BEFORE UPDATE ON assessment.figure_exact FOR EACH ROW EXECUTE FUNCTION assessment.keep_cells();
alter table assessment.figure_exact enable row level security;
alter table assessment.figure_exact force row level security;
create policy analysts on assessment.figure_exact for all to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.figure f
  WHERE ((f.id = figure_exact.figure_id) AND (f.round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND ((f.compared_round_id IS NULL) OR (f.compared_round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[]))))))) with check ((EXISTS ( SELECT
   FROM assessment.figure f
  WHERE ((f.id = figure_exact.figure_id) AND (f.round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND ((f.compared_round_id IS NULL) OR (f.compared_round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])))))));
create policy definer on assessment.figure_exact for all to hamkor_definer using (true) with check (true);
create policy "task release select" on assessment.figure_exact for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'release'::text));
grant delete, insert, select, update on table assessment.figure_exact to hamkor_definer;
grant insert, select, update on table assessment.figure_exact to hamkor_app;

create table assessment.figure_protected (
	programme_id uuid not null,
	figure_id uuid not null,
	cells jsonb not null,
	threshold integer not null,
	withheld integer not null,
	constraint figure_protected_pkey PRIMARY KEY (figure_id),
	constraint figure_protected_programme_id_figure_id_fkey FOREIGN KEY (programme_id, figure_id) REFERENCES assessment.figure(programme_id, id)
);
comment on table assessment.figure_protected is 'The cells of a figure as members and authorities may see them: those below the threshold, and what would give them away, withheld.';
CREATE TRIGGER keep_cells BEFORE UPDATE ON assessment.figure_protected FOR EACH ROW EXECUTE FUNCTION assessment.keep_cells();
alter table assessment.figure_protected enable row level security;
alter table assessment.figure_protected force row level security;
create policy changers on assessment.figure_protected for update to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.figure whole
  WHERE ((whole.id = figure_protected.figure_id) AND (whole.programme_id = figure_protected.programme_id)))))) with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.figure whole
  WHERE ((whole.id = figure_protected.figure_id) AND (whole.programme_id = figure_protected.programme_id))))));
create policy definer on assessment.figure_protected for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.figure_protected for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.figure whole
  WHERE ((whole.id = figure_protected.figure_id) AND (whole.programme_id = figure_protected.programme_id)))));
create policy writers on assessment.figure_protected for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.figure whole
  WHERE ((whole.id = figure_protected.figure_id) AND (whole.programme_id = figure_protected.programme_id))))));
grant delete, insert, select, update on table assessment.figure_protected to hamkor_definer;
grant insert, select, update on table assessment.figure_protected to hamkor_app;

create table assessment.finding (
	id uuid not null,
	programme_id uuid not null,
	place_id uuid,
	number integer not null,
	statement jsonb not null,
	search text default ''::text not null,
	state text default 'draft'::text not null,
	stands_since timestamp with time zone,
	withdrawn_at timestamp with time zone,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	updated_at timestamp with time zone default clock_timestamp() not null,
	constraint finding_pkey PRIMARY KEY (id),
	constraint finding_programme_id_id_key UNIQUE (programme_id, id),
	constraint finding_programme_id_number_key UNIQUE (programme_id, number),
	constraint finding_state_check CHECK (state = ANY (ARRAY['draft'::text, 'stands'::text, 'withdrawn'::text])),
	constraint finding_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint finding_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id)
);
comment on table assessment.finding is 'A statement with its evidence attached. Withdrawing it shows what then stands on nothing.';
CREATE CONSTRAINT TRIGGER may_be_told AFTER UPDATE ON assessment.finding DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.state = 'stands'::text) AND (old.state <> 'stands'::text))) EXECUTE FUNCTION assessment.score_may_be_told();
CREATE CONSTRAINT TRIGGER must_rest AFTER INSERT OR UPDATE ON assessment.finding DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION platform.must_rest('finding.without-evidence', 'assessment.finding_figure finding_id assessment.evidence figure_id', 'assessment.finding_quotation finding_id assessment.evidence quotation_id', 'assessment.finding_document finding_id assessment.evidence document_id', 'assessment.finding_score finding_id assessment.evidence score_id');
alter table assessment.finding enable row level security;
alter table assessment.finding force row level security;
create policy changers on assessment.finding for update to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,analyst}'::text[]) AS places_within)::uuid[])))
END) with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,analyst}'::text[]) AS places_within)::uuid[])))
END);
create policy definer on assessment.finding for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.finding for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy writers on assessment.finding for insert to hamkor_app with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,analyst}'::text[]) AS places_within)::uuid[])))
END);
grant delete, insert, select, update on table assessment.finding to hamkor_definer;
grant insert, select, update on table assessment.finding to hamkor_app;

create table assessment.finding_document (
	programme_id uuid not null,
	finding_id uuid not null,
	document_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint finding_document_pkey PRIMARY KEY (finding_id, document_id),
	constraint finding_document_programme_id_document_id_fkey FOREIGN KEY (programme_id, document_id) REFERENCES assessment.document(programme_id, id),
	constraint finding_document_programme_id_finding_id_fkey FOREIGN KEY (programme_id, finding_id) REFERENCES assessment.finding(programme_id, id)
);
comment on table assessment.finding_document is 'Citation: assessment.finding rests on assessment.document.';
CREATE INDEX finding_document_document_id_idx ON assessment.finding_document USING btree (document_id);
CREATE TRIGGER cite_standing_document_id AFTER INSERT ON assessment.finding_document FOR EACH ROW WHEN ((new.document_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('document_id');
CREATE TRIGGER keep_citation BEFORE DELETE ON assessment.finding_document FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('assessment.finding', 'finding_id');
alter table assessment.finding_document enable row level security;
alter table assessment.finding_document force row level security;
create policy cited on assessment.finding_document as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.document c
  WHERE ((c.id = finding_document.document_id) AND (c.programme_id = finding_document.programme_id)))));
create policy definer on assessment.finding_document for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.finding_document for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.finding whole
  WHERE ((whole.id = finding_document.finding_id) AND (whole.programme_id = finding_document.programme_id)))));
create policy removers on assessment.finding_document for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.finding whole
  WHERE ((whole.id = finding_document.finding_id) AND (whole.programme_id = finding_document.programme_id))))));
create policy writers on assessment.finding_document for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.finding whole
  WHERE ((whole.id = finding_document.finding_id) AND (whole.programme_id = finding_document.programme_id))))));
grant delete, insert, select on table assessment.finding_document to hamkor_app;
grant delete, insert, select, update on table assessment.finding_document to hamkor_definer;

create table assessment.finding_figure (
	programme_id uuid not null,
	finding_id uuid not null,
	figure_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint finding_figure_pkey PRIMARY KEY (finding_id, figure_id),
	constraint finding_figure_programme_id_figure_id_fkey FOREIGN KEY (programme_id, figure_id) REFERENCES assessment.figure(programme_id, id),
	constraint finding_figure_programme_id_finding_id_fkey FOREIGN KEY (programme_id, finding_id) REFERENCES assessment.finding(programme_id, id)
);
comment on table assessment.finding_figure is 'Citation: assessment.finding rests on assessment.figure.';
CREATE INDEX finding_figure_figure_id_idx ON assessment.finding_figure USING btree (figure_id);
CREATE TRIGGER cite_standing_figure_id AFTER INSERT ON assessment.finding_figure FOR EACH ROW WHEN ((new.figure_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('figure_id');
CREATE TRIGGER freeze_cited AFTER INSERT ON assessment.finding_figure FOR EACH ROW EXECUTE FUNCTION assessment.freeze_figure();
CREATE TRIGGER keep_citation BEFORE DELETE ON assessment.finding_figure FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('assessment.finding', 'finding_id');
alter table assessment.finding_figure enable row level security;
alter table assessment.finding_figure force row level security;
create policy cited on assessment.finding_figure as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.figure c
  WHERE ((c.id = finding_figure.figure_id) AND (c.programme_id = finding_figure.programme_id)))));
create policy definer on assessment.finding_figure for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.finding_figure for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.finding whole
  WHERE ((whole.id = finding_figure.finding_id) AND (whole.programme_id = finding_figure.programme_id)))));
create policy removers on assessment.finding_figure for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.finding whole
  WHERE ((whole.id = finding_figure.finding_id) AND (whole.programme_id = finding_figure.programme_id))))));
create policy writers on assessment.finding_figure for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.finding whole
  WHERE ((whole.id = finding_figure.finding_id) AND (whole.programme_id = finding_figure.programme_id))))));
grant delete, insert, select on table assessment.finding_figure to hamkor_app;
grant delete, insert, select, update on table assessment.finding_figure to hamkor_definer;

create table assessment.finding_quotation (
	programme_id uuid not null,
	finding_id uuid not null,
	quotation_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint finding_quotation_pkey PRIMARY KEY (finding_id, quotation_id),
	constraint finding_quotation_programme_id_finding_id_fkey FOREIGN KEY (programme_id, finding_id) REFERENCES assessment.finding(programme_id, id),
	constraint finding_quotation_programme_id_quotation_id_fkey FOREIGN KEY (programme_id, quotation_id) REFERENCES assessment.quotation(programme_id, id)
);
comment on table assessment.finding_quotation is 'Citation: assessment.finding rests on assessment.quotation.';
CREATE INDEX finding_quotation_quotation_id_idx ON assessment.finding_quotation USING btree (quotation_id);
CREATE TRIGGER cite_standing_quotation_id AFTER INSERT ON assessment.finding_quotation FOR EACH ROW WHEN ((new.quotation_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('quotation_id');
CREATE TRIGGER keep_citation BEFORE DELETE ON assessment.finding_quotation FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('assessment.finding', 'finding_id');
alter table assessment.finding_quotation enable row level security;
alter table assessment.finding_quotation force row level security;
create policy cited on assessment.finding_quotation as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.quotation c
  WHERE ((c.id = finding_quotation.quotation_id) AND (c.programme_id = finding_quotation.programme_id)))));
create policy definer on assessment.finding_quotation for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.finding_quotation for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.finding whole
  WHERE ((whole.id = finding_quotation.finding_id) AND (whole.programme_id = finding_quotation.programme_id)))));
create policy removers on assessment.finding_quotation for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.finding whole
  WHERE ((whole.id = finding_quotation.finding_id) AND (whole.programme_id = finding_quotation.programme_id))))));
create policy writers on assessment.finding_quotation for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.finding whole
  WHERE ((whole.id = finding_quotation.finding_id) AND (whole.programme_id = finding_quotation.programme_id))))));
grant delete, insert, select on table assessment.finding_quotation to hamkor_app;
grant delete, insert, select, update on table assessment.finding_quotation to hamkor_definer;

create table assessment.finding_score (
	programme_id uuid not null,
	finding_id uuid not null,
	score_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint finding_score_pkey PRIMARY KEY (finding_id, score_id),
	constraint finding_score_programme_id_finding_id_fkey FOREIGN KEY (programme_id, finding_id) REFERENCES assessment.finding(programme_id, id),
	constraint finding_score_programme_id_score_id_fkey FOREIGN KEY (programme_id, score_id) REFERENCES assessment.score(programme_id, id)
);
comment on table assessment.finding_score is 'Citation: assessment.finding rests on assessment.score.';
CREATE INDEX finding_score_score_id_idx ON assessment.finding_score USING btree (score_id);
CREATE TRIGGER cite_standing_score_id AFTER INSERT ON assessment.finding_score FOR EACH ROW WHEN ((new.score_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('score_id');
CREATE TRIGGER keep_citation BEFORE DELETE ON assessment.finding_score FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('assessment.finding', 'finding_id');
CREATE CONSTRAINT TRIGGER may_be_told AFTER INSERT ON assessment.finding_score DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assessment.score_may_be_told();
alter table assessment.finding_score enable row level security;
alter table assessment.finding_score force row level security;
create policy cited on assessment.finding_score as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.score c
  WHERE ((c.id = finding_score.score_id) AND (c.programme_id = finding_score.programme_id)))));
create policy definer on assessment.finding_score for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.finding_score for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.finding whole
  WHERE ((whole.id = finding_score.finding_id) AND (whole.programme_id = finding_score.programme_id)))));
create policy removers on assessment.finding_score for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.finding whole
  WHERE ((whole.id = finding_score.finding_id) AND (whole.programme_id = finding_score.programme_id))))));
create policy writers on assessment.finding_score for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.finding whole
  WHERE ((whole.id = finding_score.finding_id) AND (whole.programme_id = finding_score.programme_id))))));
grant delete, insert, select on table assessment.finding_score to hamkor_app;
grant delete, insert, select, update on table assessment.finding_score to hamkor_definer;

create table assessment.form_file (
	id uuid not null,
	programme_id uuid not null,
	version_id uuid,
	draft_id uuid,
	name text not null,
	file_id uuid not null,
	sha256 bytea not null,
	md5 text not null,
	media_type text not null,
	bytes bigint not null,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint form_file_pkey PRIMARY KEY (id),
	constraint form_file_draft_id_name_key UNIQUE (draft_id, name),
	constraint form_file_version_id_name_key UNIQUE (version_id, name),
	constraint form_file_bytes_check CHECK (bytes > 0),
	constraint form_file_check CHECK (num_nonnulls(version_id, draft_id) = 1),
	constraint form_file_md5_check CHECK (md5 ~ '^[0-9a-f]{32}$'::text),
	constraint form_file_name_check CHECK (name <> ''::text AND name !~ '[/\\]'::text),
	constraint form_file_programme_id_draft_id_fkey FOREIGN KEY (programme_id, draft_id) REFERENCES assessment.instrument_draft(programme_id, id),
	constraint form_file_programme_id_file_id_fkey FOREIGN KEY (programme_id, file_id) REFERENCES platform.file(programme_id, id),
	constraint form_file_programme_id_version_id_fkey FOREIGN KEY (programme_id, version_id) REFERENCES assessment.instrument_version(programme_id, id)
);
comment on table assessment.form_file is 'A file that a form names, as it goes out with it: of a version, or of a draft. Of a version in use none is added or removed.';
comment on column assessment.form_file.sha256 is 'Where the content lies. It stands here as well as at the file, which those who collect do not see.';
comment on column assessment.form_file.md5 is 'MD5 of the content in hexadecimal: how a collection app recognises a file that it has already.';
CREATE INDEX form_file_file_id_idx ON assessment.form_file USING btree (file_id);
CREATE TRIGGER keep_form_file BEFORE INSERT OR DELETE ON assessment.form_file FOR EACH ROW EXECUTE FUNCTION assessment.keep_form_file();
alter table assessment.form_file enable row level security;
alter table assessment.form_file force row level security;
create policy definer on assessment.form_file for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.form_file for select to hamkor_app using (((( SELECT platform.actor_kind() AS actor_kind) = ANY (ARRAY['person'::text, 'token'::text])) AND ((EXISTS ( SELECT
   FROM assessment.instrument_version v
  WHERE (v.id = form_file.version_id))) OR (EXISTS ( SELECT
   FROM assessment.instrument_draft d
  WHERE (d.id = form_file.draft_id))))));
create policy removers on assessment.form_file for delete to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy "task collection select" on assessment.form_file for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'collection'::text));
create policy writers on assessment.form_file for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select on table assessment.form_file to hamkor_app;
grant delete, insert, select, update on table assessment.form_file to hamkor_definer;

create table assessment.instrument (
	id uuid not null,
	programme_id uuid not null,
	form_id text not null,
	title jsonb not null,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint instrument_pkey PRIMARY KEY (id),
	constraint instrument_programme_id_form_id_key UNIQUE (programme_id, form_id),
	constraint instrument_programme_id_id_key UNIQUE (programme_id, id),
	constraint instrument_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id)
);
comment on table assessment.instrument is 'A questionnaire; its form_id is that of the XLSForm.';
alter table assessment.instrument enable row level security;
alter table assessment.instrument force row level security;
create policy changers on assessment.instrument for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy definer on assessment.instrument for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.instrument for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy "task collection select" on assessment.instrument for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'collection'::text));
create policy token on assessment.instrument for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.instrument_version v
  WHERE ((v.instrument_id = instrument.id) AND (( SELECT assessment.collecting_round() AS collecting_round) IS NOT NULL)))));
create policy writers on assessment.instrument for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table assessment.instrument to hamkor_definer;
grant insert, select, update on table assessment.instrument to hamkor_app;

create table assessment.instrument_draft (
	id uuid not null,
	programme_id uuid not null,
	title jsonb not null,
	book jsonb not null,
	revision integer default 1 not null,
	"position" integer default 0 not null,
	based_on_id uuid,
	state text default 'open'::text not null,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	changed_by uuid,
	changed_at timestamp with time zone default clock_timestamp() not null,
	constraint instrument_draft_pkey PRIMARY KEY (id),
	constraint instrument_draft_programme_id_id_key UNIQUE (programme_id, id),
	constraint instrument_draft_state_check CHECK (state = ANY (ARRAY['open'::text, 'put-away'::text])),
	constraint instrument_draft_programme_id_based_on_id_fkey FOREIGN KEY (programme_id, based_on_id) REFERENCES assessment.instrument_version(programme_id, id),
	constraint instrument_draft_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id)
);
comment on table assessment.instrument_draft is 'An instrument being written: its sheets, cell by cell. Becomes a version when it is saved as one.';
comment on column assessment.instrument_draft.revision is 'Grows with every change; who changes what somebody else has changed meanwhile is told.';
comment on column assessment.instrument_draft."position" is 'The step that stands now; steps after it were taken back and can be done again.';
comment on column assessment.instrument_draft.based_on_id is 'The version it was started from or saved as last: what it is compared with.';
alter table assessment.instrument_draft enable row level security;
alter table assessment.instrument_draft force row level security;
create policy changers on assessment.instrument_draft for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy definer on assessment.instrument_draft for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.instrument_draft for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy writers on assessment.instrument_draft for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table assessment.instrument_draft to hamkor_definer;
grant insert, select, update on table assessment.instrument_draft to hamkor_app;

create table assessment.instrument_draft_step (
	programme_id uuid not null,
	draft_id uuid not null,
	"position" integer not null,
	book jsonb not null,
	person_id uuid,
	made_at timestamp with time zone default clock_timestamp() not null,
	constraint instrument_draft_step_pkey PRIMARY KEY (draft_id, "position"),
	constraint instrument_draft_step_programme_id_draft_id_fkey FOREIGN KEY (programme_id, draft_id) REFERENCES assessment.instrument_draft(programme_id, id)
);
comment on table assessment.instrument_draft_step is 'A draft as it stood after each of its latest changes, so that changes can be taken back.';
alter table assessment.instrument_draft_step enable row level security;
alter table assessment.instrument_draft_step force row level security;
create policy definer on assessment.instrument_draft_step for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.instrument_draft_step for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.instrument_draft whole
  WHERE ((whole.id = instrument_draft_step.draft_id) AND (whole.programme_id = instrument_draft_step.programme_id)))));
create policy removers on assessment.instrument_draft_step for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.instrument_draft whole
  WHERE ((whole.id = instrument_draft_step.draft_id) AND (whole.programme_id = instrument_draft_step.programme_id))))));
create policy writers on assessment.instrument_draft_step for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.instrument_draft whole
  WHERE ((whole.id = instrument_draft_step.draft_id) AND (whole.programme_id = instrument_draft_step.programme_id))))));
grant delete, insert, select on table assessment.instrument_draft_step to hamkor_app;
grant delete, insert, select, update on table assessment.instrument_draft_step to hamkor_definer;

create table assessment.instrument_version (
	id uuid not null,
	programme_id uuid not null,
	instrument_id uuid not null,
	version text not null,
	source_file_id uuid,
	xform text not null,
	model jsonb not null,
	warnings jsonb default '[]'::jsonb not null,
	identifying jsonb default '[]'::jsonb not null,
	md5 text not null,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	workbook jsonb,
	named_files jsonb default '[]'::jsonb not null,
	constraint instrument_version_pkey PRIMARY KEY (id),
	constraint instrument_version_instrument_id_version_key UNIQUE (instrument_id, version),
	constraint instrument_version_programme_id_id_key UNIQUE (programme_id, id),
	constraint instrument_version_programme_id_instrument_id_fkey FOREIGN KEY (programme_id, instrument_id) REFERENCES assessment.instrument(programme_id, id),
	constraint instrument_version_programme_id_source_file_id_fkey FOREIGN KEY (programme_id, source_file_id) REFERENCES platform.file(programme_id, id)
);
comment on table assessment.instrument_version is 'An immutable version: the XForm, the model of its questions, and the questions that may identify a person.';
comment on column assessment.instrument_version.workbook is 'The sheets from which the version was made, as text; null for versions from before sheets were kept (their source file is).';
comment on column assessment.instrument_version.named_files is 'Files that the XForm names: name, use (image, audio, video, table), and the columns that lists of choices take from a table.';
alter table assessment.instrument_version enable row level security;
alter table assessment.instrument_version force row level security;
create policy definer on assessment.instrument_version for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.instrument_version for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy "task collection select" on assessment.instrument_version for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'collection'::text));
create policy "task figures select" on assessment.instrument_version for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'figures'::text));
create policy "task quality select" on assessment.instrument_version for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'quality'::text));
create policy "task recheck select" on assessment.instrument_version for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'recheck'::text));
create policy token on assessment.instrument_version for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.round r
  WHERE ((r.instrument_version_id = instrument_version.id) AND (r.id = ( SELECT assessment.collecting_round() AS collecting_round))))));
create policy writers on assessment.instrument_version for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table assessment.instrument_version to hamkor_definer;
grant insert, select on table assessment.instrument_version to hamkor_app;

create table assessment.interview (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid,
	place_id uuid,
	number integer not null,
	kind text not null,
	organisation_type text,
	held_on date,
	language text not null,
	consent_level text not null,
	coders_wanted integer default 2 not null,
	body text not null,
	struck integer default 0 not null,
	made_up boolean default false not null,
	erased_at timestamp with time zone,
	erased_reason text,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint interview_pkey PRIMARY KEY (id),
	constraint interview_programme_id_id_key UNIQUE (programme_id, id),
	constraint interview_programme_id_number_key UNIQUE (programme_id, number),
	constraint interview_coders_wanted_check CHECK (coders_wanted = ANY (ARRAY[1, 2])),
	constraint interview_consent_level_check CHECK (consent_level = ANY (ARRAY['none'::text, 'analysis'::text, 'anonymous'::text, 'role'::text])),
	constraint interview_kind_check CHECK (kind = ANY (ARRAY['interview'::text, 'focus_group'::text])),
	constraint interview_language_check CHECK (language = ANY (ARRAY['uz'::text, 'uz-Cyrl'::text, 'ru'::text, 'kaa'::text, 'en'::text])),
	constraint interview_organisation_type_check CHECK (organisation_type = ANY (ARRAY['cso'::text, 'women_led_cso'::text, 'cso_shelter'::text, 'state_rehabilitation_centre'::text, 'local_authority'::text, 'makhalla_committee'::text, 'community_security_working_group'::text, 'ministry'::text, 'commission'::text, 'national_centre'::text, 'donor'::text, 'ingo'::text])),
	constraint interview_struck_check CHECK (struck >= 0),
	constraint interview_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint interview_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint interview_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.interview is 'An interview or focus group as text, stored after masking and never before it: who spoke is an organisation type, never a name.';
comment on column assessment.interview.consent_level is 'What the person agreed to: none (analysed, never quoted), analysis (quoted inside the programme), anonymous (quoted without role), role (quoted with the role).';
comment on column assessment.interview.body is 'The masked text, in Unicode NFC with single line feeds; positions in it count code points from 0.';
comment on column assessment.interview.struck is 'How many passages were struck.';
CREATE TRIGGER hold_interview AFTER UPDATE ON assessment.interview FOR EACH ROW EXECUTE FUNCTION assessment.hold_interview();
alter table assessment.interview enable row level security;
alter table assessment.interview force row level security;
create policy changers on assessment.interview for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND
CASE
    WHEN (round_id IS NULL) THEN (programme_id = ANY (( SELECT assessment.interview_programmes() AS interview_programmes)::uuid[]))
    ELSE (round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[]))
END));
create policy definer on assessment.interview for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.interview for select to hamkor_app using (
CASE
    WHEN (round_id IS NULL) THEN (programme_id = ANY (( SELECT assessment.interview_programmes() AS interview_programmes)::uuid[]))
    ELSE (round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[]))
END);
create policy writers on assessment.interview for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND
CASE
    WHEN (round_id IS NULL) THEN (programme_id = ANY (( SELECT assessment.interview_programmes() AS interview_programmes)::uuid[]))
    ELSE (round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[]))
END));
grant delete, insert, select, update on table assessment.interview to hamkor_definer;
grant insert, select, update on table assessment.interview to hamkor_app;

create table assessment.interview_analyst (
	programme_id uuid not null,
	person_id uuid not null,
	constraint interview_analyst_pkey PRIMARY KEY (programme_id, person_id),
	constraint interview_analyst_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint interview_analyst_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id)
);
comment on table assessment.interview_analyst is 'Who reads interviews that belong to no round. Interviews of a round are read by its named analysts.';
alter table assessment.interview_analyst enable row level security;
alter table assessment.interview_analyst force row level security;
create policy definer on assessment.interview_analyst for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.interview_analyst for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy removers on assessment.interview_analyst for delete to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])));
create policy writers on assessment.interview_analyst for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select on table assessment.interview_analyst to hamkor_app;
grant delete, insert, select, update on table assessment.interview_analyst to hamkor_definer;

create table assessment.interview_memo (
	programme_id uuid not null,
	coding_id uuid not null,
	memo text not null,
	constraint interview_memo_pkey PRIMARY KEY (coding_id),
	constraint interview_memo_programme_id_coding_id_fkey FOREIGN KEY (programme_id, coding_id) REFERENCES assessment.coding(programme_id, id)
);
comment on table assessment.interview_memo is 'A coder''s memo on a whole interview.';
alter table assessment.interview_memo enable row level security;
alter table assessment.interview_memo force row level security;
create policy changers on assessment.interview_memo for update to hamkor_app using ((coding_id = ANY (( SELECT assessment.written_codings() AS written_codings)::uuid[]))) with check ((coding_id = ANY (( SELECT assessment.written_codings() AS written_codings)::uuid[])));
create policy definer on assessment.interview_memo for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.interview_memo for select to hamkor_app using ((coding_id = ANY (( SELECT assessment.seen_codings() AS seen_codings)::uuid[])));
create policy removers on assessment.interview_memo for delete to hamkor_app using ((coding_id = ANY (( SELECT assessment.written_codings() AS written_codings)::uuid[])));
create policy writers on assessment.interview_memo for insert to hamkor_app with check ((coding_id = ANY (( SELECT assessment.written_codings() AS written_codings)::uuid[])));
grant delete, insert, select, update on table assessment.interview_memo to hamkor_app;
grant delete, insert, select, update on table assessment.interview_memo to hamkor_definer;

create table assessment.quality_flag (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	submission_id uuid not null,
	rule text not null,
	key text default ''::text not null,
	facts jsonb default '{}'::jsonb not null,
	found_at timestamp with time zone default clock_timestamp() not null,
	dismissed_at timestamp with time zone,
	dismissed_by uuid,
	dismissed_reason text,
	constraint quality_flag_pkey PRIMARY KEY (id),
	constraint quality_flag_submission_id_rule_key_key UNIQUE (submission_id, rule, key),
	constraint quality_flag_check CHECK ((dismissed_at IS NULL) = (dismissed_by IS NULL) AND (dismissed_at IS NULL) = (dismissed_reason IS NULL)),
	constraint quality_flag_dismissed_reason_check CHECK (char_length(dismissed_reason) <= 1000),
	constraint quality_flag_rule_check CHECK (rule = ANY (ARRAY['constraint'::text, 'required'::text, 'choice'::text, 'irrelevant'::text, 'unreadable'::text, 'same-answers'::text, 'same-key'::text, 'overlap'::text, 'soon-after'::text, 'outlier'::text, 'too-fast'::text, 'straight-line'::text])),
	constraint quality_flag_dismissed_by_fkey FOREIGN KEY (dismissed_by) REFERENCES network.person(id),
	constraint quality_flag_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id),
	constraint quality_flag_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES assessment.submission(id)
);
comment on table assessment.quality_flag is 'Something about a submission that a person should look at: the rule that found it, where (key: a question''s path or another submission), and the numbers that the rule compared.';
CREATE INDEX quality_flag_round_id_rule_idx ON assessment.quality_flag USING btree (round_id, rule) WHERE (dismissed_at IS NULL);
alter table assessment.quality_flag enable row level security;
alter table assessment.quality_flag force row level security;
create policy carriers on assessment.quality_flag for insert to hamkor_app with check (((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst,reviewer}'::text[]) AS programmes_with)::uuid[])) AND (dismissed_at IS NOT NULL)));
create policy definer on assessment.quality_flag for all to hamkor_definer using (true) with check (true);
create policy dismissers on assessment.quality_flag for update to hamkor_app using (((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst,reviewer}'::text[]) AS programmes_with)::uuid[])))) with check (((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND (dismissed_by = ( SELECT platform.actor_person() AS actor_person))));
create policy readers on assessment.quality_flag for select to hamkor_app using ((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])));
create policy reopeners on assessment.quality_flag for update to hamkor_app using (((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst,reviewer}'::text[]) AS programmes_with)::uuid[])))) with check (((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND (dismissed_at IS NULL)));
create policy "task quality all" on assessment.quality_flag for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'quality'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'quality'::text));
create policy "task recheck insert" on assessment.quality_flag for insert to hamkor_app with check ((( SELECT platform.actor_task() AS actor_task) = 'recheck'::text));
create policy "task recheck select" on assessment.quality_flag for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'recheck'::text));
grant delete, insert, select, update on table assessment.quality_flag to hamkor_app;
grant delete, insert, select, update on table assessment.quality_flag to hamkor_definer;

create table assessment.question_mapping (
	id uuid not null,
	programme_id uuid not null,
	earlier_version_id uuid not null,
	later_version_id uuid not null,
	earlier_path text not null,
	later_path text not null,
	kind text not null,
	choices jsonb default '[]'::jsonb not null,
	scale double precision,
	reason jsonb not null,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	replaced_at timestamp with time zone,
	constraint question_mapping_pkey PRIMARY KEY (id),
	constraint question_mapping_programme_id_id_key UNIQUE (programme_id, id),
	constraint question_mapping_check CHECK (earlier_version_id <> later_version_id),
	constraint question_mapping_kind_check CHECK (kind = ANY (ARRAY['same'::text, 'recoded'::text, 'merged'::text, 'not_comparable'::text])),
	constraint question_mapping_programme_id_earlier_version_id_fkey FOREIGN KEY (programme_id, earlier_version_id) REFERENCES assessment.instrument_version(programme_id, id),
	constraint question_mapping_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint question_mapping_programme_id_later_version_id_fkey FOREIGN KEY (programme_id, later_version_id) REFERENCES assessment.instrument_version(programme_id, id)
);
comment on table assessment.question_mapping is 'What somebody has stated about a question of an earlier version of an instrument and one of a later: how answers to the two compare, and why. Never changed: a new statement replaces it.';
CREATE UNIQUE INDEX question_mapping_earlier_version_id_later_version_id_later__idx ON assessment.question_mapping USING btree (earlier_version_id, later_version_id, later_path) WHERE (replaced_at IS NULL);
CREATE TRIGGER keep_mapping BEFORE UPDATE ON assessment.question_mapping FOR EACH ROW EXECUTE FUNCTION assessment.keep_mapping();
alter table assessment.question_mapping enable row level security;
alter table assessment.question_mapping force row level security;
create policy changers on assessment.question_mapping for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy definer on assessment.question_mapping for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.question_mapping for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy writers on assessment.question_mapping for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table assessment.question_mapping to hamkor_definer;
grant insert, select, update on table assessment.question_mapping to hamkor_app;

create table assessment.quotation (
	id uuid not null,
	programme_id uuid not null,
	place_id uuid,
	round_id uuid,
	number integer not null,
	words jsonb not null,
	spoken_by jsonb not null,
	said_on date,
	consent_level text not null,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	interview_id uuid,
	segment_id uuid,
	constraint quotation_pkey PRIMARY KEY (id),
	constraint quotation_programme_id_id_key UNIQUE (programme_id, id),
	constraint quotation_check CHECK (segment_id IS NULL OR interview_id IS NOT NULL),
	constraint quotation_consent_level_check CHECK (consent_level = ANY (ARRAY['internal'::text, 'anonymous'::text, 'public'::text])),
	constraint quotation_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint quotation_programme_id_interview_id_fkey FOREIGN KEY (programme_id, interview_id) REFERENCES assessment.interview(programme_id, id),
	constraint quotation_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint quotation_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id),
	constraint quotation_programme_id_segment_id_fkey FOREIGN KEY (programme_id, segment_id) REFERENCES assessment.segment(programme_id, id) ON DELETE SET NULL (segment_id)
);
comment on table assessment.quotation is 'Words said to the programme, by a role and never by a name. consent_level internal: members only; anonymous: may be published without place; public: may be published as it stands.';
comment on column assessment.quotation.interview_id is 'The interview it was said in; its consent level bounds the quotation''s.';
comment on column assessment.quotation.segment_id is 'The coded passage it was taken from; null again when the passage was erased.';
CREATE INDEX quotation_interview_id_idx ON assessment.quotation USING btree (interview_id) WHERE (interview_id IS NOT NULL);
CREATE INDEX quotation_segment_id_idx ON assessment.quotation USING btree (segment_id) WHERE (segment_id IS NOT NULL);
CREATE TRIGGER hold_quotation_consent BEFORE INSERT OR UPDATE ON assessment.quotation FOR EACH ROW EXECUTE FUNCTION assessment.hold_quotation_consent();
alter table assessment.quotation enable row level security;
alter table assessment.quotation force row level security;
create policy changers on assessment.quotation for update to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,analyst}'::text[]) AS places_within)::uuid[])))
END) with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,analyst}'::text[]) AS places_within)::uuid[])))
END);
create policy definer on assessment.quotation for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.quotation for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy writers on assessment.quotation for insert to hamkor_app with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,analyst}'::text[]) AS places_within)::uuid[])))
END);
grant delete, insert, select, update on table assessment.quotation to hamkor_definer;
grant insert, select, update on table assessment.quotation to hamkor_app;

create table assessment.reconciliation (
	programme_id uuid not null,
	assessment_id uuid not null,
	revision integer not null,
	criterion text not null,
	civil_score smallint,
	civil_na boolean default false not null,
	authority_score smallint,
	authority_na boolean default false not null,
	dissent boolean generated always as (((civil_score IS DISTINCT FROM authority_score) OR (civil_na <> authority_na))) stored not null,
	civil_reason text default ''::text not null,
	authority_reason text default ''::text not null,
	reason text default ''::text not null,
	decided_by uuid,
	decided_at timestamp with time zone default clock_timestamp() not null,
	constraint reconciliation_pkey PRIMARY KEY (assessment_id, revision, criterion),
	constraint reconciliation_authority_reason_check CHECK (char_length(authority_reason) <= 1000),
	constraint reconciliation_authority_score_check CHECK (authority_score >= 0 AND authority_score <= 3),
	constraint reconciliation_check CHECK (civil_na = (civil_score IS NULL) AND authority_na = (authority_score IS NULL)),
	constraint reconciliation_check1 CHECK (NOT civil_score IS DISTINCT FROM authority_score OR civil_reason <> ''::text AND authority_reason <> ''::text),
	constraint reconciliation_civil_reason_check CHECK (char_length(civil_reason) <= 1000),
	constraint reconciliation_civil_score_check CHECK (civil_score >= 0 AND civil_score <= 3),
	constraint reconciliation_reason_check CHECK (char_length(reason) <= 1000),
	constraint reconciliation_revision_check CHECK (revision > 0),
	constraint reconciliation_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES network.person(id),
	constraint reconciliation_programme_id_assessment_id_fkey FOREIGN KEY (programme_id, assessment_id) REFERENCES assessment.service_assessment(programme_id, id)
);
comment on table assessment.reconciliation is 'Where the two sides stand on a criterion after talking: on one score, or each on its own with its reason (dissent). Without decided_by both had said the same from the start.';
CREATE TRIGGER hold_reconciliation BEFORE INSERT OR UPDATE ON assessment.reconciliation FOR EACH ROW EXECUTE FUNCTION assessment.hold_reconciliation();
alter table assessment.reconciliation enable row level security;
alter table assessment.reconciliation force row level security;
create policy agreed on assessment.reconciliation for select to hamkor_app using (((assessment_id, revision) IN ( SELECT r.assessment_id,
    r.revision
   FROM assessment.agreed_results() r(assessment_id, revision))));
create policy changers on assessment.reconciliation for update to hamkor_app using ((assessment_id IN ( SELECT m.assessment_id
   FROM assessment.my_sides() m(assessment_id, side)))) with check (((assessment_id IN ( SELECT m.assessment_id
   FROM assessment.my_sides() m(assessment_id, side))) AND (decided_by = ( SELECT platform.actor_person() AS actor_person))));
create policy circle on assessment.reconciliation for select to hamkor_app using ((assessment_id = ANY (( SELECT assessment.open_sheets() AS open_sheets)::uuid[])));
create policy definer on assessment.reconciliation for all to hamkor_definer using (true) with check (true);
create policy scorers on assessment.reconciliation for insert to hamkor_app with check ((assessment_id IN ( SELECT m.assessment_id
   FROM assessment.my_sides() m(assessment_id, side))));
grant delete, insert, select, update on table assessment.reconciliation to hamkor_definer;
grant insert, select, update on table assessment.reconciliation to hamkor_app;

create table assessment.refusal (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	place_id uuid,
	token_id uuid,
	person_id uuid,
	during boolean not null,
	declined_on date not null,
	received_at timestamp with time zone default clock_timestamp() not null,
	made_up boolean default false not null,
	constraint refusal_pkey PRIMARY KEY (id),
	constraint refusal_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint refusal_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.refusal is 'Somebody declined to be asked (during: stopped in the middle, and her answers were deleted). Nothing about the person, no reason, no time of day.';
comment on column assessment.refusal.person_id is 'The collector who asked, signed in under his own name; never the person who was asked.';
comment on column assessment.refusal.declined_on is 'The day, by the clock of the device that was there.';
CREATE INDEX refusal_round_id_idx ON assessment.refusal USING btree (round_id);
CREATE INDEX refusal_token_id_idx ON assessment.refusal USING btree (token_id) WHERE (token_id IS NOT NULL);
CREATE TRIGGER hold_refusals AFTER INSERT ON assessment.refusal FOR EACH ROW WHEN ((new.token_id IS NOT NULL)) EXECUTE FUNCTION assessment.hold_refusals();
alter table assessment.refusal enable row level security;
alter table assessment.refusal force row level security;
create policy actors_send on assessment.refusal for insert to hamkor_app with check (
CASE ( SELECT platform.actor_kind() AS actor_kind)
    WHEN 'token'::text THEN ((token_id = ( SELECT platform.actor_token() AS actor_token)) AND (person_id IS NULL) AND (round_id = ( SELECT assessment.collecting_round() AS collecting_round)))
    WHEN 'person'::text THEN ((person_id = ( SELECT platform.actor_person() AS actor_person)) AND (token_id IS NULL) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,official}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
       FROM assessment.round r
      WHERE ((r.id = refusal.round_id) AND (r.state = 'open'::text)))))
    ELSE false
END);
create policy definer on assessment.refusal for all to hamkor_definer using (true) with check (true);
grant delete, insert, select, update on table assessment.refusal to hamkor_definer;
grant insert, select on table assessment.refusal to hamkor_app;

create table assessment.review (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	submission_id uuid not null,
	state text not null,
	note text default ''::text not null,
	person_id uuid not null,
	reviewed_at timestamp with time zone default clock_timestamp() not null,
	constraint review_pkey PRIMARY KEY (id),
	constraint review_note_check CHECK (char_length(note) <= 2000),
	constraint review_state_check CHECK (state = ANY (ARRAY['received'::text, 'has_issues'::text, 'approved'::text, 'rejected'::text])),
	constraint review_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint review_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id),
	constraint review_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES assessment.submission(id)
);
comment on table assessment.review is 'What a named analyst said of a submission, each time; the last word stands in submission.review_state.';
CREATE INDEX review_submission_id_reviewed_at_idx ON assessment.review USING btree (submission_id, reviewed_at);
CREATE TRIGGER hold_review AFTER INSERT ON assessment.review FOR EACH ROW EXECUTE FUNCTION assessment.hold_review();
alter table assessment.review enable row level security;
alter table assessment.review force row level security;
create policy definer on assessment.review for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.review for select to hamkor_app using ((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])));
create policy writers on assessment.review for insert to hamkor_app with check (((person_id = ( SELECT platform.actor_person() AS actor_person)) AND (round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst,reviewer}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.submission s
  WHERE ((s.id = review.submission_id) AND (s.round_id = review.round_id))))));
grant delete, insert, select, update on table assessment.review to hamkor_definer;
grant insert, select on table assessment.review to hamkor_app;

create table assessment.round (
	id uuid not null,
	programme_id uuid not null,
	instrument_version_id uuid not null,
	number integer not null,
	name jsonb not null,
	kind text not null,
	unit text not null,
	opens_on date,
	closes_on date,
	state text default 'draft'::text not null,
	sensitive boolean default false not null,
	consent jsonb default '{}'::jsonb not null,
	refusal jsonb default '{}'::jsonb not null,
	minors jsonb default '{}'::jsonb not null,
	distress jsonb default '{}'::jsonb not null,
	opened_at timestamp with time zone,
	closed_at timestamp with time zone,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	joint boolean default false not null,
	target_question text,
	key_questions text[] default '{}'::text[] not null,
	shortest_minutes integer,
	constraint round_pkey PRIMARY KEY (id),
	constraint round_programme_id_id_key UNIQUE (programme_id, id),
	constraint round_check CHECK (closes_on IS NULL OR opens_on IS NULL OR closes_on >= opens_on),
	constraint round_kind_check CHECK (kind = ANY (ARRAY['baseline'::text, 'repeat'::text])),
	constraint round_shortest_minutes_check CHECK (shortest_minutes > 0),
	constraint round_state_check CHECK (state = ANY (ARRAY['draft'::text, 'open'::text, 'closed'::text])),
	constraint round_unit_check CHECK (unit = ANY (ARRAY['people'::text, 'survivors'::text])),
	constraint round_programme_id_instrument_version_id_fkey FOREIGN KEY (programme_id, instrument_version_id) REFERENCES assessment.instrument_version(programme_id, id)
);
comment on table assessment.round is 'One collection with one version of an instrument. It does not open before its ethics are set: consent, refusal, minors, distress protocol, named analysts.';
comment on column assessment.round.unit is 'Who is counted: people asked (threshold 5) or survivors (threshold 10).';
comment on column assessment.round.sensitive is 'Refuses collection apps that keep answers in clear on the phone.';
comment on column assessment.round.joint is 'Every team has a civil society member and one of an authority, or it is not ready.';
comment on column assessment.round.target_question is 'XPath of the question whose choices have targets of their own; null: targets are of a place alone.';
comment on column assessment.round.key_questions is 'XPaths of questions whose answers together name what was asked about: the same twice is a possible duplicate.';
comment on column assessment.round.shortest_minutes is 'Interviews shorter than this are flagged; null: only against the other interviews.';
CREATE CONSTRAINT TRIGGER has_files AFTER INSERT OR UPDATE ON assessment.round DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assessment.round_has_files();
CREATE CONSTRAINT TRIGGER hold_joint AFTER UPDATE ON assessment.round DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assessment.hold_joint_round();
CREATE CONSTRAINT TRIGGER hold_team AFTER UPDATE ON assessment.round DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.joint AND (NOT old.joint))) EXECUTE FUNCTION assessment.hold_team();
CREATE CONSTRAINT TRIGGER may_open AFTER INSERT OR UPDATE ON assessment.round DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assessment.round_may_open();
alter table assessment.round enable row level security;
alter table assessment.round force row level security;
create policy changers on assessment.round for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy definer on assessment.round for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.round for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy "task collection select" on assessment.round for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'collection'::text));
create policy "task figures select" on assessment.round for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'figures'::text));
create policy "task quality select" on assessment.round for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'quality'::text));
create policy "task recheck select" on assessment.round for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'recheck'::text));
create policy token on assessment.round for select to hamkor_app using ((id = ( SELECT assessment.collecting_round() AS collecting_round)));
create policy writers on assessment.round for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table assessment.round to hamkor_definer;
grant insert, select, update on table assessment.round to hamkor_app;

create table assessment.round_analyst (
	programme_id uuid not null,
	round_id uuid not null,
	person_id uuid not null,
	constraint round_analyst_pkey PRIMARY KEY (round_id, person_id),
	constraint round_analyst_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint round_analyst_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.round_analyst is 'The named analysts: the only people to whom answers open row by row.';
alter table assessment.round_analyst enable row level security;
alter table assessment.round_analyst force row level security;
create policy definer on assessment.round_analyst for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.round_analyst for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.round whole
  WHERE ((whole.id = round_analyst.round_id) AND (whole.programme_id = round_analyst.programme_id)))));
create policy removers on assessment.round_analyst for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.round whole
  WHERE ((whole.id = round_analyst.round_id) AND (whole.programme_id = round_analyst.programme_id))))));
create policy writers on assessment.round_analyst for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.round whole
  WHERE ((whole.id = round_analyst.round_id) AND (whole.programme_id = round_analyst.programme_id))))));
grant delete, insert, select on table assessment.round_analyst to hamkor_app;
grant delete, insert, select, update on table assessment.round_analyst to hamkor_definer;

create table assessment.round_look (
	round_id uuid not null,
	programme_id uuid not null,
	asked_at timestamp with time zone,
	looked_at timestamp with time zone,
	looked integer default 0 not null,
	constraint round_look_pkey PRIMARY KEY (round_id),
	constraint round_look_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.round_look is 'When the rules of quality were last held against a round, over how many answers, and whether somebody has asked for it since.';
alter table assessment.round_look enable row level security;
alter table assessment.round_look force row level security;
create policy definer on assessment.round_look for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.round_look for select to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst,reviewer}'::text[]) AS programmes_with)::uuid[])) OR (round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[]))));
create policy "task quality all" on assessment.round_look for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'quality'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'quality'::text));
grant delete, insert, select, update on table assessment.round_look to hamkor_definer;
grant insert, select, update on table assessment.round_look to hamkor_app;

create table assessment.round_place (
	programme_id uuid not null,
	round_id uuid not null,
	place_id uuid not null,
	constraint round_place_pkey PRIMARY KEY (round_id, place_id),
	constraint round_place_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint round_place_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.round_place is 'Places a round covers.';
alter table assessment.round_place enable row level security;
alter table assessment.round_place force row level security;
create policy definer on assessment.round_place for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.round_place for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.round whole
  WHERE ((whole.id = round_place.round_id) AND (whole.programme_id = round_place.programme_id)))));
create policy removers on assessment.round_place for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.round whole
  WHERE ((whole.id = round_place.round_id) AND (whole.programme_id = round_place.programme_id))))));
create policy writers on assessment.round_place for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.round whole
  WHERE ((whole.id = round_place.round_id) AND (whole.programme_id = round_place.programme_id))))));
grant delete, insert, select on table assessment.round_place to hamkor_app;
grant delete, insert, select, update on table assessment.round_place to hamkor_definer;

create table assessment.round_sampling (
	round_id uuid not null,
	programme_id uuid not null,
	design text not null,
	population integer,
	how jsonb default '{}'::jsonb not null,
	stated_by uuid,
	stated_at timestamp with time zone default clock_timestamp() not null,
	constraint round_sampling_pkey PRIMARY KEY (round_id),
	constraint round_sampling_design_check CHECK (design = ANY (ARRAY['census'::text, 'sample'::text, 'chosen'::text])),
	constraint round_sampling_population_check CHECK (population > 0),
	constraint round_sampling_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.round_sampling is 'How the people of a round were chosen: everybody (census), drawn by chance (sample), or chosen otherwise. Only samples drawn by chance have confidence intervals.';
alter table assessment.round_sampling enable row level security;
alter table assessment.round_sampling force row level security;
create policy changers on assessment.round_sampling for update to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.round whole
  WHERE ((whole.id = round_sampling.round_id) AND (whole.programme_id = round_sampling.programme_id)))))) with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.round whole
  WHERE ((whole.id = round_sampling.round_id) AND (whole.programme_id = round_sampling.programme_id))))));
create policy definer on assessment.round_sampling for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.round_sampling for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.round whole
  WHERE ((whole.id = round_sampling.round_id) AND (whole.programme_id = round_sampling.programme_id)))));
create policy "task figures select" on assessment.round_sampling for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'figures'::text));
create policy writers on assessment.round_sampling for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.round whole
  WHERE ((whole.id = round_sampling.round_id) AND (whole.programme_id = round_sampling.programme_id))))));
grant delete, insert, select, update on table assessment.round_sampling to hamkor_definer;
grant insert, select, update on table assessment.round_sampling to hamkor_app;

create table assessment.round_target (
	programme_id uuid not null,
	round_id uuid not null,
	place_id uuid not null,
	choice text default ''::text not null,
	target integer not null,
	constraint round_target_pkey PRIMARY KEY (round_id, place_id, choice),
	constraint round_target_target_check CHECK (target >= 1 AND target <= 1000000),
	constraint round_target_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint round_target_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.round_target is 'How many answers a round wants from a place, with a choice of the round''s target question or (empty) altogether.';
alter table assessment.round_target enable row level security;
alter table assessment.round_target force row level security;
create policy definer on assessment.round_target for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.round_target for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy removers on assessment.round_target for delete to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy writers on assessment.round_target for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select on table assessment.round_target to hamkor_app;
grant delete, insert, select, update on table assessment.round_target to hamkor_definer;

create table assessment.score (
	id uuid not null,
	programme_id uuid not null,
	place_id uuid,
	number integer not null,
	round_id uuid not null,
	assessment_id uuid,
	revision integer,
	set_id uuid,
	area text not null,
	title jsonb not null,
	services integer not null,
	criteria integer not null,
	result jsonb not null,
	result_sha256 bytea not null,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint score_pkey PRIMARY KEY (id),
	constraint score_assessment_id_revision_area_key UNIQUE (assessment_id, revision, area),
	constraint score_programme_id_id_key UNIQUE (programme_id, id),
	constraint score_programme_id_number_key UNIQUE (programme_id, number),
	constraint score_set_id_area_key UNIQUE (set_id, area),
	constraint score_check CHECK ((assessment_id IS NULL) = (revision IS NULL) AND (assessment_id IS NULL) <> (set_id IS NULL)),
	constraint score_check1 CHECK ((set_id IS NULL) = (services = 1)),
	constraint score_criteria_check CHECK (criteria > 0),
	constraint score_services_check CHECK (services > 0),
	constraint score_programme_id_assessment_id_fkey FOREIGN KEY (programme_id, assessment_id) REFERENCES assessment.service_assessment(programme_id, id),
	constraint score_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint score_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint score_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id),
	constraint score_programme_id_set_id_fkey FOREIGN KEY (programme_id, set_id) REFERENCES assessment.scoring_set(programme_id, id)
);
comment on table assessment.score is 'A signed score that can be cited: of an area (empty: the whole) of one service, or of a closed set together. Frozen from the moment it is written; a reopened assessment makes further ones.';
comment on column assessment.score.criteria is 'On how many criteria it rests; of a set, summed over its services.';
alter table assessment.score enable row level security;
alter table assessment.score force row level security;
create policy agreed on assessment.score for select to hamkor_app using (((assessment_id, revision) IN ( SELECT r.assessment_id,
    r.revision
   FROM assessment.agreed_results() r(assessment_id, revision))));
create policy circle on assessment.score for select to hamkor_app using ((assessment_id = ANY (( SELECT assessment.open_sheets() AS open_sheets)::uuid[])));
create policy definer on assessment.score for all to hamkor_definer using (true) with check (true);
create policy together on assessment.score for select to hamkor_app using ((set_id = ANY (( SELECT assessment.open_sets() AS open_sets)::uuid[])));
create policy writers on assessment.score for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND ((set_id = ANY (( SELECT assessment.open_sets() AS open_sets)::uuid[])) OR (EXISTS ( SELECT
   FROM assessment.area_result r
  WHERE ((r.assessment_id = score.assessment_id) AND (r.revision = score.revision) AND (r.area = score.area)))))));
grant delete, insert, select, update on table assessment.score to hamkor_definer;
grant insert, select on table assessment.score to hamkor_app;

create table assessment.score_reopening (
	programme_id uuid not null,
	assessment_id uuid not null,
	revision integer not null,
	reason text not null,
	reopened_by uuid not null,
	reopened_at timestamp with time zone default clock_timestamp() not null,
	constraint score_reopening_pkey PRIMARY KEY (assessment_id, revision),
	constraint score_reopening_reason_check CHECK (char_length(reason) >= 3 AND char_length(reason) <= 1000),
	constraint score_reopening_revision_check CHECK (revision > 1),
	constraint score_reopening_programme_id_assessment_id_fkey FOREIGN KEY (programme_id, assessment_id) REFERENCES assessment.service_assessment(programme_id, id),
	constraint score_reopening_reopened_by_fkey FOREIGN KEY (reopened_by) REFERENCES network.person(id)
);
comment on table assessment.score_reopening is 'Why a signed reconciliation was opened again, and which revision began with it. The earlier one stays as it was signed.';
CREATE TRIGGER hold_reopening BEFORE INSERT ON assessment.score_reopening FOR EACH ROW EXECUTE FUNCTION assessment.hold_reopening();
alter table assessment.score_reopening enable row level security;
alter table assessment.score_reopening force row level security;
create policy circle on assessment.score_reopening for select to hamkor_app using ((assessment_id = ANY (( SELECT assessment.open_sheets() AS open_sheets)::uuid[])));
create policy definer on assessment.score_reopening for all to hamkor_definer using (true) with check (true);
create policy scorers on assessment.score_reopening for insert to hamkor_app with check (((assessment_id IN ( SELECT m.assessment_id
   FROM assessment.my_sides() m(assessment_id, side))) AND (reopened_by = ( SELECT platform.actor_person() AS actor_person))));
grant delete, insert, select, update on table assessment.score_reopening to hamkor_definer;
grant insert, select on table assessment.score_reopening to hamkor_app;

create table assessment.score_sheet (
	programme_id uuid not null,
	assessment_id uuid not null,
	side text not null,
	submitted_at timestamp with time zone,
	submitted_by uuid,
	constraint score_sheet_pkey PRIMARY KEY (assessment_id, side),
	constraint score_sheet_check CHECK ((submitted_at IS NULL) = (submitted_by IS NULL)),
	constraint score_sheet_side_check CHECK (side = ANY (ARRAY['civil_society'::text, 'authority'::text])),
	constraint score_sheet_programme_id_assessment_id_fkey FOREIGN KEY (programme_id, assessment_id) REFERENCES assessment.service_assessment(programme_id, id),
	constraint score_sheet_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES network.person(id)
);
comment on table assessment.score_sheet is 'Whether a side has handed in its scores. It may take them back while the other has not; once both are in, never again.';
CREATE TRIGGER hold_sheet BEFORE UPDATE ON assessment.score_sheet FOR EACH ROW EXECUTE FUNCTION assessment.hold_sheet();
alter table assessment.score_sheet enable row level security;
alter table assessment.score_sheet force row level security;
create policy definer on assessment.score_sheet for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.score_sheet for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.service_assessment a
  WHERE (a.id = score_sheet.assessment_id))));
create policy scorers on assessment.score_sheet for update to hamkor_app using (((assessment_id, side) IN ( SELECT m.assessment_id,
    m.side
   FROM assessment.my_sides() m(assessment_id, side)))) with check ((((assessment_id, side) IN ( SELECT m.assessment_id,
    m.side
   FROM assessment.my_sides() m(assessment_id, side))) AND ((submitted_by IS NULL) OR (submitted_by = ( SELECT platform.actor_person() AS actor_person)))));
create policy writers on assessment.score_sheet for insert to hamkor_app with check (((submitted_at IS NULL) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))));
grant delete, insert, select, update on table assessment.score_sheet to hamkor_definer;
grant insert, select, update on table assessment.score_sheet to hamkor_app;

create table assessment.scorer (
	programme_id uuid not null,
	assessment_id uuid not null,
	person_id uuid not null,
	organisation_id uuid not null,
	side text not null,
	named_at timestamp with time zone default clock_timestamp() not null,
	removed_at timestamp with time zone,
	constraint scorer_pkey PRIMARY KEY (assessment_id, person_id),
	constraint scorer_side_check CHECK (side = ANY (ARRAY['civil_society'::text, 'authority'::text])),
	constraint scorer_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint scorer_programme_id_assessment_id_fkey FOREIGN KEY (programme_id, assessment_id) REFERENCES assessment.service_assessment(programme_id, id),
	constraint scorer_programme_id_organisation_id_fkey FOREIGN KEY (programme_id, organisation_id) REFERENCES network.organisation(programme_id, id)
);
comment on table assessment.scorer is 'Who scores, for which organisation and so on which side. Somebody who ever scored for one side never scores for the other.';
CREATE INDEX scorer_person_id_idx ON assessment.scorer USING btree (person_id);
CREATE TRIGGER hold_scorer BEFORE INSERT OR UPDATE ON assessment.scorer FOR EACH ROW EXECUTE FUNCTION assessment.hold_scorer();
alter table assessment.scorer enable row level security;
alter table assessment.scorer force row level security;
create policy changers on assessment.scorer for update to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.service_assessment whole
  WHERE ((whole.id = scorer.assessment_id) AND (whole.programme_id = scorer.programme_id)))))) with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.service_assessment whole
  WHERE ((whole.id = scorer.assessment_id) AND (whole.programme_id = scorer.programme_id))))));
create policy definer on assessment.scorer for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.scorer for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.service_assessment whole
  WHERE ((whole.id = scorer.assessment_id) AND (whole.programme_id = scorer.programme_id)))));
create policy writers on assessment.scorer for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.service_assessment whole
  WHERE ((whole.id = scorer.assessment_id) AND (whole.programme_id = scorer.programme_id))))));
grant delete, insert, select, update on table assessment.scorer to hamkor_definer;
grant insert, select, update on table assessment.scorer to hamkor_app;

create table assessment.scoring_set (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	instrument_version_id uuid not null,
	services integer default 0 not null,
	closed_by uuid,
	closed_at timestamp with time zone default clock_timestamp() not null,
	constraint scoring_set_pkey PRIMARY KEY (id),
	constraint scoring_set_programme_id_id_key UNIQUE (programme_id, id),
	constraint scoring_set_round_id_instrument_version_id_key UNIQUE (round_id, instrument_version_id),
	constraint scoring_set_programme_id_instrument_version_id_fkey FOREIGN KEY (programme_id, instrument_version_id) REFERENCES assessment.instrument_version(programme_id, id),
	constraint scoring_set_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.scoring_set is 'The services of a round whose signed scores are counted together. Closed once and for all: a set that grew would tell by its difference what the newcomer scored.';
CREATE TRIGGER count_set AFTER INSERT ON assessment.scoring_set FOR EACH ROW EXECUTE FUNCTION assessment.count_set();
CREATE TRIGGER hold_set BEFORE INSERT ON assessment.scoring_set FOR EACH ROW EXECUTE FUNCTION assessment.hold_set();
alter table assessment.scoring_set enable row level security;
alter table assessment.scoring_set force row level security;
create policy definer on assessment.scoring_set for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.scoring_set for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official,donor}'::text[]) AS programmes_with)::uuid[])));
create policy writers on assessment.scoring_set for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (closed_by = ( SELECT platform.actor_person() AS actor_person))));
grant delete, insert, select, update on table assessment.scoring_set to hamkor_definer;
grant insert, select on table assessment.scoring_set to hamkor_app;

create table assessment.segment (
	id uuid not null,
	programme_id uuid not null,
	coding_id uuid not null,
	code_id uuid not null,
	starts integer not null,
	ends integer not null,
	memo text default ''::text not null,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint segment_pkey PRIMARY KEY (id),
	constraint segment_programme_id_id_key UNIQUE (programme_id, id),
	constraint segment_check CHECK (ends > starts),
	constraint segment_starts_check CHECK (starts >= 0),
	constraint segment_programme_id_code_id_fkey FOREIGN KEY (programme_id, code_id) REFERENCES assessment.code(programme_id, id),
	constraint segment_programme_id_coding_id_fkey FOREIGN KEY (programme_id, coding_id) REFERENCES assessment.coding(programme_id, id)
);
comment on table assessment.segment is 'A passage of an interview under a code: code points from starts up to, not including, ends.';
CREATE INDEX segment_code_id_idx ON assessment.segment USING btree (code_id);
CREATE INDEX segment_coding_id_idx ON assessment.segment USING btree (coding_id);
CREATE TRIGGER hold_segment BEFORE INSERT OR UPDATE ON assessment.segment FOR EACH ROW EXECUTE FUNCTION assessment.hold_segment();
alter table assessment.segment enable row level security;
alter table assessment.segment force row level security;
create policy changers on assessment.segment for update to hamkor_app using ((coding_id = ANY (( SELECT assessment.written_codings() AS written_codings)::uuid[]))) with check ((coding_id = ANY (( SELECT assessment.written_codings() AS written_codings)::uuid[])));
create policy definer on assessment.segment for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.segment for select to hamkor_app using ((coding_id = ANY (( SELECT assessment.seen_codings() AS seen_codings)::uuid[])));
create policy removers on assessment.segment for delete to hamkor_app using ((coding_id = ANY (( SELECT assessment.written_codings() AS written_codings)::uuid[])));
create policy writers on assessment.segment for insert to hamkor_app with check ((coding_id = ANY (( SELECT assessment.written_codings() AS written_codings)::uuid[])));
grant delete, insert, select, update on table assessment.segment to hamkor_app;
grant delete, insert, select, update on table assessment.segment to hamkor_definer;

create table assessment.service_agreement (
	id uuid not null,
	programme_id uuid not null,
	assessment_id uuid not null,
	revision integer not null,
	scope text not null,
	agreed_on date not null,
	recorded_by uuid not null,
	recorded_at timestamp with time zone default clock_timestamp() not null,
	withdrawn_at timestamp with time zone,
	withdrawn_by uuid,
	constraint service_agreement_pkey PRIMARY KEY (id),
	constraint service_agreement_check CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
	constraint service_agreement_scope_check CHECK (scope = ANY (ARRAY['programme'::text, 'publication'::text])),
	constraint service_agreement_programme_id_assessment_id_fkey FOREIGN KEY (programme_id, assessment_id) REFERENCES assessment.service_assessment(programme_id, id),
	constraint service_agreement_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES network.person(id),
	constraint service_agreement_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES network.person(id)
);
comment on table assessment.service_agreement is 'That a service agrees to its signed scores being shown: within the programme, or for publication too. Recorded by somebody of that service; withdrawn for the future.';
CREATE UNIQUE INDEX service_agreement_assessment_id_idx ON assessment.service_agreement USING btree (assessment_id) WHERE (withdrawn_at IS NULL);
CREATE TRIGGER hold_agreement BEFORE INSERT OR UPDATE ON assessment.service_agreement FOR EACH ROW EXECUTE FUNCTION assessment.hold_agreement();
alter table assessment.service_agreement enable row level security;
alter table assessment.service_agreement force row level security;
create policy definer on assessment.service_agreement for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.service_agreement for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.service_assessment a
  WHERE (a.id = service_agreement.assessment_id))));
create policy service on assessment.service_agreement for insert to hamkor_app with check (((recorded_by = ( SELECT platform.actor_person() AS actor_person)) AND (withdrawn_at IS NULL) AND (assessment_id = ANY (( SELECT assessment.own_assessments() AS own_assessments)::uuid[]))));
create policy withdrawers on assessment.service_agreement for update to hamkor_app using ((assessment_id = ANY (( SELECT assessment.own_assessments() AS own_assessments)::uuid[]))) with check (((assessment_id = ANY (( SELECT assessment.own_assessments() AS own_assessments)::uuid[])) AND ((withdrawn_by IS NULL) OR (withdrawn_by = ( SELECT platform.actor_person() AS actor_person)))));
grant delete, insert, select, update on table assessment.service_agreement to hamkor_definer;
grant insert, select, update on table assessment.service_agreement to hamkor_app;

create table assessment.service_assessment (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	service_id uuid not null,
	instrument_version_id uuid not null,
	team_id uuid,
	place_id uuid,
	state text default 'scoring'::text not null,
	criteria text[] not null,
	revision integer default 1 not null,
	both_in_at timestamp with time zone,
	signed_at timestamp with time zone,
	signed_revision integer,
	counted_in uuid,
	counted_revision integer,
	cancelled_at timestamp with time zone,
	cancelled_reason text,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint service_assessment_pkey PRIMARY KEY (id),
	constraint service_assessment_programme_id_id_key UNIQUE (programme_id, id),
	constraint service_assessment_check CHECK ((counted_in IS NULL) = (counted_revision IS NULL)),
	constraint service_assessment_criteria_check CHECK (cardinality(criteria) >= 1 AND cardinality(criteria) <= 500),
	constraint service_assessment_revision_check CHECK (revision > 0),
	constraint service_assessment_state_check CHECK (state = ANY (ARRAY['scoring'::text, 'reconciling'::text, 'signed'::text, 'cancelled'::text])),
	constraint service_assessment_programme_id_counted_in_fkey FOREIGN KEY (programme_id, counted_in) REFERENCES assessment.scoring_set(programme_id, id),
	constraint service_assessment_programme_id_instrument_version_id_fkey FOREIGN KEY (programme_id, instrument_version_id) REFERENCES assessment.instrument_version(programme_id, id),
	constraint service_assessment_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint service_assessment_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id),
	constraint service_assessment_programme_id_service_id_fkey FOREIGN KEY (programme_id, service_id) REFERENCES network.organisation(programme_id, id),
	constraint service_assessment_programme_id_team_id_fkey FOREIGN KEY (programme_id, team_id) REFERENCES assessment.team(programme_id, id)
);
comment on table assessment.service_assessment is 'A service in a round, scored by civil society and by an authority with one version of an instrument. Holds how far it is, never a score.';
comment on column assessment.service_assessment.criteria is 'XPaths of the criteria of the version, as they were when scoring began.';
comment on column assessment.service_assessment.revision is 'Which reconciliation is at work or was signed; a further one begins by reopening.';
comment on column assessment.service_assessment.signed_revision is 'The newest reconciliation that both sides have signed.';
comment on column assessment.service_assessment.counted_in is 'The closed set in which it is counted, with the revision that was signed then.';
CREATE INDEX service_assessment_service_id_idx ON assessment.service_assessment USING btree (service_id);
CREATE UNIQUE INDEX service_assessment_round_id_service_id_instrument_version_i_idx ON assessment.service_assessment USING btree (round_id, service_id, instrument_version_id) WHERE (state <> 'cancelled'::text);
CREATE TRIGGER hold_start BEFORE INSERT ON assessment.service_assessment FOR EACH ROW EXECUTE FUNCTION assessment.hold_start();
alter table assessment.service_assessment enable row level security;
alter table assessment.service_assessment force row level security;
create policy agreed on assessment.service_assessment for select to hamkor_app using ((id IN ( SELECT r.assessment_id
   FROM assessment.agreed_results() r(assessment_id, revision))));
create policy definer on assessment.service_assessment for all to hamkor_definer using (true) with check (true);
create policy own on assessment.service_assessment for select to hamkor_app using ((service_id = ANY (( SELECT network.organisations_with('{coordinator,member,analyst,official}'::text[]) AS organisations_with)::uuid[])));
create policy readers on assessment.service_assessment for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy scorers on assessment.service_assessment for select to hamkor_app using ((id IN ( SELECT m.assessment_id
   FROM assessment.my_sides() m(assessment_id, side))));
create policy writers on assessment.service_assessment for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (state = 'scoring'::text) AND (revision = 1) AND (both_in_at IS NULL) AND (signed_at IS NULL) AND (signed_revision IS NULL) AND (counted_in IS NULL) AND (cancelled_at IS NULL)));
grant delete, insert, select, update on table assessment.service_assessment to hamkor_definer;
grant insert, select on table assessment.service_assessment to hamkor_app;

create table assessment.sign_off (
	programme_id uuid not null,
	assessment_id uuid not null,
	revision integer not null,
	side text not null,
	person_id uuid not null,
	signed_at timestamp with time zone default clock_timestamp() not null,
	constraint sign_off_pkey PRIMARY KEY (assessment_id, revision, side),
	constraint sign_off_side_check CHECK (side = ANY (ARRAY['civil_society'::text, 'authority'::text])),
	constraint sign_off_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint sign_off_programme_id_assessment_id_fkey FOREIGN KEY (programme_id, assessment_id) REFERENCES assessment.service_assessment(programme_id, id)
);
comment on table assessment.sign_off is 'A side''s signature under a reconciliation. A change afterwards takes it away.';
CREATE TRIGGER hold_sign_off BEFORE INSERT ON assessment.sign_off FOR EACH ROW EXECUTE FUNCTION assessment.hold_sign_off();
alter table assessment.sign_off enable row level security;
alter table assessment.sign_off force row level security;
create policy definer on assessment.sign_off for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.sign_off for select to hamkor_app using ((EXISTS ( SELECT
   FROM assessment.service_assessment a
  WHERE (a.id = sign_off.assessment_id))));
create policy scorers on assessment.sign_off for insert to hamkor_app with check (((person_id = ( SELECT platform.actor_person() AS actor_person)) AND ((assessment_id, side) IN ( SELECT m.assessment_id,
    m.side
   FROM assessment.my_sides() m(assessment_id, side)))));
grant delete, insert, select, update on table assessment.sign_off to hamkor_definer;
grant insert, select on table assessment.sign_off to hamkor_app;

create table assessment.submission (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	instance_id text not null,
	place_id uuid,
	token_id uuid,
	person_id uuid,
	xml text not null,
	xml_sha256 bytea not null,
	answers jsonb not null,
	received_at timestamp with time zone default clock_timestamp() not null,
	checked_at timestamp with time zone,
	flags jsonb default '[]'::jsonb not null,
	superseded_by text,
	made_up boolean default false not null,
	review_state text default 'received'::text not null,
	replaces_id uuid,
	origin_id uuid,
	team_id uuid,
	looked_at timestamp with time zone,
	fingerprint bytea,
	edited_by uuid,
	edit_reason text,
	constraint submission_pkey PRIMARY KEY (id),
	constraint submission_round_id_instance_id_key UNIQUE (round_id, instance_id),
	constraint submission_edit_reason_check CHECK (char_length(edit_reason) <= 1000),
	constraint submission_review_state_check CHECK (review_state = ANY (ARRAY['received'::text, 'has_issues'::text, 'approved'::text, 'rejected'::text])),
	constraint submission_edited_by_fkey FOREIGN KEY (edited_by) REFERENCES network.person(id),
	constraint submission_origin_id_fkey FOREIGN KEY (origin_id) REFERENCES assessment.submission(id),
	constraint submission_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id),
	constraint submission_replaces_id_fkey FOREIGN KEY (replaces_id) REFERENCES assessment.submission(id)
);
comment on table assessment.submission is 'One filled-in questionnaire as it arrived. answers maps a question''s path to its text, a repeated question to a list; flags name constraints that the re-check found broken.';
comment on column assessment.submission.superseded_by is 'instanceID of the version that took this one''s place; null for the version that counts now.';
comment on column assessment.submission.review_state is 'What the last review said. A new version starts as received again. What is rejected is kept and shown, and not counted.';
comment on column assessment.submission.replaces_id is 'For an edit: the version that it took the place of.';
comment on column assessment.submission.origin_id is 'For an edit: the first version. All versions of a submission are those with id or origin_id equal to it.';
comment on column assessment.submission.team_id is 'The team that collected it: of the link, or of the person who sent it when that person sits in one team of the round alone.';
comment on column assessment.submission.looked_at is 'When the rules of quality were last held against it; null: not yet.';
comment on column assessment.submission.fingerprint is 'SHA-256 of its answers without those that differ by themselves (times, device, notes); null when fewer than three questions were answered.';
comment on column assessment.submission.edited_by is 'For a version made at review: who made it. The sender stays the one of the version before.';
CREATE INDEX submission_id_idx ON assessment.submission USING btree (id) WHERE (checked_at IS NULL);
CREATE INDEX submission_origin ON assessment.submission USING btree (origin_id) WHERE (origin_id IS NOT NULL);
CREATE INDEX submission_receipt ON assessment.submission USING btree (programme_id, assessment.receipt_of(instance_id));
CREATE INDEX submission_relook ON assessment.submission USING btree (round_id) WHERE (looked_at < checked_at);
CREATE INDEX submission_replaces ON assessment.submission USING btree (replaces_id) WHERE (replaces_id IS NOT NULL);
CREATE INDEX submission_round_id_fingerprint_idx ON assessment.submission USING btree (round_id, fingerprint) WHERE (fingerprint IS NOT NULL);
CREATE INDEX submission_round_id_idx ON assessment.submission USING btree (round_id) WHERE (looked_at IS NULL);
CREATE INDEX submission_round_id_received_at_idx ON assessment.submission USING btree (round_id, received_at);
CREATE INDEX submission_round_id_team_id_idx ON assessment.submission USING btree (round_id, team_id) WHERE (team_id IS NOT NULL);
CREATE INDEX submission_sender ON assessment.submission USING btree (person_id, received_at) WHERE (person_id IS NOT NULL);
CREATE TRIGGER await_packing AFTER INSERT ON assessment.submission REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION assessment.await_packing();
CREATE TRIGGER hold_ceiling AFTER INSERT ON assessment.submission FOR EACH ROW WHEN (((new.token_id IS NOT NULL) AND (new.edited_by IS NULL))) EXECUTE FUNCTION assessment.hold_ceiling();
CREATE TRIGGER place_submission BEFORE INSERT ON assessment.submission FOR EACH ROW WHEN (((new.token_id IS NOT NULL) OR (new.person_id IS NOT NULL))) EXECUTE FUNCTION assessment.place_submission();
CREATE TRIGGER refuse_erased BEFORE INSERT ON assessment.submission FOR EACH ROW EXECUTE FUNCTION assessment.refuse_erased();
CREATE TRIGGER unpack_changed AFTER UPDATE ON assessment.submission FOR EACH ROW WHEN ((((((old.answers IS DISTINCT FROM new.answers) OR (old.superseded_by IS DISTINCT FROM new.superseded_by)) OR (old.place_id IS DISTINCT FROM new.place_id)) OR (old.xml_sha256 IS DISTINCT FROM new.xml_sha256)) OR ((old.review_state = 'rejected'::text) IS DISTINCT FROM (new.review_state = 'rejected'::text)))) EXECUTE FUNCTION assessment.unpack_changed();
CREATE TRIGGER unpack_erased AFTER DELETE ON assessment.submission FOR EACH ROW EXECUTE FUNCTION assessment.unpack_changed();
alter table assessment.submission enable row level security;
alter table assessment.submission force row level security;
create policy actors_read on assessment.submission for select to hamkor_app using (
CASE ( SELECT platform.actor_kind() AS actor_kind)
    WHEN 'token'::text THEN ((token_id = ( SELECT platform.actor_token() AS actor_token)) AND (edited_by IS NULL) AND (round_id = ( SELECT assessment.collecting_round() AS collecting_round)))
    WHEN 'person'::text THEN ((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) OR ((person_id = ( SELECT platform.actor_person() AS actor_person)) AND (edited_by IS NULL) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,official}'::text[]) AS programmes_with)::uuid[]))))
    ELSE false
END);
create policy actors_replace on assessment.submission for update to hamkor_app using (
CASE ( SELECT platform.actor_kind() AS actor_kind)
    WHEN 'token'::text THEN ((token_id = ( SELECT platform.actor_token() AS actor_token)) AND (round_id = ( SELECT assessment.collecting_round() AS collecting_round)))
    WHEN 'person'::text THEN ((person_id = ( SELECT platform.actor_person() AS actor_person)) AND (EXISTS ( SELECT
       FROM assessment.round r
      WHERE ((r.id = submission.round_id) AND (r.state = 'open'::text)))))
    ELSE false
END) with check (
CASE ( SELECT platform.actor_kind() AS actor_kind)
    WHEN 'token'::text THEN ((token_id = ( SELECT platform.actor_token() AS actor_token)) AND (round_id = ( SELECT assessment.collecting_round() AS collecting_round)))
    WHEN 'person'::text THEN (person_id = ( SELECT platform.actor_person() AS actor_person))
    ELSE false
END);
create policy actors_send on assessment.submission for insert to hamkor_app with check (
CASE ( SELECT platform.actor_kind() AS actor_kind)
    WHEN 'token'::text THEN ((token_id = ( SELECT platform.actor_token() AS actor_token)) AND (person_id IS NULL) AND (round_id = ( SELECT assessment.collecting_round() AS collecting_round)))
    WHEN 'person'::text THEN ((person_id = ( SELECT platform.actor_person() AS actor_person)) AND (token_id IS NULL) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,official}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
       FROM assessment.round r
      WHERE ((r.id = submission.round_id) AND (r.state = 'open'::text)))))
    ELSE false
END);
create policy definer on assessment.submission for all to hamkor_definer using (true) with check (true);
create policy editors on assessment.submission for insert to hamkor_app with check (
CASE
    WHEN ((( SELECT platform.actor_kind() AS actor_kind) = 'person'::text) AND (edited_by = ( SELECT platform.actor_person() AS actor_person)) AND (replaces_id IS NOT NULL)) THEN ((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst,reviewer}'::text[]) AS programmes_with)::uuid[])))
    ELSE false
END);
create policy feed on assessment.submission for select to hamkor_app using (((( SELECT platform.actor_kind() AS actor_kind) = 'feed'::text) AND (round_id = ( SELECT assessment.fed_round() AS fed_round)) AND (superseded_by IS NULL) AND (review_state <> 'rejected'::text)));
create policy "task figures select" on assessment.submission for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'figures'::text));
create policy "task quality select" on assessment.submission for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'quality'::text));
create policy "task quality update" on assessment.submission for update to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'quality'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'quality'::text));
create policy "task recheck all" on assessment.submission for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'recheck'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'recheck'::text));
grant delete, insert, select, update on table assessment.submission to hamkor_definer;
grant insert, select, update on table assessment.submission to hamkor_app;

create table assessment.submission_comment (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	submission_id uuid not null,
	body text not null,
	roles text[] default '{}'::text[] not null,
	person_id uuid not null,
	written_at timestamp with time zone default clock_timestamp() not null,
	constraint submission_comment_pkey PRIMARY KEY (id),
	constraint submission_comment_body_check CHECK (char_length(body) >= 1 AND char_length(body) <= 2000),
	constraint submission_comment_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint submission_comment_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id),
	constraint submission_comment_submission_id_fkey FOREIGN KEY (submission_id) REFERENCES assessment.submission(id)
);
comment on table assessment.submission_comment is 'What named analysts say to each other about a submission; roles are those called by @.';
CREATE INDEX submission_comment_submission_id_written_at_idx ON assessment.submission_comment USING btree (submission_id, written_at);
alter table assessment.submission_comment enable row level security;
alter table assessment.submission_comment force row level security;
create policy definer on assessment.submission_comment for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.submission_comment for select to hamkor_app using ((round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])));
create policy writers on assessment.submission_comment for insert to hamkor_app with check (((person_id = ( SELECT platform.actor_person() AS actor_person)) AND (round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[])) AND (EXISTS ( SELECT
   FROM assessment.submission s
  WHERE ((s.id = submission_comment.submission_id) AND (s.round_id = submission_comment.round_id))))));
grant delete, insert, select, update on table assessment.submission_comment to hamkor_definer;
grant insert, select on table assessment.submission_comment to hamkor_app;

create table assessment.team (
	id uuid not null,
	programme_id uuid not null,
	round_id uuid not null,
	name text not null,
	state text default 'draft'::text not null,
	starts_on date,
	ends_on date,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint team_pkey PRIMARY KEY (id),
	constraint team_programme_id_id_key UNIQUE (programme_id, id),
	constraint team_round_id_name_key UNIQUE (round_id, name),
	constraint team_check CHECK (starts_on IS NULL OR ends_on IS NULL OR ends_on >= starts_on),
	constraint team_name_check CHECK (name <> ''::text),
	constraint team_state_check CHECK (state = ANY (ARRAY['draft'::text, 'ready'::text, 'ended'::text])),
	constraint team_programme_id_round_id_fkey FOREIGN KEY (programme_id, round_id) REFERENCES assessment.round(programme_id, id)
);
comment on table assessment.team is 'People who collect together for a round. In a joint round a team is ready only with a civil society and an authority member.';
CREATE CONSTRAINT TRIGGER hold_team AFTER INSERT OR UPDATE ON assessment.team DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.state = 'ready'::text)) EXECUTE FUNCTION assessment.hold_team();
alter table assessment.team enable row level security;
alter table assessment.team force row level security;
create policy changers on assessment.team for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy definer on assessment.team for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.team for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy writers on assessment.team for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table assessment.team to hamkor_definer;
grant insert, select, update on table assessment.team to hamkor_app;

create table assessment.team_member (
	programme_id uuid not null,
	team_id uuid not null,
	person_id uuid not null,
	organisation_id uuid,
	constraint team_member_pkey PRIMARY KEY (team_id, person_id),
	constraint team_member_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint team_member_programme_id_organisation_id_fkey FOREIGN KEY (programme_id, organisation_id) REFERENCES network.organisation(programme_id, id),
	constraint team_member_programme_id_team_id_fkey FOREIGN KEY (programme_id, team_id) REFERENCES assessment.team(programme_id, id)
);
comment on table assessment.team_member is 'A member of a team and the organisation for which they sit in it; its type says on which side.';
CREATE INDEX team_member_person_id_idx ON assessment.team_member USING btree (person_id);
CREATE CONSTRAINT TRIGGER hold_member AFTER INSERT ON assessment.team_member DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assessment.hold_member();
CREATE CONSTRAINT TRIGGER hold_team AFTER DELETE OR UPDATE ON assessment.team_member DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assessment.hold_team();
alter table assessment.team_member enable row level security;
alter table assessment.team_member force row level security;
create policy definer on assessment.team_member for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.team_member for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy removers on assessment.team_member for delete to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy writers on assessment.team_member for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select on table assessment.team_member to hamkor_app;
grant delete, insert, select, update on table assessment.team_member to hamkor_definer;

create table assessment.team_place (
	programme_id uuid not null,
	team_id uuid not null,
	place_id uuid not null,
	constraint team_place_pkey PRIMARY KEY (team_id, place_id),
	constraint team_place_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint team_place_programme_id_team_id_fkey FOREIGN KEY (programme_id, team_id) REFERENCES assessment.team(programme_id, id)
);
comment on table assessment.team_place is 'Places assigned to a team.';
alter table assessment.team_place enable row level security;
alter table assessment.team_place force row level security;
create policy definer on assessment.team_place for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.team_place for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy removers on assessment.team_place for delete to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy writers on assessment.team_place for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select on table assessment.team_place to hamkor_app;
grant delete, insert, select, update on table assessment.team_place to hamkor_definer;

create table assessment.team_service (
	programme_id uuid not null,
	team_id uuid not null,
	organisation_id uuid not null,
	constraint team_service_pkey PRIMARY KEY (team_id, organisation_id),
	constraint team_service_programme_id_organisation_id_fkey FOREIGN KEY (programme_id, organisation_id) REFERENCES network.organisation(programme_id, id),
	constraint team_service_programme_id_team_id_fkey FOREIGN KEY (programme_id, team_id) REFERENCES assessment.team(programme_id, id)
);
comment on table assessment.team_service is 'Services (shelters, centres, offices) assigned to a team.';
alter table assessment.team_service enable row level security;
alter table assessment.team_service force row level security;
create policy definer on assessment.team_service for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.team_service for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy removers on assessment.team_service for delete to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy writers on assessment.team_service for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select on table assessment.team_service to hamkor_app;
grant delete, insert, select, update on table assessment.team_service to hamkor_definer;

create table assessment.withdrawal (
	id uuid not null,
	programme_id uuid not null,
	figure_id uuid,
	quotation_id uuid,
	document_id uuid,
	score_id uuid,
	finding_id uuid,
	evidence_id uuid generated always as (COALESCE(figure_id, quotation_id, document_id, score_id, finding_id)) stored not null,
	reason text not null,
	withdrawn_by uuid,
	withdrawn_at timestamp with time zone default clock_timestamp() not null,
	reinstated_reason text,
	reinstated_by uuid,
	reinstated_at timestamp with time zone,
	constraint withdrawal_pkey PRIMARY KEY (id),
	constraint withdrawal_programme_id_id_key UNIQUE (programme_id, id),
	constraint withdrawal_check CHECK (num_nonnulls(figure_id, quotation_id, document_id, score_id, finding_id) = 1),
	constraint withdrawal_check1 CHECK ((reinstated_at IS NULL) = (reinstated_reason IS NULL) AND reinstated_at >= withdrawn_at),
	constraint withdrawal_reason_check CHECK (btrim(reason) <> ''::text),
	constraint withdrawal_reinstated_reason_check CHECK (btrim(reinstated_reason) <> ''::text),
	constraint withdrawal_programme_id_document_id_fkey FOREIGN KEY (programme_id, document_id) REFERENCES assessment.document(programme_id, id),
	constraint withdrawal_programme_id_figure_id_fkey FOREIGN KEY (programme_id, figure_id) REFERENCES assessment.figure(programme_id, id),
	constraint withdrawal_programme_id_finding_id_fkey FOREIGN KEY (programme_id, finding_id) REFERENCES assessment.finding(programme_id, id),
	constraint withdrawal_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint withdrawal_programme_id_quotation_id_fkey FOREIGN KEY (programme_id, quotation_id) REFERENCES assessment.quotation(programme_id, id),
	constraint withdrawal_programme_id_score_id_fkey FOREIGN KEY (programme_id, score_id) REFERENCES assessment.score(programme_id, id)
);
comment on table assessment.withdrawal is 'That a piece of evidence, or a finding, was taken back: by whom, when and why; and put back, where it was. Rows are never deleted, so the history stays.';
comment on column assessment.withdrawal.evidence_id is 'What was taken back, whichever of the five it is.';
comment on column assessment.withdrawal.reinstated_at is 'When it was put back; null: it is withdrawn now.';
CREATE INDEX withdrawal_evidence_id_idx ON assessment.withdrawal USING btree (evidence_id);
CREATE INDEX withdrawal_programme_id_idx ON assessment.withdrawal USING btree (programme_id) WHERE (reinstated_at IS NULL);
CREATE UNIQUE INDEX withdrawn_once ON assessment.withdrawal USING btree (evidence_id) WHERE (reinstated_at IS NULL);
CREATE TRIGGER keep_withdrawal BEFORE UPDATE ON assessment.withdrawal FOR EACH ROW EXECUTE FUNCTION assessment.keep_withdrawal();
alter table assessment.withdrawal enable row level security;
alter table assessment.withdrawal force row level security;
create policy changers on assessment.withdrawal for update to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND
CASE
    WHEN (figure_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.figure e
      WHERE ((e.id = withdrawal.figure_id) AND (e.programme_id = withdrawal.programme_id))))
    WHEN (quotation_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.quotation e
      WHERE ((e.id = withdrawal.quotation_id) AND (e.programme_id = withdrawal.programme_id))))
    WHEN (document_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.document e
      WHERE ((e.id = withdrawal.document_id) AND (e.programme_id = withdrawal.programme_id))))
    WHEN (score_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.score e
      WHERE ((e.id = withdrawal.score_id) AND (e.programme_id = withdrawal.programme_id))))
    ELSE (EXISTS ( SELECT
       FROM assessment.finding e
      WHERE ((e.id = withdrawal.finding_id) AND (e.programme_id = withdrawal.programme_id))))
END)) with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND
CASE
    WHEN (figure_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.figure e
      WHERE ((e.id = withdrawal.figure_id) AND (e.programme_id = withdrawal.programme_id))))
    WHEN (quotation_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.quotation e
      WHERE ((e.id = withdrawal.quotation_id) AND (e.programme_id = withdrawal.programme_id))))
    WHEN (document_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.document e
      WHERE ((e.id = withdrawal.document_id) AND (e.programme_id = withdrawal.programme_id))))
    WHEN (score_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.score e
      WHERE ((e.id = withdrawal.score_id) AND (e.programme_id = withdrawal.programme_id))))
    ELSE (EXISTS ( SELECT
       FROM assessment.finding e
      WHERE ((e.id = withdrawal.finding_id) AND (e.programme_id = withdrawal.programme_id))))
END AND (NOT (reinstated_by IS DISTINCT FROM platform.actor_person()))));
create policy definer on assessment.withdrawal for all to hamkor_definer using (true) with check (true);
create policy readers on assessment.withdrawal for select to hamkor_app using (
CASE
    WHEN (figure_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.figure e
      WHERE ((e.id = withdrawal.figure_id) AND (e.programme_id = withdrawal.programme_id))))
    WHEN (quotation_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.quotation e
      WHERE ((e.id = withdrawal.quotation_id) AND (e.programme_id = withdrawal.programme_id))))
    WHEN (document_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.document e
      WHERE ((e.id = withdrawal.document_id) AND (e.programme_id = withdrawal.programme_id))))
    WHEN (score_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.score e
      WHERE ((e.id = withdrawal.score_id) AND (e.programme_id = withdrawal.programme_id))))
    ELSE (EXISTS ( SELECT
       FROM assessment.finding e
      WHERE ((e.id = withdrawal.finding_id) AND (e.programme_id = withdrawal.programme_id))))
END);
create policy writers on assessment.withdrawal for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND
CASE
    WHEN (figure_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.figure e
      WHERE ((e.id = withdrawal.figure_id) AND (e.programme_id = withdrawal.programme_id))))
    WHEN (quotation_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.quotation e
      WHERE ((e.id = withdrawal.quotation_id) AND (e.programme_id = withdrawal.programme_id))))
    WHEN (document_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.document e
      WHERE ((e.id = withdrawal.document_id) AND (e.programme_id = withdrawal.programme_id))))
    WHEN (score_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM assessment.score e
      WHERE ((e.id = withdrawal.score_id) AND (e.programme_id = withdrawal.programme_id))))
    ELSE (EXISTS ( SELECT
       FROM assessment.finding e
      WHERE ((e.id = withdrawal.finding_id) AND (e.programme_id = withdrawal.programme_id))))
END AND (NOT (withdrawn_by IS DISTINCT FROM platform.actor_person()))));
grant delete, insert, select, update on table assessment.withdrawal to hamkor_definer;
grant insert, select, update on table assessment.withdrawal to hamkor_app;

-- gaps ------------------------------------------------------------------------------------------------

create schema gaps;
comment on schema gaps is 'What is missing, for whom, where; and the priorities that women, girls and communities state for themselves.';
grant usage on schema gaps to hamkor_app;
grant usage on schema gaps to hamkor_definer;

CREATE OR REPLACE FUNCTION gaps.hold_endorsement()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		gap record;
	begin
		if tg_op = 'UPDATE' then
			if old.withdrawn_at is not null or new.withdrawn_at is null
				or (to_jsonb(new) - '{withdrawn_at,withdrawn_reason}'::text[]) is distinct from (to_jsonb(old) - '{withdrawn_at,withdrawn_reason}'::text[]) then
				raise exception 'endorsement.kept' using errcode = 'HM001';
			end if;
			return new;
		end if;
		-- Waits for whoever is merging, splitting or closing the gap just now, and then sees what became of it.
		select g.state, g.title into gap from gaps.gap g where g.id = new.gap_id for share;
		if gap.state is distinct from 'open' then
			raise exception 'gap.not-open' using errcode = 'HM001';
		end if;
		select network.side_of(o.type) into new.side from network.organisation o where o.id = new.organisation_id;
		if new.side is null then
			raise exception 'endorsement.no-side' using errcode = 'HM001';
		end if;
		new.gap_title := gap.title;
		return new;
	end $function$;
alter function gaps.hold_endorsement() owner to hamkor_definer;
comment on function gaps.hold_endorsement() is 'Only an open gap is endorsed, on the side of the organisation''s type and in the words as they stand; what was said is withdrawn, never changed.';
grant execute on function gaps.hold_endorsement() to public;

CREATE OR REPLACE FUNCTION gaps.hold_lineage()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		state text;
	begin
		if tg_op = 'UPDATE' then
			if old.undone_at is not null or new.undone_at is null
				or (to_jsonb(new) - '{undone_at,undone_by}'::text[]) is distinct from (to_jsonb(old) - '{undone_at,undone_by}'::text[]) then
				raise exception 'gap.lineage-kept' using errcode = 'HM001';
			end if;
			return new;
		end if;
		select g.state into state from gaps.gap g where g.id = new.into_gap_id for share;
		if state is distinct from 'open' then
			raise exception 'gap.not-open' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function gaps.hold_lineage() owner to hamkor_definer;
comment on function gaps.hold_lineage() is 'A gap goes into an open gap only, so no gap ever goes into itself by a detour; what was recorded is undone, never changed.';
grant execute on function gaps.hold_lineage() to public;

CREATE OR REPLACE FUNCTION gaps.hold_vote()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		session record;
	begin
		-- Waits for whoever closes the turn just now: a vote is in before it is shown, or refused.
		select s.state, s.turn into session from gaps.session s where s.id = new.session_id for share;
		if session.state is distinct from 'scoring' or session.turn is distinct from new.turn then
			raise exception 'session.not-scoring' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function gaps.hold_vote() owner to hamkor_definer;
comment on function gaps.hold_vote() is 'Votes are taken while a turn is open, and not afterwards.';
grant execute on function gaps.hold_vote() to public;

CREATE OR REPLACE FUNCTION gaps.must_be_met()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if new.state = 'closed' and old.state is distinct from 'closed' and not exists (
			select from gaps.gap_met m join assessment.finding f on f.id = m.finding_id
			where m.gap_id = new.id and f.state = 'stands' and (new.opened_at is null or m.cited_at >= new.opened_at)) then
			raise exception 'gap.not-met' using errcode = 'HM001';
		end if;
		return null;
	end $function$;
alter function gaps.must_be_met() owner to hamkor_definer;
comment on function gaps.must_be_met() is 'Constraint trigger: a gap is closed by a finding that stands and was cited for it since the gap was last opened.';
grant execute on function gaps.must_be_met() to public;

CREATE OR REPLACE FUNCTION gaps.must_go_somewhere()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		gap uuid := case tg_table_name when 'gap' then new.id else (to_jsonb(new) ->> 'from_gap_id')::uuid end;
		kept text;
		kinds text[];
	begin
		select g.state into kept from gaps.gap g where g.id = gap;
		select coalesce(array_agg(distinct l.kind), '{}') into kinds from gaps.lineage l where l.from_gap_id = gap and l.undone_at is null;
		if kinds is distinct from (case kept when 'merged' then '{merge}'::text[] when 'split' then '{split}'::text[] else '{}'::text[] end) then
			raise exception 'gap.lineage-broken' using errcode = 'HM001';
		end if;
		return null;
	end $function$;
alter function gaps.must_go_somewhere() owner to hamkor_definer;
comment on function gaps.must_go_somewhere() is 'Constraint trigger: a gap is merged or split exactly when it is recorded what it went into.';
grant execute on function gaps.must_go_somewhere() to public;

CREATE OR REPLACE FUNCTION gaps.session_notes(session uuid)
 RETURNS TABLE(gap_id uuid, turn integer, note text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select v.gap_id, v.turn, v.note from gaps.vote v join gaps.session s on s.id = v.session_id
		where v.session_id = session_notes.session and coalesce(v.note, '') <> '' and v.session_id = any(gaps.told_sessions())
			and (s.state in ('shown', 'adopted') or v.turn < s.turn)
		order by 1, 2, md5(v.note) $function$;
alter function gaps.session_notes(session uuid) owner to hamkor_definer;
comment on function gaps.session_notes(session uuid) is 'What was noted beside the scores in the turns that are over, in no order that tells who wrote it.';
grant execute on function gaps.session_notes(session uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION gaps.session_progress(session uuid)
 RETURNS TABLE(voices bigint, whole bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ with asked as (select count(*) as n from gaps.session_gap g where g.session_id = session_progress.session),
			each_voice as (select v.id, (select count(*) from gaps.vote b where b.voice_id = v.id and b.turn = s.turn and b.severity is not null and b.feasibility is not null) as scored
				from gaps.voice v join gaps.session s on s.id = v.session_id
				where v.session_id = session_progress.session and v.session_id = any(gaps.told_sessions()))
		select count(*), count(*) filter (where scored = asked.n) from each_voice, asked $function$;
alter function gaps.session_progress(session uuid) owner to hamkor_definer;
comment on function gaps.session_progress(session uuid) is 'How many take part, and how many have scored every gap in this turn.';
grant execute on function gaps.session_progress(session uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION gaps.spread(session uuid)
 RETURNS TABLE(gap_id uuid, turn integer, component text, value integer, voices bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select v.gap_id, v.turn, c.component, c.value, count(*) from gaps.vote v
		join gaps.session s on s.id = v.session_id
		cross join lateral (values ('severity', v.severity), ('feasibility', v.feasibility)) c (component, value)
		where v.session_id = spread.session and c.value is not null and v.session_id = any(gaps.told_sessions())
			and (s.state in ('shown', 'adopted') or v.turn < s.turn)
		group by 1, 2, 3, 4 order by 1, 2, 3, 4 $function$;
alter function gaps.spread(session uuid) owner to hamkor_definer;
comment on function gaps.spread(session uuid) is 'How often each score was given in the turns that are over. Never who gave which.';
grant execute on function gaps.spread(session uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION gaps.told_sessions()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(s.id), '{}') from gaps.session s
		where case when s.place_id is null then s.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}'))
			else s.programme_id = any(network.programmes_wide('{coordinator,member,analyst,reviewer,official}'))
				or s.place_id = any(network.places_within('{coordinator,member,analyst,reviewer,official}')) end $function$;
alter function gaps.told_sessions() owner to hamkor_definer;
comment on function gaps.told_sessions() is 'Sessions that the acting person may see.';
grant execute on function gaps.told_sessions() to hamkor_app;

create table gaps.endorsement (
	id uuid not null,
	programme_id uuid not null,
	gap_id uuid not null,
	person_id uuid not null,
	organisation_id uuid not null,
	side text not null,
	stance text not null,
	reason jsonb default '{}'::jsonb not null,
	gap_title jsonb not null,
	said_at timestamp with time zone default clock_timestamp() not null,
	withdrawn_at timestamp with time zone,
	withdrawn_reason text,
	constraint endorsement_pkey PRIMARY KEY (id),
	constraint endorsement_programme_id_id_key UNIQUE (programme_id, id),
	constraint endorsement_check CHECK (stance = 'endorse'::text OR reason <> '{}'::jsonb),
	constraint endorsement_side_check CHECK (side = ANY (ARRAY['civil_society'::text, 'authority'::text])),
	constraint endorsement_stance_check CHECK (stance = ANY (ARRAY['endorse'::text, 'dissent'::text])),
	constraint endorsement_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint endorsement_programme_id_gap_id_fkey FOREIGN KEY (programme_id, gap_id) REFERENCES gaps.gap(programme_id, id),
	constraint endorsement_programme_id_organisation_id_fkey FOREIGN KEY (programme_id, organisation_id) REFERENCES network.organisation(programme_id, id)
);
comment on table gaps.endorsement is 'An organisation''s word on a gap, given by a person in their own name: it endorses the gap or dissents, with the reason. Withdrawn, never deleted.';
comment on column gaps.endorsement.gap_title is 'The words of the gap that were endorsed; set by the database.';
CREATE UNIQUE INDEX endorsement_gap_id_organisation_id_idx ON gaps.endorsement USING btree (gap_id, organisation_id) WHERE (withdrawn_at IS NULL);
CREATE TRIGGER hold_endorsement BEFORE INSERT OR UPDATE ON gaps.endorsement FOR EACH ROW EXECUTE FUNCTION gaps.hold_endorsement();
alter table gaps.endorsement enable row level security;
alter table gaps.endorsement force row level security;
create policy changers on gaps.endorsement for update to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person))) with check ((person_id = ( SELECT platform.actor_person() AS actor_person)));
create policy definer on gaps.endorsement for all to hamkor_definer using (true) with check (true);
create policy readers on gaps.endorsement for select to hamkor_app using ((EXISTS ( SELECT
   FROM gaps.gap g
  WHERE ((g.id = endorsement.gap_id) AND (g.programme_id = endorsement.programme_id)))));
create policy writers on gaps.endorsement for insert to hamkor_app with check (((person_id = ( SELECT platform.actor_person() AS actor_person)) AND (organisation_id = ANY (( SELECT network.organisations_with('{coordinator,member,official}'::text[]) AS organisations_with)::uuid[])) AND (EXISTS ( SELECT
   FROM gaps.gap g
  WHERE ((g.id = endorsement.gap_id) AND (g.programme_id = endorsement.programme_id))))));
grant delete, insert, select, update on table gaps.endorsement to hamkor_definer;
grant insert, select, update on table gaps.endorsement to hamkor_app;

create table gaps.gap (
	id uuid not null,
	programme_id uuid not null,
	place_id uuid,
	number integer not null,
	title jsonb not null,
	description jsonb default '{}'::jsonb not null,
	for_whom jsonb default '{}'::jsonb not null,
	barrier text not null,
	search text default ''::text not null,
	state text default 'draft'::text not null,
	opened_at timestamp with time zone,
	closed_at timestamp with time zone,
	withdrawn_at timestamp with time zone,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	updated_at timestamp with time zone default clock_timestamp() not null,
	groups text[] default '{}'::text[] not null,
	severity numeric(2,1),
	feasibility numeric(2,1),
	people_low integer,
	people_high integer,
	people_source text,
	session_id uuid,
	constraint gap_pkey PRIMARY KEY (id),
	constraint gap_programme_id_id_key UNIQUE (programme_id, id),
	constraint gap_programme_id_number_key UNIQUE (programme_id, number),
	constraint gap_barrier_check CHECK (barrier = ANY (ARRAY['availability'::text, 'access'::text, 'quality'::text, 'coordination'::text, 'norms'::text, 'law'::text, 'money'::text])),
	constraint gap_check CHECK ((people_low IS NULL) = (people_high IS NULL) AND people_high >= people_low),
	constraint gap_check1 CHECK (people_low IS NULL OR COALESCE(people_source, ''::text) <> ''::text),
	constraint gap_feasibility_check CHECK (feasibility >= 1::numeric AND feasibility <= 5::numeric),
	constraint gap_people_low_check CHECK (people_low >= 0),
	constraint gap_severity_check CHECK (severity >= 1::numeric AND severity <= 5::numeric),
	constraint gap_state_check CHECK (state = ANY (ARRAY['draft'::text, 'open'::text, 'closed'::text, 'merged'::text, 'split'::text, 'withdrawn'::text])),
	constraint gap_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint gap_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint gap_programme_id_session_id_fkey FOREIGN KEY (programme_id, session_id) REFERENCES gaps.session(programme_id, id)
);
comment on table gaps.gap is 'What is missing, for whom, where, and which barrier. Past draft it cites findings.';
comment on column gaps.gap.groups is 'Groups of people it concerns, by the words of gap.ts.';
comment on column gaps.gap.severity is 'How bad it is for those concerned, 1 to 5; null: nobody has said.';
comment on column gaps.gap.people_low is 'People affected: from people_low to people_high, by people_source; null: not known.';
comment on column gaps.gap.session_id is 'The scoring session from which severity and feasibility were adopted; null: written by hand, or not at all.';
CREATE CONSTRAINT TRIGGER must_be_met AFTER UPDATE ON gaps.gap DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION gaps.must_be_met();
CREATE CONSTRAINT TRIGGER must_go_somewhere AFTER INSERT OR UPDATE OF state ON gaps.gap DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION gaps.must_go_somewhere();
CREATE CONSTRAINT TRIGGER must_rest AFTER INSERT OR UPDATE ON gaps.gap DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION platform.must_rest('gap.without-finding', 'gaps.gap_finding gap_id assessment.finding finding_id');
alter table gaps.gap enable row level security;
alter table gaps.gap force row level security;
create policy changers on gaps.gap for update to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst}'::text[]) AS places_within)::uuid[])))
END) with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst}'::text[]) AS places_within)::uuid[])))
END);
create policy definer on gaps.gap for all to hamkor_definer using (true) with check (true);
create policy readers on gaps.gap for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy writers on gaps.gap for insert to hamkor_app with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst}'::text[]) AS places_within)::uuid[])))
END);
grant delete, insert, select, update on table gaps.gap to hamkor_definer;
grant insert, select, update on table gaps.gap to hamkor_app;

create table gaps.gap_finding (
	programme_id uuid not null,
	gap_id uuid not null,
	finding_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint gap_finding_pkey PRIMARY KEY (gap_id, finding_id),
	constraint gap_finding_programme_id_finding_id_fkey FOREIGN KEY (programme_id, finding_id) REFERENCES assessment.finding(programme_id, id),
	constraint gap_finding_programme_id_gap_id_fkey FOREIGN KEY (programme_id, gap_id) REFERENCES gaps.gap(programme_id, id)
);
comment on table gaps.gap_finding is 'Citation: gaps.gap rests on assessment.finding.';
CREATE INDEX gap_finding_finding_id_idx ON gaps.gap_finding USING btree (finding_id);
CREATE TRIGGER cite_standing_finding_id AFTER INSERT ON gaps.gap_finding FOR EACH ROW WHEN ((new.finding_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('finding_id');
CREATE TRIGGER keep_citation BEFORE DELETE ON gaps.gap_finding FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('gaps.gap', 'gap_id');
alter table gaps.gap_finding enable row level security;
alter table gaps.gap_finding force row level security;
create policy cited on gaps.gap_finding as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.finding c
  WHERE ((c.id = gap_finding.finding_id) AND (c.programme_id = gap_finding.programme_id)))));
create policy definer on gaps.gap_finding for all to hamkor_definer using (true) with check (true);
create policy readers on gaps.gap_finding for select to hamkor_app using ((EXISTS ( SELECT
   FROM gaps.gap whole
  WHERE ((whole.id = gap_finding.gap_id) AND (whole.programme_id = gap_finding.programme_id)))));
create policy removers on gaps.gap_finding for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM gaps.gap whole
  WHERE ((whole.id = gap_finding.gap_id) AND (whole.programme_id = gap_finding.programme_id))))));
create policy writers on gaps.gap_finding for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM gaps.gap whole
  WHERE ((whole.id = gap_finding.gap_id) AND (whole.programme_id = gap_finding.programme_id))))));
grant delete, insert, select on table gaps.gap_finding to hamkor_app;
grant delete, insert, select, update on table gaps.gap_finding to hamkor_definer;

create table gaps.gap_met (
	programme_id uuid not null,
	gap_id uuid not null,
	finding_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint gap_met_pkey PRIMARY KEY (gap_id, finding_id),
	constraint gap_met_programme_id_finding_id_fkey FOREIGN KEY (programme_id, finding_id) REFERENCES assessment.finding(programme_id, id),
	constraint gap_met_programme_id_gap_id_fkey FOREIGN KEY (programme_id, gap_id) REFERENCES gaps.gap(programme_id, id)
);
comment on table gaps.gap_met is 'Citation: gaps.gap rests on assessment.finding.';
CREATE INDEX gap_met_finding_id_idx ON gaps.gap_met USING btree (finding_id);
CREATE TRIGGER keep_citation BEFORE DELETE ON gaps.gap_met FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('gaps.gap', 'gap_id');
alter table gaps.gap_met enable row level security;
alter table gaps.gap_met force row level security;
create policy cited on gaps.gap_met as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.finding c
  WHERE ((c.id = gap_met.finding_id) AND (c.programme_id = gap_met.programme_id)))));
create policy definer on gaps.gap_met for all to hamkor_definer using (true) with check (true);
create policy readers on gaps.gap_met for select to hamkor_app using ((EXISTS ( SELECT
   FROM gaps.gap whole
  WHERE ((whole.id = gap_met.gap_id) AND (whole.programme_id = gap_met.programme_id)))));
create policy removers on gaps.gap_met for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM gaps.gap whole
  WHERE ((whole.id = gap_met.gap_id) AND (whole.programme_id = gap_met.programme_id))))));
create policy writers on gaps.gap_met for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM gaps.gap whole
  WHERE ((whole.id = gap_met.gap_id) AND (whole.programme_id = gap_met.programme_id))))));
grant delete, insert, select on table gaps.gap_met to hamkor_app;
grant delete, insert, select, update on table gaps.gap_met to hamkor_definer;

create table gaps.lineage (
	id uuid not null,
	programme_id uuid not null,
	kind text not null,
	from_gap_id uuid not null,
	into_gap_id uuid not null,
	reason text not null,
	made_by uuid,
	made_at timestamp with time zone default clock_timestamp() not null,
	undone_by uuid,
	undone_at timestamp with time zone,
	constraint lineage_pkey PRIMARY KEY (id),
	constraint lineage_check CHECK (from_gap_id <> into_gap_id),
	constraint lineage_kind_check CHECK (kind = ANY (ARRAY['merge'::text, 'split'::text])),
	constraint lineage_reason_check CHECK (reason <> ''::text),
	constraint lineage_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint lineage_programme_id_from_gap_id_fkey FOREIGN KEY (programme_id, from_gap_id) REFERENCES gaps.gap(programme_id, id),
	constraint lineage_programme_id_into_gap_id_fkey FOREIGN KEY (programme_id, into_gap_id) REFERENCES gaps.gap(programme_id, id)
);
comment on table gaps.lineage is 'Which gap a gap was merged into, or which it was split into, and why. Undone, never deleted.';
CREATE INDEX lineage_into_gap_id_idx ON gaps.lineage USING btree (into_gap_id);
CREATE UNIQUE INDEX lineage_from_gap_id_into_gap_id_idx ON gaps.lineage USING btree (from_gap_id, into_gap_id) WHERE (undone_at IS NULL);
CREATE TRIGGER hold_lineage BEFORE INSERT OR UPDATE ON gaps.lineage FOR EACH ROW EXECUTE FUNCTION gaps.hold_lineage();
CREATE CONSTRAINT TRIGGER must_go_somewhere AFTER INSERT OR UPDATE ON gaps.lineage DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION gaps.must_go_somewhere();
alter table gaps.lineage enable row level security;
alter table gaps.lineage force row level security;
create policy changers on gaps.lineage for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy definer on gaps.lineage for all to hamkor_definer using (true) with check (true);
create policy readers on gaps.lineage for select to hamkor_app using ((EXISTS ( SELECT
   FROM gaps.gap g
  WHERE ((g.id = ANY (ARRAY[lineage.from_gap_id, lineage.into_gap_id])) AND (g.programme_id = lineage.programme_id)))));
create policy writers on gaps.lineage for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM gaps.gap g
  WHERE ((g.id = lineage.from_gap_id) AND (g.programme_id = lineage.programme_id)))) AND (EXISTS ( SELECT
   FROM gaps.gap g
  WHERE ((g.id = lineage.into_gap_id) AND (g.programme_id = lineage.programme_id))))));
grant delete, insert, select, update on table gaps.lineage to hamkor_definer;
grant insert, select, update on table gaps.lineage to hamkor_app;

create table gaps.priority (
	id uuid not null,
	programme_id uuid not null,
	place_id uuid,
	number integer not null,
	statement jsonb not null,
	stated_by jsonb not null,
	stated_on date not null,
	search text default ''::text not null,
	state text default 'stands'::text not null,
	withdrawn_at timestamp with time zone,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint priority_pkey PRIMARY KEY (id),
	constraint priority_programme_id_id_key UNIQUE (programme_id, id),
	constraint priority_programme_id_number_key UNIQUE (programme_id, number),
	constraint priority_state_check CHECK (state = ANY (ARRAY['stands'::text, 'withdrawn'::text])),
	constraint priority_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint priority_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id)
);
comment on table gaps.priority is 'A priority that a community states for itself: by which group, never by whom.';
alter table gaps.priority enable row level security;
alter table gaps.priority force row level security;
create policy changers on gaps.priority for update to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst}'::text[]) AS places_within)::uuid[])))
END) with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst}'::text[]) AS places_within)::uuid[])))
END);
create policy definer on gaps.priority for all to hamkor_definer using (true) with check (true);
create policy readers on gaps.priority for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy writers on gaps.priority for insert to hamkor_app with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst}'::text[]) AS places_within)::uuid[])))
END);
grant delete, insert, select, update on table gaps.priority to hamkor_definer;
grant insert, select, update on table gaps.priority to hamkor_app;

create table gaps.session (
	id uuid not null,
	programme_id uuid not null,
	place_id uuid,
	number integer not null,
	title jsonb not null,
	code text not null,
	state text default 'draft'::text not null,
	turn integer default 1 not null,
	search text default ''::text not null,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	updated_at timestamp with time zone default clock_timestamp() not null,
	constraint session_pkey PRIMARY KEY (id),
	constraint session_programme_id_code_key UNIQUE (programme_id, code),
	constraint session_programme_id_id_key UNIQUE (programme_id, id),
	constraint session_programme_id_number_key UNIQUE (programme_id, number),
	constraint session_code_check CHECK (code ~ '^[A-Z2-9]{6}$'::text),
	constraint session_state_check CHECK (state = ANY (ARRAY['draft'::text, 'scoring'::text, 'shown'::text, 'adopted'::text, 'cancelled'::text])),
	constraint session_turn_check CHECK (turn >= 1 AND turn <= 5),
	constraint session_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint session_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id)
);
comment on table gaps.session is 'Several people score gaps, each for themselves; the spread is shown when a turn is over, and the result adopted.';
alter table gaps.session enable row level security;
alter table gaps.session force row level security;
create policy changers on gaps.session for update to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator}'::text[]) AS places_within)::uuid[])))
END) with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator}'::text[]) AS places_within)::uuid[])))
END);
create policy definer on gaps.session for all to hamkor_definer using (true) with check (true);
create policy readers on gaps.session for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy writers on gaps.session for insert to hamkor_app with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator}'::text[]) AS places_within)::uuid[])))
END);
grant delete, insert, select, update on table gaps.session to hamkor_definer;
grant insert, select, update on table gaps.session to hamkor_app;

create table gaps.session_gap (
	programme_id uuid not null,
	session_id uuid not null,
	gap_id uuid not null,
	"position" integer not null,
	severity numeric(2,1),
	feasibility numeric(2,1),
	dissent jsonb default '{}'::jsonb not null,
	constraint session_gap_pkey PRIMARY KEY (session_id, gap_id),
	constraint session_gap_programme_id_gap_id_fkey FOREIGN KEY (programme_id, gap_id) REFERENCES gaps.gap(programme_id, id),
	constraint session_gap_programme_id_session_id_fkey FOREIGN KEY (programme_id, session_id) REFERENCES gaps.session(programme_id, id)
);
comment on table gaps.session_gap is 'A gap that is scored in a session; once adopted, the medians and how many scored two or more away from them.';
alter table gaps.session_gap enable row level security;
alter table gaps.session_gap force row level security;
create policy changers on gaps.session_gap for update to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM gaps.session whole
  WHERE ((whole.id = session_gap.session_id) AND (whole.programme_id = session_gap.programme_id)))))) with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM gaps.session whole
  WHERE ((whole.id = session_gap.session_id) AND (whole.programme_id = session_gap.programme_id))))));
create policy definer on gaps.session_gap for all to hamkor_definer using (true) with check (true);
create policy readers on gaps.session_gap for select to hamkor_app using ((EXISTS ( SELECT
   FROM gaps.session whole
  WHERE ((whole.id = session_gap.session_id) AND (whole.programme_id = session_gap.programme_id)))));
create policy removers on gaps.session_gap for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM gaps.session whole
  WHERE ((whole.id = session_gap.session_id) AND (whole.programme_id = session_gap.programme_id))))));
create policy writers on gaps.session_gap for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM gaps.session whole
  WHERE ((whole.id = session_gap.session_id) AND (whole.programme_id = session_gap.programme_id))))));
grant delete, insert, select, update on table gaps.session_gap to hamkor_app;
grant delete, insert, select, update on table gaps.session_gap to hamkor_definer;

create table gaps.voice (
	id uuid not null,
	programme_id uuid not null,
	session_id uuid not null,
	person_id uuid,
	label text,
	entered_by uuid not null,
	joined_at timestamp with time zone default clock_timestamp() not null,
	constraint voice_pkey PRIMARY KEY (id),
	constraint voice_programme_id_id_key UNIQUE (programme_id, id),
	constraint voice_session_id_person_id_key UNIQUE (session_id, person_id),
	constraint voice_check CHECK ((person_id IS NULL) = (label IS NOT NULL)),
	constraint voice_check1 CHECK (person_id IS NULL OR person_id = entered_by),
	constraint voice_entered_by_fkey FOREIGN KEY (entered_by) REFERENCES network.person(id),
	constraint voice_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint voice_programme_id_session_id_fkey FOREIGN KEY (programme_id, session_id) REFERENCES gaps.session(programme_id, id)
);
comment on table gaps.voice is 'One voice in a session: a person who scores on their own phone, or a paper sheet of somebody without an account, entered by who moderates (label: which group, never a name).';
alter table gaps.voice enable row level security;
alter table gaps.voice force row level security;
create policy definer on gaps.voice for all to hamkor_definer using (true) with check (true);
create policy readers on gaps.voice for select to hamkor_app using ((EXISTS ( SELECT
   FROM gaps.session s
  WHERE ((s.id = voice.session_id) AND (s.programme_id = voice.programme_id)))));
create policy writers on gaps.voice for insert to hamkor_app with check (((entered_by = ( SELECT platform.actor_person() AS actor_person)) AND (EXISTS ( SELECT
   FROM gaps.session s
  WHERE ((s.id = voice.session_id) AND (s.programme_id = voice.programme_id)))) AND (programme_id = ANY (( SELECT network.programmes_with((
        CASE
            WHEN (voice.person_id IS NULL) THEN '{coordinator}'::text
            ELSE '{coordinator,member,analyst,reviewer,official}'::text
        END)::text[]) AS programmes_with)::uuid[]))));
grant delete, insert, select, update on table gaps.voice to hamkor_definer;
grant insert, select, update on table gaps.voice to hamkor_app;

create table gaps.vote (
	programme_id uuid not null,
	session_id uuid not null,
	voice_id uuid not null,
	gap_id uuid not null,
	turn integer not null,
	severity integer,
	feasibility integer,
	note text,
	updated_at timestamp with time zone default clock_timestamp() not null,
	constraint vote_pkey PRIMARY KEY (voice_id, gap_id, turn),
	constraint vote_feasibility_check CHECK (feasibility >= 1 AND feasibility <= 5),
	constraint vote_note_check CHECK (length(note) <= 500),
	constraint vote_severity_check CHECK (severity >= 1 AND severity <= 5),
	constraint vote_programme_id_voice_id_fkey FOREIGN KEY (programme_id, voice_id) REFERENCES gaps.voice(programme_id, id),
	constraint vote_session_id_gap_id_fkey FOREIGN KEY (session_id, gap_id) REFERENCES gaps.session_gap(session_id, gap_id)
);
comment on table gaps.vote is 'How one voice scores one gap in one turn. Seen by whoever entered it and nobody else, before and after: others see the spread.';
CREATE INDEX vote_session_id_turn_idx ON gaps.vote USING btree (session_id, turn);
CREATE TRIGGER hold_vote BEFORE INSERT OR UPDATE ON gaps.vote FOR EACH ROW EXECUTE FUNCTION gaps.hold_vote();
alter table gaps.vote enable row level security;
alter table gaps.vote force row level security;
create policy definer on gaps.vote for all to hamkor_definer using (true) with check (true);
create policy own on gaps.vote for all to hamkor_app using ((EXISTS ( SELECT
   FROM gaps.voice v
  WHERE ((v.id = vote.voice_id) AND (v.session_id = vote.session_id) AND (v.entered_by = ( SELECT platform.actor_person() AS actor_person)))))) with check ((EXISTS ( SELECT
   FROM gaps.voice v
  WHERE ((v.id = vote.voice_id) AND (v.session_id = vote.session_id) AND (v.entered_by = ( SELECT platform.actor_person() AS actor_person))))));
grant delete, insert, select, update on table gaps.vote to hamkor_definer;
grant insert, select, update on table gaps.vote to hamkor_app;

create table gaps.watch (
	id uuid not null,
	programme_id uuid not null,
	gap_id uuid not null,
	figure_id uuid not null,
	row_key text not null,
	series_key text default ''::text not null,
	direction text not null,
	bar double precision not null,
	reason text not null,
	made_by uuid,
	made_at timestamp with time zone default clock_timestamp() not null,
	ended_at timestamp with time zone,
	constraint watch_pkey PRIMARY KEY (id),
	constraint watch_direction_check CHECK (direction = ANY (ARRAY['above'::text, 'below'::text])),
	constraint watch_reason_check CHECK (reason <> ''::text),
	constraint watch_programme_id_figure_id_fkey FOREIGN KEY (programme_id, figure_id) REFERENCES assessment.figure(programme_id, id),
	constraint watch_programme_id_gap_id_fkey FOREIGN KEY (programme_id, gap_id) REFERENCES gaps.gap(programme_id, id)
);
comment on table gaps.watch is 'A rule by which a gap counts as open: the comparable figure of a later round lies above or below a bar. bar is in the unit of the figure: a share from 0 to 1, a count or a value.';
CREATE UNIQUE INDEX watch_gap_id_figure_id_row_key_series_key_idx ON gaps.watch USING btree (gap_id, figure_id, row_key, series_key) WHERE (ended_at IS NULL);
CREATE TRIGGER cite_standing_figure_id AFTER INSERT ON gaps.watch FOR EACH ROW WHEN ((new.figure_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('figure_id');
CREATE TRIGGER freeze_cited AFTER INSERT ON gaps.watch FOR EACH ROW EXECUTE FUNCTION assessment.freeze_figure();
alter table gaps.watch enable row level security;
alter table gaps.watch force row level security;
create policy changers on gaps.watch for update to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM gaps.gap whole
  WHERE ((whole.id = watch.gap_id) AND (whole.programme_id = watch.programme_id)))))) with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM gaps.gap whole
  WHERE ((whole.id = watch.gap_id) AND (whole.programme_id = watch.programme_id))))));
create policy cited on gaps.watch as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.figure f
  WHERE ((f.id = watch.figure_id) AND (f.programme_id = watch.programme_id)))));
create policy definer on gaps.watch for all to hamkor_definer using (true) with check (true);
create policy readers on gaps.watch for select to hamkor_app using ((EXISTS ( SELECT
   FROM gaps.gap whole
  WHERE ((whole.id = watch.gap_id) AND (whole.programme_id = watch.programme_id)))));
create policy writers on gaps.watch for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM gaps.gap whole
  WHERE ((whole.id = watch.gap_id) AND (whole.programme_id = watch.programme_id))))));
grant delete, insert, select, update on table gaps.watch to hamkor_definer;
grant insert, select, update on table gaps.watch to hamkor_app;

create table gaps.weighting (
	programme_id uuid not null,
	severity numeric(3,2) not null,
	people numeric(3,2) not null,
	strength numeric(3,2) not null,
	feasibility numeric(3,2) not null,
	reason text not null,
	set_by uuid,
	set_at timestamp with time zone default clock_timestamp() not null,
	constraint weighting_pkey PRIMARY KEY (programme_id),
	constraint weighting_feasibility_check CHECK (feasibility >= 0.1 AND feasibility <= 5::numeric),
	constraint weighting_people_check CHECK (people >= 0.1 AND people <= 5::numeric),
	constraint weighting_reason_check CHECK (reason <> ''::text),
	constraint weighting_severity_check CHECK (severity >= 0.1 AND severity <= 5::numeric),
	constraint weighting_strength_check CHECK (strength >= 0.1 AND strength <= 5::numeric),
	constraint weighting_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id)
);
comment on table gaps.weighting is 'How heavily the components of a gap''s priority count in a programme, and why. Without a row all count the same.';
alter table gaps.weighting enable row level security;
alter table gaps.weighting force row level security;
create policy changers on gaps.weighting for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])));
create policy definer on gaps.weighting for all to hamkor_definer using (true) with check (true);
create policy readers on gaps.weighting for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy writers on gaps.weighting for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table gaps.weighting to hamkor_definer;
grant insert, select, update on table gaps.weighting to hamkor_app;

-- network ---------------------------------------------------------------------------------------------

create schema network;
comment on schema network is 'Who is in the partnership and where: places, organisations, people, roles.';
grant usage on schema network to hamkor_app;
grant usage on schema network to hamkor_definer;

CREATE OR REPLACE PROCEDURE network.cite(IN citation text, IN citing text, IN citing_key text, IN cited text, IN cited_key text, IN writers text[])
 LANGUAGE plpgsql
 SET search_path TO ''
AS $procedure$
	begin
		execute format('create table %s (
			programme_id uuid not null,
			%I uuid not null,
			%I uuid not null,
			cited_at timestamptz not null default clock_timestamp(),
			primary key (%I, %I),
			foreign key (programme_id, %I) references %s (programme_id, id),
			foreign key (programme_id, %I) references %s (programme_id, id))',
			citation, citing_key, cited_key, citing_key, cited_key, citing_key, citing, cited_key, cited);
		execute format('comment on table %s is %L', citation, format('Citation: %s rests on %s.', citing, cited));
		execute format('create index on %s (%I)', citation, cited_key);
		execute format('create trigger keep_citation before delete on %s for each row execute function platform.keep_citation(%L, %L)', citation, citing, citing_key);
		call network.fence_citation(citation::regclass, citing::regclass, citing_key, cited::regclass, cited_key, writers);
	end $procedure$;
comment on procedure network.cite(IN citation text, IN citing text, IN citing_key text, IN cited text, IN cited_key text, IN writers text[]) is 'Makes a typed citation table: foreign keys within one programme, its fence, and the rule that citations of what is past draft are kept.';
grant execute on procedure network.cite(IN citation text, IN citing text, IN citing_key text, IN cited text, IN cited_key text, IN writers text[]) to public;

CREATE OR REPLACE FUNCTION network.coordinated(programme uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select exists (select from network.role_grant g where g.programme_id = coordinated.programme and g.role = 'coordinator' and g.place_id is null) $function$;
alter function network.coordinated(programme uuid) owner to hamkor_definer;
comment on function network.coordinated(programme uuid) is 'Whether the programme has, or ever had, a coordinator of the whole: its setting up is over.';
grant execute on function network.coordinated(programme uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION network.coordinator_acts(programme uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select exists (select from network.role_grant g join platform.account a on a.person_id = g.person_id and a.disabled_at is null
		where g.programme_id = coordinator_acts.programme and g.role = 'coordinator' and g.place_id is null and g.ended_at is null) $function$;
alter function network.coordinator_acts(programme uuid) owner to hamkor_definer;
comment on function network.coordinator_acts(programme uuid) is 'Whether somebody who coordinates the whole programme can sign in.';
grant execute on function network.coordinator_acts(programme uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION network.decide_grant(proposal uuid, decision text, given uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		p network.proposed_grant;
		me uuid := platform.actor_person();
		coordinates boolean;
		stands_in boolean;
	begin
		select * into p from network.proposed_grant g where g.id = decide_grant.proposal and g.decided_at is null for update;
		if not found or me is null then
			return false;
		end if;
		coordinates := p.programme_id = any(network.programmes_wide('{coordinator}'));
		-- Where no coordinator can sign in any more, who administers the installation stands in; never for his own proposal.
		stands_in := network.is_installation_administrator() and not network.coordinator_acts(p.programme_id);
		if decide_grant.decision = 'confirmed' then
			if not (coordinates or stands_in) or me in (p.proposed_by, p.person_id) then
				return false;
			end if;
			insert into network.role_grant (id, programme_id, person_id, organisation_id, role, place_id, granted_by, confirmed_by)
				values (decide_grant.given, p.programme_id, p.person_id, p.organisation_id, p.role, p.place_id, p.proposed_by, me);
		elsif not (coordinates or stands_in or me = p.proposed_by) then
			return false;
		end if;
		update network.proposed_grant set decision = decide_grant.decision, decided_by = me, decided_at = clock_timestamp() where id = p.id;
		return true;
	end $function$;
alter function network.decide_grant(proposal uuid, decision text, given uuid) owner to hamkor_definer;
comment on function network.decide_grant(proposal uuid, decision text, given uuid) is 'Confirms a proposed role, which makes it, or declines it. Confirmed by a coordinator of the whole programme who neither proposed nor is to hold it; declined by such a one, or taken back by who proposed it.';
grant execute on function network.decide_grant(proposal uuid, decision text, given uuid) to hamkor_app;

CREATE OR REPLACE PROCEDURE network.fence_citation(IN target regclass, IN parent regclass, IN key text, IN cited regclass, IN cited_key text, IN writers text[])
 LANGUAGE plpgsql
 SET search_path TO ''
AS $procedure$
	begin
		call network.fence_part(target, parent, key, writers);
		execute format('create policy cited on %s as restrictive for insert to hamkor_app with check (exists (select from %s c where c.id = %s.%I and c.programme_id = %s.programme_id))',
			target, cited, target, cited_key, target);
	end $procedure$;
comment on procedure network.fence_citation(IN target regclass, IN parent regclass, IN key text, IN cited regclass, IN cited_key text, IN writers text[]) is 'Fence of a citation: as a part of what cites; and only what one can see oneself can be cited.';
grant execute on procedure network.fence_citation(IN target regclass, IN parent regclass, IN key text, IN cited regclass, IN cited_key text, IN writers text[]) to public;

CREATE OR REPLACE PROCEDURE network.fence_part(IN target regclass, IN parent regclass, IN key text, IN writers text[], IN privileges text DEFAULT 'select, insert, delete'::text)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $procedure$
	declare
		seen text := format('exists (select from %s whole where whole.id = %s.%I and whole.programme_id = %s.programme_id)', parent, target, key, target);
		held text := format('programme_id = any((select network.programmes_with(%L))::uuid[])', writers);
	begin
		call platform.fence(target, privileges);
		execute format('create policy readers on %s for select to hamkor_app using (%s)', target, seen);
		execute format('create policy writers on %s for insert to hamkor_app with check (%s and %s)', target, held, seen);
		if privileges like '%update%' then
			execute format('create policy changers on %s for update to hamkor_app using (%s and %s) with check (%s and %s)', target, held, seen, held, seen);
		end if;
		if privileges like '%delete%' then
			execute format('create policy removers on %s for delete to hamkor_app using (%s and %s)', target, held, seen);
		end if;
	end $procedure$;
comment on procedure network.fence_part(IN target regclass, IN parent regclass, IN key text, IN writers text[], IN privileges text) is 'Fence of a part: seen where its whole is seen (row security of the whole applies), written by writers who see the whole.';
grant execute on procedure network.fence_part(IN target regclass, IN parent regclass, IN key text, IN writers text[], IN privileges text) to public;

CREATE OR REPLACE PROCEDURE network.fence_placed(IN target regclass, IN readers text[], IN writers text[])
 LANGUAGE plpgsql
 SET search_path TO ''
AS $procedure$
	declare
		reads text := network.placed_rule(readers, 'with');
		writes text := network.placed_rule(writers, 'wide');
	begin
		call platform.fence(target);
		execute format('create policy readers on %s for select to hamkor_app using (%s)', target, reads);
		execute format('create policy writers on %s for insert to hamkor_app with check (%s)', target, writes);
		execute format('create policy changers on %s for update to hamkor_app using (%s) with check (%s)', target, writes, writes);
	end $procedure$;
comment on procedure network.fence_placed(IN target regclass, IN readers text[], IN writers text[]) is 'Fence of a record with programme_id and place_id: readers see what lies in their places and what concerns the whole programme; writers write in their places, and for the whole programme only with a grant for all of it.';
grant execute on procedure network.fence_placed(IN target regclass, IN readers text[], IN writers text[]) to public;

CREATE OR REPLACE PROCEDURE network.fence_programme(IN target regclass, IN readers text[], IN writers text[])
 LANGUAGE plpgsql
 SET search_path TO ''
AS $procedure$
	declare
		reads text := format('programme_id = any((select network.programmes_with(%L))::uuid[])', readers);
		writes text := format('programme_id = any((select network.programmes_with(%L))::uuid[])', writers);
	begin
		call platform.fence(target);
		execute format('create policy readers on %s for select to hamkor_app using (%s)', target, reads);
		execute format('create policy writers on %s for insert to hamkor_app with check (%s)', target, writes);
		execute format('create policy changers on %s for update to hamkor_app using (%s) with check (%s)', target, writes, writes);
	end $procedure$;
comment on procedure network.fence_programme(IN target regclass, IN readers text[], IN writers text[]) is 'Fence of a record that concerns a programme as a whole.';
grant execute on procedure network.fence_programme(IN target regclass, IN readers text[], IN writers text[]) to public;

CREATE OR REPLACE FUNCTION network.holders(roles text[], programme uuid, place uuid DEFAULT NULL::uuid)
 RETURNS TABLE(person_id uuid, display_name text, role text, organisation_id uuid, place_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select g.person_id, network.shown_name(p), g.role, g.organisation_id, g.place_id from network.role_grant g
		join network.person p on p.id = g.person_id
		left join network.place top on top.id = g.place_id
		left join network.place here on here.id = holders.place and here.programme_id = holders.programme
		where g.programme_id = holders.programme and g.ended_at is null and g.role = any(holders.roles)
			and (holders.place is null or g.place_id is null or here.path <@ top.path)
			and exists (select from network.role_grant mine where mine.person_id = platform.actor_person()
				and mine.programme_id = holders.programme and mine.ended_at is null)
		order by g.role, network.shown_name(p) $function$;
alter function network.holders(roles text[], programme uuid, place uuid) owner to hamkor_definer;
comment on function network.holders(roles text[], programme uuid, place uuid) is 'Who holds one of the roles over a programme and place: the list of who can see a record. Answers only to who takes part in the programme.';
grant execute on function network.holders(roles text[], programme uuid, place uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION network.is_installation_administrator()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select exists (select from platform.account a
		where a.person_id = platform.actor_person() and a.installation_administrator and a.disabled_at is null) $function$;
alter function network.is_installation_administrator() owner to hamkor_definer;
comment on function network.is_installation_administrator() is 'Whether the acting person administers the installation: programmes and accounts, no content.';
grant execute on function network.is_installation_administrator() to hamkor_app;

CREATE OR REPLACE FUNCTION network.known_people()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(distinct known.person_id), '{}') from (
		select theirs.person_id from network.role_grant mine
			join network.role_grant theirs on theirs.programme_id = mine.programme_id
			where mine.person_id = platform.actor_person() and mine.ended_at is null
		union all
		select p.person_id from network.proposed_grant p where p.programme_id = any(network.programmes_wide('{coordinator,administrator}'))) known $function$;
alter function network.known_people() owner to hamkor_definer;
comment on function network.known_people() is 'People who hold or held a role in a programme of the acting person, and those proposed for one in a programme that she manages.';
grant execute on function network.known_people() to hamkor_app;

CREATE OR REPLACE FUNCTION network.managed_people()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(distinct managed.person_id), '{}') from (
		select g.person_id, g.programme_id from network.role_grant g union all select p.person_id, p.programme_id from network.proposed_grant p) managed
		where managed.programme_id = any(network.programmes_wide('{coordinator,administrator}')) $function$;
alter function network.managed_people() owner to hamkor_definer;
comment on function network.managed_people() is 'People in programmes that the acting person coordinates or administers as a whole, and those proposed for them.';
grant execute on function network.managed_people() to hamkor_app;

CREATE OR REPLACE FUNCTION network.may(roles text[], programme uuid, place uuid DEFAULT NULL::uuid, organisation uuid DEFAULT NULL::uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select exists (
		select from network.role_grant g
		left join network.place top on top.id = g.place_id
		left join network.place here on here.id = may.place and here.programme_id = may.programme
		where g.person_id = platform.actor_person() and g.ended_at is null
			and g.programme_id = may.programme and g.role = any(may.roles)
			and (may.organisation is null or g.organisation_id = may.organisation)
			and (g.place_id is null or here.path <@ top.path)) $function$;
alter function network.may(roles text[], programme uuid, place uuid, organisation uuid) owner to hamkor_definer;
comment on function network.may(roles text[], programme uuid, place uuid, organisation uuid) is 'Whether the acting person holds one of the roles over this programme and place (a null place needs a grant for the whole programme), for this organisation if one is named. What a permit asks.';
grant execute on function network.may(roles text[], programme uuid, place uuid, organisation uuid) to hamkor_app;

CREATE OR REPLACE FUNCTION network.next_number(programme uuid, kind text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		given integer;
	begin
		-- A number is given to who writes in the programme, or to a task of the program: numbers of others are neither counted nor used up.
		if platform.actor_kind() is distinct from 'system' and not (next_number.programme = any(network.programmes_with('{coordinator,member,analyst,official}'))) then
			raise exception 'no number in a programme in which one does not write' using errcode = '42501';
		end if;
		insert into network.counter as c (programme_id, kind, last) values (next_number.programme, next_number.kind, 1)
			on conflict on constraint counter_pkey do update set last = c.last + 1 returning last into given;
		return given;
	end $function$;
alter function network.next_number(programme uuid, kind text) owner to hamkor_definer;
comment on function network.next_number(programme uuid, kind text) is 'The next number of a series, for who writes in the programme.';
grant execute on function network.next_number(programme uuid, kind text) to hamkor_app;

CREATE OR REPLACE FUNCTION network.organisations_with(roles text[])
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(distinct g.organisation_id), '{}') from network.role_grant g
		where g.person_id = platform.actor_person() and g.ended_at is null and g.role = any(roles) and g.organisation_id is not null $function$;
alter function network.organisations_with(roles text[]) owner to hamkor_definer;
comment on function network.organisations_with(roles text[]) is 'Organisations for which the acting person holds one of the roles.';
grant execute on function network.organisations_with(roles text[]) to hamkor_app;

CREATE OR REPLACE FUNCTION network.placed_rule(roles text[], whole text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO ''
AS $function$ select format('case when place_id is null then programme_id = any((select network.programmes_%s(%L))::uuid[])
		else programme_id = any((select network.programmes_wide(%L))::uuid[]) or place_id = any((select network.places_within(%L))::uuid[]) end',
		whole, roles, roles, roles) $function$;
comment on function network.placed_rule(roles text[], whole text) is 'The condition of a policy on programme_id and place_id; whole says whom a record of the whole programme concerns: with (a role anywhere) or wide (a role for all of it).';
grant execute on function network.placed_rule(roles text[], whole text) to public;

CREATE OR REPLACE FUNCTION network.places_within(roles text[])
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public'
AS $function$ select coalesce(array_agg(distinct p.id), '{}') from network.role_grant g
		join network.place top on top.id = g.place_id
		join network.place p on p.programme_id = top.programme_id and p.path <@ top.path
		where g.person_id = platform.actor_person() and g.ended_at is null and g.role = any(roles) $function$;
alter function network.places_within(roles text[]) owner to hamkor_definer;
comment on function network.places_within(roles text[]) is 'Places in the subtrees where the acting person holds one of the roles.';
grant execute on function network.places_within(roles text[]) to hamkor_app;

CREATE OR REPLACE FUNCTION network.programmes_wide(roles text[])
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(distinct g.programme_id), '{}') from network.role_grant g
		where g.person_id = platform.actor_person() and g.ended_at is null and g.role = any(roles) and g.place_id is null $function$;
alter function network.programmes_wide(roles text[]) owner to hamkor_definer;
comment on function network.programmes_wide(roles text[]) is 'Programmes in which the acting person holds one of the roles for the whole programme.';
grant execute on function network.programmes_wide(roles text[]) to hamkor_app;

CREATE OR REPLACE FUNCTION network.programmes_with(roles text[])
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(distinct g.programme_id), '{}') from network.role_grant g
		where g.person_id = platform.actor_person() and g.ended_at is null and g.role = any(roles) $function$;
alter function network.programmes_with(roles text[]) owner to hamkor_definer;
comment on function network.programmes_with(roles text[]) is 'Programmes in which the acting person holds one of the roles anywhere.';
grant execute on function network.programmes_with(roles text[]) to hamkor_app;

CREATE OR REPLACE FUNCTION network.shown_name(person network.person)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(person.names ->> nullif(current_setting('app.locale', true), ''), person.display_name) $function$;
comment on function network.shown_name(person network.person) is 'What a person is called, in the language that the actor of the transaction reads in.';
grant execute on function network.shown_name(person network.person) to hamkor_app;
grant execute on function network.shown_name(person network.person) to hamkor_definer;
grant execute on function network.shown_name(person network.person) to public;

CREATE OR REPLACE FUNCTION network.side_of(type text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (type = ANY (ARRAY['cso'::text, 'women_led_cso'::text, 'cso_shelter'::text])) THEN 'civil_society'::text WHEN (type = ANY (ARRAY['local_authority'::text, 'makhalla_committee'::text, 'ministry'::text, 'commission'::text, 'national_centre'::text, 'state_rehabilitation_centre'::text])) THEN 'authority'::text ELSE NULL::text END;
comment on function network.side_of(type text) is 'On which side of a joint team an organisation of this type sits: civil_society, authority, or neither (donors, international organisations, mixed groups).';
grant execute on function network.side_of(type text) to public;

create table network.counter (
	programme_id uuid not null,
	kind text not null,
	last integer default 0 not null,
	constraint counter_pkey PRIMARY KEY (programme_id, kind),
	constraint counter_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id)
);
comment on table network.counter is 'Last number given in each series (G-07, F-12) of a programme.';
alter table network.counter enable row level security;
alter table network.counter force row level security;
create policy definer on network.counter for all to hamkor_definer using (true) with check (true);
grant delete, insert, select, update on table network.counter to hamkor_definer;
grant select on table network.counter to hamkor_app;

create table network.organisation (
	id uuid not null,
	programme_id uuid not null,
	type text not null,
	name jsonb not null,
	search text default ''::text not null,
	languages text[] default '{}'::text[] not null,
	description jsonb default '{}'::jsonb not null,
	contact jsonb default '{}'::jsonb not null,
	valid_from date,
	valid_to date,
	successor_id uuid,
	demonstration boolean default false not null,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint organisation_pkey PRIMARY KEY (id),
	constraint organisation_programme_id_id_key UNIQUE (programme_id, id),
	constraint organisation_check CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from),
	constraint organisation_check1 CHECK (successor_id IS DISTINCT FROM id),
	constraint organisation_check2 CHECK ((type <> ALL (ARRAY['cso_shelter'::text, 'state_rehabilitation_centre'::text])) OR NOT contact ? 'address'::text),
	constraint organisation_type_check CHECK (type = ANY (ARRAY['cso'::text, 'women_led_cso'::text, 'cso_shelter'::text, 'state_rehabilitation_centre'::text, 'local_authority'::text, 'makhalla_committee'::text, 'community_security_working_group'::text, 'ministry'::text, 'commission'::text, 'national_centre'::text, 'donor'::text, 'ingo'::text])),
	constraint organisation_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint organisation_programme_id_successor_id_fkey FOREIGN KEY (programme_id, successor_id) REFERENCES network.organisation(programme_id, id)
);
comment on table network.organisation is 'An organisation, valid from-to, with its successor: ministries are renamed. Never a shelter''s address: contact goes through a line or an intake organisation.';
CREATE INDEX organisation_search_idx ON network.organisation USING gin (search gin_trgm_ops);
alter table network.organisation enable row level security;
alter table network.organisation force row level security;
create policy changers on network.organisation for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,administrator}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,administrator}'::text[]) AS programmes_with)::uuid[])));
create policy definer on network.organisation for all to hamkor_definer using (true) with check (true);
create policy readers on network.organisation for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official,donor,administrator}'::text[]) AS programmes_with)::uuid[])));
create policy "task first-run all" on network.organisation for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text));
create policy writers on network.organisation for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,administrator}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table network.organisation to hamkor_definer;
grant insert, select, update on table network.organisation to hamkor_app;

create table network.organisation_place (
	programme_id uuid not null,
	organisation_id uuid not null,
	place_id uuid not null,
	constraint organisation_place_pkey PRIMARY KEY (organisation_id, place_id),
	constraint organisation_place_programme_id_organisation_id_fkey FOREIGN KEY (programme_id, organisation_id) REFERENCES network.organisation(programme_id, id) ON DELETE CASCADE,
	constraint organisation_place_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id)
);
comment on table network.organisation_place is 'Places an organisation serves.';
alter table network.organisation_place enable row level security;
alter table network.organisation_place force row level security;
create policy definer on network.organisation_place for all to hamkor_definer using (true) with check (true);
create policy readers on network.organisation_place for select to hamkor_app using ((EXISTS ( SELECT
   FROM network.organisation whole
  WHERE ((whole.id = organisation_place.organisation_id) AND (whole.programme_id = organisation_place.programme_id)))));
create policy removers on network.organisation_place for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,administrator}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM network.organisation whole
  WHERE ((whole.id = organisation_place.organisation_id) AND (whole.programme_id = organisation_place.programme_id))))));
create policy "task first-run all" on network.organisation_place for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text));
create policy writers on network.organisation_place for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,administrator}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM network.organisation whole
  WHERE ((whole.id = organisation_place.organisation_id) AND (whole.programme_id = organisation_place.programme_id))))));
grant delete, insert, select on table network.organisation_place to hamkor_app;
grant delete, insert, select, update on table network.organisation_place to hamkor_definer;

create table network.person (
	id uuid not null,
	display_name text not null,
	languages text[] default '{}'::text[] not null,
	contact jsonb default '{}'::jsonb not null,
	demonstration boolean default false not null,
	erased_at timestamp with time zone,
	created_at timestamp with time zone default clock_timestamp() not null,
	names jsonb,
	constraint person_pkey PRIMARY KEY (id),
	constraint person_check CHECK (names IS NULL OR demonstration AND jsonb_typeof(names) = 'object'::text)
);
comment on table network.person is 'A person who works in the partnership. Belongs to the installation, not to one programme; never a survivor.';
comment on column network.person.names is 'What somebody made up is called in each language; null for a real person.';
alter table network.person enable row level security;
alter table network.person force row level security;
create policy changers on network.person for update to hamkor_app using ((id = ANY (( SELECT network.managed_people() AS managed_people)::uuid[]))) with check ((id = ANY (( SELECT network.managed_people() AS managed_people)::uuid[])));
create policy definer on network.person for all to hamkor_definer using (true) with check (true);
create policy own on network.person for select to hamkor_app using ((id = ( SELECT platform.actor_person() AS actor_person)));
create policy own_changes on network.person for update to hamkor_app using ((id = ( SELECT platform.actor_person() AS actor_person))) with check ((id = ( SELECT platform.actor_person() AS actor_person)));
create policy readers on network.person for select to hamkor_app using ((id = ANY (( SELECT network.known_people() AS known_people)::uuid[])));
create policy "task first-run all" on network.person for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text));
create policy "task sign-in select" on network.person for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text));
create policy writers on network.person for insert to hamkor_app with check (((cardinality(( SELECT network.programmes_wide('{coordinator,administrator}'::text[]) AS programmes_wide)) > 0) OR ( SELECT network.is_installation_administrator() AS is_installation_administrator)));
grant delete, insert, select, update on table network.person to hamkor_definer;
grant insert, select, update on table network.person to hamkor_app;

create table network.place (
	id uuid not null,
	programme_id uuid not null,
	parent_id uuid,
	path ltree not null,
	kind text not null,
	code text,
	name jsonb not null,
	search text default ''::text not null,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint place_pkey PRIMARY KEY (id),
	constraint place_programme_id_code_key UNIQUE (programme_id, code),
	constraint place_programme_id_id_key UNIQUE (programme_id, id),
	constraint place_programme_id_path_key UNIQUE (programme_id, path),
	constraint place_kind_check CHECK (kind = ANY (ARRAY['country'::text, 'region'::text, 'district'::text, 'mahalla'::text])),
	constraint place_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint place_programme_id_parent_id_fkey FOREIGN KEY (programme_id, parent_id) REFERENCES network.place(programme_id, id)
);
comment on table network.place is 'The tree of places. code is ISO 3166-1 for a country, ISO 3166-2 for a region, the national code below; path is made of ids without hyphens.';
CREATE INDEX place_parent_id_idx ON network.place USING btree (parent_id);
CREATE INDEX place_path_idx ON network.place USING gist (path);
alter table network.place enable row level security;
alter table network.place force row level security;
create policy changers on network.place for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,administrator}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,administrator}'::text[]) AS programmes_with)::uuid[])));
create policy definer on network.place for all to hamkor_definer using (true) with check (true);
create policy installs on network.place for insert to hamkor_app with check (( SELECT network.is_installation_administrator() AS is_installation_administrator));
create policy looks on network.place for select to hamkor_app using (( SELECT network.is_installation_administrator() AS is_installation_administrator));
create policy readers on network.place for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official,donor,administrator}'::text[]) AS programmes_with)::uuid[])));
create policy "task first-run all" on network.place for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text));
create policy writers on network.place for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,administrator}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table network.place to hamkor_definer;
grant insert, select, update on table network.place to hamkor_app;

create table network.programme (
	id uuid not null,
	name jsonb not null,
	summary jsonb default '{}'::jsonb not null,
	country text default 'UZ'::text not null,
	time_zone text default 'Asia/Tashkent'::text not null,
	currency text default 'UZS'::text not null,
	starts_on date,
	ends_on date,
	funder_statement jsonb default '{}'::jsonb not null,
	funder_disclaimer jsonb default '{}'::jsonb not null,
	stages jsonb default '[]'::jsonb not null,
	outcomes jsonb default '[]'::jsonb not null,
	demonstration boolean default false not null,
	threshold_people integer default 5 not null,
	threshold_survivors integer default 10 not null,
	stalled_after_days integer default 30 not null,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint programme_pkey PRIMARY KEY (id),
	constraint programme_check CHECK (ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on),
	constraint programme_stalled_after_days_check CHECK (stalled_after_days > 0),
	constraint programme_threshold_people_check CHECK (threshold_people >= 3),
	constraint programme_threshold_survivors_check CHECK (threshold_survivors >= 5)
);
comment on table network.programme is 'A partnership programme: the outermost fence. Every row of every module carries its programme.';
alter table network.programme enable row level security;
alter table network.programme force row level security;
create policy changers on network.programme for update to hamkor_app using ((id = ANY (( SELECT network.programmes_wide('{coordinator,administrator}'::text[]) AS programmes_wide)::uuid[]))) with check ((id = ANY (( SELECT network.programmes_wide('{coordinator,administrator}'::text[]) AS programmes_wide)::uuid[])));
create policy definer on network.programme for all to hamkor_definer using (true) with check (true);
create policy public_programme on network.programme for select to hamkor_app using (((( SELECT platform.actor_kind() AS actor_kind) = 'public'::text) AND (EXISTS ( SELECT
   FROM policy.briefing b
  WHERE ((b.programme_id = programme.id) AND (b.state = 'published'::text))))));
create policy readers on network.programme for select to hamkor_app using (((id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official,donor,administrator}'::text[]) AS programmes_with)::uuid[])) OR ( SELECT network.is_installation_administrator() AS is_installation_administrator)));
create policy "task first-run all" on network.programme for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text));
create policy writers on network.programme for insert to hamkor_app with check (( SELECT network.is_installation_administrator() AS is_installation_administrator));
grant delete, insert, select, update on table network.programme to hamkor_definer;
grant insert, select, update on table network.programme to hamkor_app;

create table network.proposed_grant (
	id uuid not null,
	programme_id uuid not null,
	person_id uuid not null,
	organisation_id uuid,
	role text not null,
	place_id uuid,
	proposed_by uuid not null,
	proposed_at timestamp with time zone default clock_timestamp() not null,
	decision text,
	decided_by uuid,
	decided_at timestamp with time zone,
	constraint proposed_grant_pkey PRIMARY KEY (id),
	constraint proposed_grant_check CHECK (person_id <> proposed_by),
	constraint proposed_grant_check1 CHECK ((decided_at IS NULL) = (decision IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
	constraint proposed_grant_check2 CHECK (decision IS DISTINCT FROM 'confirmed'::text OR decided_by <> proposed_by AND decided_by <> person_id),
	constraint proposed_grant_decision_check CHECK (decision = ANY (ARRAY['confirmed'::text, 'declined'::text])),
	constraint proposed_grant_role_check CHECK (role = ANY (ARRAY['coordinator'::text, 'member'::text, 'analyst'::text, 'collector'::text, 'reviewer'::text, 'official'::text, 'donor'::text])),
	constraint proposed_grant_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES network.person(id),
	constraint proposed_grant_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint proposed_grant_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint proposed_grant_programme_id_organisation_id_fkey FOREIGN KEY (programme_id, organisation_id) REFERENCES network.organisation(programme_id, id),
	constraint proposed_grant_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint proposed_grant_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES network.person(id)
);
comment on table network.proposed_grant is 'A role that an administrator would give and that opens content: nothing is open by it until a coordinator confirms it, which makes the role itself.';
CREATE INDEX proposed_grant_person_id_idx ON network.proposed_grant USING btree (person_id);
CREATE INDEX proposed_grant_programme_id_idx ON network.proposed_grant USING btree (programme_id) WHERE (decided_at IS NULL);
alter table network.proposed_grant enable row level security;
alter table network.proposed_grant force row level security;
create policy definer on network.proposed_grant for all to hamkor_definer using (true) with check (true);
create policy managers on network.proposed_grant for select to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,administrator}'::text[]) AS programmes_wide)::uuid[])) OR ( SELECT network.is_installation_administrator() AS is_installation_administrator)));
create policy own on network.proposed_grant for select to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person)));
create policy writers on network.proposed_grant for insert to hamkor_app with check (((proposed_by = ( SELECT platform.actor_person() AS actor_person)) AND (decided_at IS NULL) AND (programme_id = ANY (( SELECT network.programmes_wide('{administrator}'::text[]) AS programmes_wide)::uuid[]))));
grant delete, insert, select, update on table network.proposed_grant to hamkor_definer;
grant insert, select on table network.proposed_grant to hamkor_app;

create table network.role_grant (
	id uuid not null,
	programme_id uuid not null,
	person_id uuid not null,
	organisation_id uuid,
	role text not null,
	place_id uuid,
	granted_by uuid,
	granted_at timestamp with time zone default clock_timestamp() not null,
	ended_at timestamp with time zone,
	confirmed_by uuid,
	constraint role_grant_pkey PRIMARY KEY (id),
	constraint role_grant_role_check CHECK (role = ANY (ARRAY['coordinator'::text, 'member'::text, 'analyst'::text, 'collector'::text, 'reviewer'::text, 'official'::text, 'donor'::text, 'administrator'::text])),
	constraint role_grant_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES network.person(id),
	constraint role_grant_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
	constraint role_grant_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint role_grant_programme_id_organisation_id_fkey FOREIGN KEY (programme_id, organisation_id) REFERENCES network.organisation(programme_id, id),
	constraint role_grant_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id)
);
comment on table network.role_grant is 'A role, held by a person for an organisation, within a place and all below it (null: the whole programme).';
comment on column network.role_grant.confirmed_by is 'The coordinator who confirmed what an administrator proposed; null when the giver needed nobody: a coordinator, or whoever set the programme up.';
CREATE INDEX role_grant_person_id_idx ON network.role_grant USING btree (person_id) WHERE (ended_at IS NULL);
CREATE INDEX role_grant_programme_id_idx ON network.role_grant USING btree (programme_id);
alter table network.role_grant enable row level security;
alter table network.role_grant force row level security;
create policy changers on network.role_grant for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,administrator}'::text[]) AS programmes_wide)::uuid[]))) with check (((ended_at IS NOT NULL) AND (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,administrator}'::text[]) AS programmes_wide)::uuid[]))));
create policy definer on network.role_grant for all to hamkor_definer using (true) with check (true);
create policy own on network.role_grant for select to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person)));
create policy readers on network.role_grant for select to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,administrator}'::text[]) AS programmes_with)::uuid[])) OR ( SELECT network.is_installation_administrator() AS is_installation_administrator)));
create policy shown on network.role_grant for select to hamkor_app using (((ended_at IS NULL) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,collector,reviewer,official,donor,administrator}'::text[]) AS programmes_with)::uuid[]))));
create policy "task first-run all" on network.role_grant for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text));
create policy "task sign-in select" on network.role_grant for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text));
create policy writers on network.role_grant for insert to hamkor_app with check ((((person_id <> ( SELECT platform.actor_person() AS actor_person)) AND (confirmed_by IS NULL) AND ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[])) OR ((role = 'administrator'::text) AND (programme_id = ANY (( SELECT network.programmes_wide('{administrator}'::text[]) AS programmes_wide)::uuid[]))))) OR (( SELECT network.is_installation_administrator() AS is_installation_administrator) AND (NOT network.coordinated(programme_id)))));
grant delete, insert, select, update on table network.role_grant to hamkor_definer;
grant insert, select on table network.role_grant to hamkor_app;
grant update (ended_at) on table network.role_grant to hamkor_app;

-- plans -----------------------------------------------------------------------------------------------

create schema plans;
comment on schema plans is 'Action plans of organisations and communities.';
grant usage on schema plans to hamkor_app;
grant usage on schema plans to hamkor_definer;

create table plans.plan (
	id uuid not null,
	programme_id uuid not null,
	place_id uuid,
	number integer not null,
	title jsonb not null,
	aim jsonb default '{}'::jsonb not null,
	owner_id uuid not null,
	starts_on date not null,
	ends_on date not null,
	search text default ''::text not null,
	state text default 'draft'::text not null,
	withdrawn_at timestamp with time zone,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	updated_at timestamp with time zone default clock_timestamp() not null,
	constraint plan_pkey PRIMARY KEY (id),
	constraint plan_programme_id_id_key UNIQUE (programme_id, id),
	constraint plan_programme_id_number_key UNIQUE (programme_id, number),
	constraint plan_check CHECK (ends_on >= starts_on),
	constraint plan_state_check CHECK (state = ANY (ARRAY['draft'::text, 'planned'::text, 'under_way'::text, 'done'::text, 'cancelled'::text, 'withdrawn'::text])),
	constraint plan_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint plan_programme_id_owner_id_fkey FOREIGN KEY (programme_id, owner_id) REFERENCES network.organisation(programme_id, id),
	constraint plan_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id)
);
comment on table plans.plan is 'An action plan that responds to gaps or stated priorities.';
CREATE CONSTRAINT TRIGGER must_rest AFTER INSERT OR UPDATE ON plans.plan DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION platform.must_rest('response.without-ground', 'plans.plan_gap plan_id gaps.gap gap_id', 'plans.plan_priority plan_id gaps.priority priority_id');
alter table plans.plan enable row level security;
alter table plans.plan force row level security;
create policy changers on plans.plan for update to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member}'::text[]) AS places_within)::uuid[])))
END) with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member}'::text[]) AS places_within)::uuid[])))
END);
create policy definer on plans.plan for all to hamkor_definer using (true) with check (true);
create policy readers on plans.plan for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy writers on plans.plan for insert to hamkor_app with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member}'::text[]) AS places_within)::uuid[])))
END);
grant delete, insert, select, update on table plans.plan to hamkor_definer;
grant insert, select, update on table plans.plan to hamkor_app;

create table plans.plan_gap (
	programme_id uuid not null,
	plan_id uuid not null,
	gap_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint plan_gap_pkey PRIMARY KEY (plan_id, gap_id),
	constraint plan_gap_programme_id_gap_id_fkey FOREIGN KEY (programme_id, gap_id) REFERENCES gaps.gap(programme_id, id),
	constraint plan_gap_programme_id_plan_id_fkey FOREIGN KEY (programme_id, plan_id) REFERENCES plans.plan(programme_id, id)
);
comment on table plans.plan_gap is 'Citation: plans.plan rests on gaps.gap.';
CREATE INDEX plan_gap_gap_id_idx ON plans.plan_gap USING btree (gap_id);
CREATE TRIGGER keep_citation BEFORE DELETE ON plans.plan_gap FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('plans.plan', 'plan_id');
alter table plans.plan_gap enable row level security;
alter table plans.plan_gap force row level security;
create policy cited on plans.plan_gap as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM gaps.gap c
  WHERE ((c.id = plan_gap.gap_id) AND (c.programme_id = plan_gap.programme_id)))));
create policy definer on plans.plan_gap for all to hamkor_definer using (true) with check (true);
create policy readers on plans.plan_gap for select to hamkor_app using ((EXISTS ( SELECT
   FROM plans.plan whole
  WHERE ((whole.id = plan_gap.plan_id) AND (whole.programme_id = plan_gap.programme_id)))));
create policy removers on plans.plan_gap for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM plans.plan whole
  WHERE ((whole.id = plan_gap.plan_id) AND (whole.programme_id = plan_gap.programme_id))))));
create policy writers on plans.plan_gap for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM plans.plan whole
  WHERE ((whole.id = plan_gap.plan_id) AND (whole.programme_id = plan_gap.programme_id))))));
grant delete, insert, select on table plans.plan_gap to hamkor_app;
grant delete, insert, select, update on table plans.plan_gap to hamkor_definer;

create table plans.plan_priority (
	programme_id uuid not null,
	plan_id uuid not null,
	priority_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint plan_priority_pkey PRIMARY KEY (plan_id, priority_id),
	constraint plan_priority_programme_id_plan_id_fkey FOREIGN KEY (programme_id, plan_id) REFERENCES plans.plan(programme_id, id),
	constraint plan_priority_programme_id_priority_id_fkey FOREIGN KEY (programme_id, priority_id) REFERENCES gaps.priority(programme_id, id)
);
comment on table plans.plan_priority is 'Citation: plans.plan rests on gaps.priority.';
CREATE INDEX plan_priority_priority_id_idx ON plans.plan_priority USING btree (priority_id);
CREATE TRIGGER keep_citation BEFORE DELETE ON plans.plan_priority FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('plans.plan', 'plan_id');
alter table plans.plan_priority enable row level security;
alter table plans.plan_priority force row level security;
create policy cited on plans.plan_priority as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM gaps.priority c
  WHERE ((c.id = plan_priority.priority_id) AND (c.programme_id = plan_priority.programme_id)))));
create policy definer on plans.plan_priority for all to hamkor_definer using (true) with check (true);
create policy readers on plans.plan_priority for select to hamkor_app using ((EXISTS ( SELECT
   FROM plans.plan whole
  WHERE ((whole.id = plan_priority.plan_id) AND (whole.programme_id = plan_priority.programme_id)))));
create policy removers on plans.plan_priority for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM plans.plan whole
  WHERE ((whole.id = plan_priority.plan_id) AND (whole.programme_id = plan_priority.programme_id))))));
create policy writers on plans.plan_priority for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM plans.plan whole
  WHERE ((whole.id = plan_priority.plan_id) AND (whole.programme_id = plan_priority.programme_id))))));
grant delete, insert, select on table plans.plan_priority to hamkor_app;
grant delete, insert, select, update on table plans.plan_priority to hamkor_definer;

-- platform --------------------------------------------------------------------------------------------

create schema platform;
comment on schema platform is 'What every module stands on: actor, journal, sign-in, jobs, files, mail.';
grant usage on schema platform to hamkor_app;
grant usage on schema platform to hamkor_definer;

CREATE OR REPLACE FUNCTION platform.actor_feed()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN (platform.actor_kind() = 'feed'::text) THEN (platform.actor_id())::uuid ELSE NULL::uuid END;
comment on function platform.actor_feed() is 'The feed of answers this transaction acts as, or null.';
grant execute on function platform.actor_feed() to public;

CREATE OR REPLACE FUNCTION platform.actor_id()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('app.actor_id'::text, true), ''::text);
comment on function platform.actor_id() is 'The id of the person, token or feed, the name of the system task, or public.';
grant execute on function platform.actor_id() to public;

CREATE OR REPLACE FUNCTION platform.actor_kind()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('app.actor_kind'::text, true), ''::text);
comment on function platform.actor_kind() is 'person, token, feed, public or system; null when the transaction has stated no actor: then nothing is visible.';
grant execute on function platform.actor_kind() to public;

CREATE OR REPLACE FUNCTION platform.actor_person()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN (platform.actor_kind() = 'person'::text) THEN (platform.actor_id())::uuid ELSE NULL::uuid END;
comment on function platform.actor_person() is 'The person this transaction acts as, or null.';
grant execute on function platform.actor_person() to public;

CREATE OR REPLACE FUNCTION platform.actor_task()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN (platform.actor_kind() = 'system'::text) THEN platform.actor_id() ELSE NULL::text END;
comment on function platform.actor_task() is 'The named system task this transaction runs, or null.';
grant execute on function platform.actor_task() to public;

CREATE OR REPLACE FUNCTION platform.actor_token()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN (platform.actor_kind() = 'token'::text) THEN (platform.actor_id())::uuid ELSE NULL::uuid END;
comment on function platform.actor_token() is 'The collection token this transaction acts as, or null.';
grant execute on function platform.actor_token() to public;

CREATE OR REPLACE FUNCTION platform.enqueue(task text, payload json, job_key text DEFAULT NULL::text, run_at timestamp with time zone DEFAULT NULL::timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if task !~ '^[a-z][a-z0-9-]+$' then
			raise exception 'not a task name: %', task;
		end if;
		perform graphile_worker.add_job(task, payload, job_key => job_key, run_at => run_at, max_attempts => 5);
	end $function$;
comment on function platform.enqueue(task text, payload json, job_key text, run_at timestamp with time zone) is 'The only way the application role puts work into the queue; owned by the migrator, to whom the queue belongs.';
grant execute on function platform.enqueue(task text, payload json, job_key text, run_at timestamp with time zone) to hamkor_app;

CREATE OR REPLACE PROCEDURE platform.fence(IN target regclass, IN privileges text DEFAULT 'select, insert, update'::text)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $procedure$
	begin
		execute format('alter table %s enable row level security', target);
		execute format('alter table %s force row level security', target);
		execute format('revoke all on %s from public', target);
		execute format('grant %s on %s to hamkor_app', privileges, target);
		execute format('grant select, insert, update, delete on %s to hamkor_definer', target);
		execute format('create policy definer on %s to hamkor_definer using (true) with check (true)', target);
	end $procedure$;
comment on procedure platform.fence(IN target regclass, IN privileges text) is 'Forces row level security on a table and grants the application role its privileges. Every table passes here; without a further policy nobody sees a row.';
grant execute on procedure platform.fence(IN target regclass, IN privileges text) to public;

CREATE OR REPLACE FUNCTION platform.hold_recovery()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		me uuid := platform.actor_person();
		whose platform.account;
	begin
		-- The task that signs people in counts tries and uses the way in up; from the terminal it makes it as well.
		if me is null then
			return new;
		end if;
		if tg_op = 'INSERT' then
			if new.asked_by is distinct from me or new.confirmed_at is not null or new.used_at is not null or new.ended_at is not null or new.programme_id is null then
				raise exception 'not-permitted' using errcode = 'HM001';
			end if;
			select * into whose from platform.account a where a.person_id = new.person_id;
			if not found or whose.disabled_at is not null then
				raise exception 'person.no-account' using errcode = 'HM001';
			end if;
			if whose.installation_administrator then
				raise exception 'recovery.at-the-terminal' using errcode = 'HM001';
			end if;
			if not exists (select from network.role_grant g where g.person_id = new.person_id and g.programme_id = new.programme_id and g.ended_at is null) then
				raise exception 'not-permitted' using errcode = 'HM001';
			end if;
			if exists (select from network.role_grant g where g.person_id = new.person_id and g.programme_id <> new.programme_id and g.ended_at is null) then
				raise exception 'person.elsewhere-too' using errcode = 'HM001';
			end if;
			return new;
		end if;
		if (new.id, new.programme_id, new.person_id, new.asked_by, new.asked_at, new.code_hash, new.tries, new.used_at)
			is distinct from (old.id, old.programme_id, old.person_id, old.asked_by, old.asked_at, old.code_hash, old.tries, old.used_at)
			or old.used_at is not null or old.ended_at is not null then
			raise exception 'not-permitted' using errcode = 'HM001';
		end if;
		if new.ended_at is not null then
			if new.ended_by is distinct from me or (new.confirmed_at, new.token_hash) is distinct from (old.confirmed_at, old.token_hash) then
				raise exception 'not-permitted' using errcode = 'HM001';
			end if;
			return new;
		end if;
		-- Confirmed by a second one, in time; one of the two coordinates the whole programme.
		if old.confirmed_at is not null or new.confirmed_by is distinct from me or me = old.asked_by or me = old.person_id or old.expires_at <= now()
			or not exists (select from network.role_grant g where g.programme_id = old.programme_id and g.role = 'coordinator' and g.place_id is null
				and g.ended_at is null and g.person_id in (me, old.asked_by) and g.person_id <> old.person_id) then
			raise exception 'not-permitted' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function platform.hold_recovery() owner to hamkor_definer;
comment on function platform.hold_recovery() is 'Holds people to the steps of giving an account back: one asks, a second confirms, one of the two coordinates the programme, neither is the person herself.';
grant execute on function platform.hold_recovery() to public;

CREATE OR REPLACE FUNCTION platform.keep_citation()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		state text;
		key uuid;
	begin
		execute format('select ($1).%I', tg_argv[1]) into key using old;
		execute format('select state from %s where id = $1', tg_argv[0]) into state using key;
		if state <> 'draft' then
			raise exception 'citation.kept' using errcode = 'HM001';
		end if;
		return old;
	end $function$;
alter function platform.keep_citation() owner to hamkor_definer;
comment on function platform.keep_citation() is 'Citations of what is past draft are kept: what something rested on stays readable. Arguments: citing table, key.';
grant execute on function platform.keep_citation() to public;

CREATE OR REPLACE PROCEDURE platform.let_task(IN target regclass, IN task text, IN command text DEFAULT 'all'::text)
 LANGUAGE plpgsql
 SET search_path TO ''
AS $procedure$
	declare
		condition text := format('(select platform.actor_task()) = %L', task);
	begin
		execute format('create policy %I on %s for %s to hamkor_app %s %s', 'task ' || task || ' ' || command, target, command,
			case when command = 'insert' then '' else format('using (%s)', condition) end,
			case when command in ('select', 'delete') then '' else format('with check (%s)', condition) end);
	end $procedure$;
comment on procedure platform.let_task(IN target regclass, IN task text, IN command text) is 'Opens a table to one named system task.';
grant execute on procedure platform.let_task(IN target regclass, IN task text, IN command text) to public;

CREATE OR REPLACE FUNCTION platform.must_rest()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	declare
		way text;
		part text[];
		rests boolean;
	begin
		if new.state in ('draft', 'withdrawn', 'cancelled') then
			return null;
		end if;
		if tg_op = 'UPDATE' then
			if old.state not in ('draft', 'withdrawn', 'cancelled') then
				return null;
			end if;
		end if;
		foreach way in array tg_argv[1:] loop
			part := string_to_array(way, ' ');
			if cardinality(part) = 2 then
				execute format('select exists (select from %s c where c.%I = $1)', part[1], part[2]) into rests using new.id;
			else
				execute format('select exists (select from %s c join %s t on t.id = c.%I where c.%I = $1 and t.state not in (''draft'', ''withdrawn'', ''cancelled''))',
					part[1], part[3], part[4], part[2]) into rests using new.id;
			end if;
			if rests then
				return null;
			end if;
		end loop;
		raise exception '%', tg_argv[0] using errcode = 'HM001';
	end $function$;
alter function platform.must_rest() owner to hamkor_definer;
comment on function platform.must_rest() is 'Constraint trigger: past draft a record must cite something. First argument the problem code, then one way per argument: "citing_table key" or "citing_table key cited_table cited_key" (the cited must stand). Sees across rows, hence a definer.';
grant execute on function platform.must_rest() to public;

CREATE OR REPLACE FUNCTION platform.sealable()
 RETURNS SETOF platform.journal
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select j.* from platform.journal j
		where not exists (select from platform.journal_seal s where s.entry_id = j.id)
			and (j.txid < pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot()) or j.at < now() - interval '1 hour')
		order by j.seq limit 5000 $function$;
alter function platform.sealable() owner to hamkor_definer;
comment on function platform.sealable() is 'Entries not yet sealed whose neighbours have all committed, in order. After an hour an entry is sealable in any case: a restored database counts its transactions anew.';
grant execute on function platform.sealable() to hamkor_app;

create table platform.account (
	person_id uuid not null,
	sign_in_name text not null,
	password_hash text,
	totp_secret bytea,
	totp_confirmed_at timestamp with time zone,
	totp_last_step bigint,
	installation_administrator boolean default false not null,
	locale text default 'uz'::text not null,
	disabled_at timestamp with time zone,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint account_pkey PRIMARY KEY (person_id),
	constraint account_sign_in_name_key UNIQUE (sign_in_name),
	constraint account_sign_in_name_check CHECK (sign_in_name = lower(sign_in_name)),
	constraint account_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id)
);
comment on table platform.account is 'How a person signs in. The name is chosen at invitation and need not be an e-mail address.';
comment on column platform.account.totp_secret is 'Encrypted under the installation''s sign-in key.';
alter table platform.account enable row level security;
alter table platform.account force row level security;
create policy definer on platform.account for all to hamkor_definer using (true) with check (true);
create policy managers on platform.account for select to hamkor_app using ((person_id = ANY (( SELECT network.managed_people() AS managed_people)::uuid[])));
create policy own on platform.account for select to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person)));
create policy "task first-run all" on platform.account for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'first-run'::text));
create policy "task sign-in all" on platform.account for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text));
grant delete, insert, select, update on table platform.account to hamkor_definer;
grant insert, select, update on table platform.account to hamkor_app;

create table platform.challenge (
	id uuid not null,
	kind text not null,
	person_id uuid,
	secret_hash bytea,
	data jsonb default '{}'::jsonb not null,
	expires_at timestamp with time zone not null,
	used_at timestamp with time zone,
	constraint challenge_pkey PRIMARY KEY (id),
	constraint challenge_kind_check CHECK (kind = ANY (ARRAY['passkey-register'::text, 'passkey-sign-in'::text, 'second-factor'::text, 'first-run'::text, 'demo-sign-in'::text, 'code-sheet'::text]))
);
comment on table platform.challenge is 'Short-lived steps of a sign-in: WebAuthn challenges, the second factor once used, codes from the terminal, a fresh sheet of one-time codes while it may be looked at (sealed).';
alter table platform.challenge enable row level security;
alter table platform.challenge force row level security;
create policy definer on platform.challenge for all to hamkor_definer using (true) with check (true);
create policy "task sign-in all" on platform.challenge for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text));
grant delete, insert, select, update on table platform.challenge to hamkor_app;
grant delete, insert, select, update on table platform.challenge to hamkor_definer;

create table platform.file (
	id uuid not null,
	programme_id uuid not null,
	sha256 bytea not null,
	media_type text not null,
	name text not null,
	bytes bigint not null,
	person_id uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint file_pkey PRIMARY KEY (id),
	constraint file_programme_id_id_key UNIQUE (programme_id, id),
	constraint file_bytes_check CHECK (bytes >= 0)
);
comment on table platform.file is 'A stored file: content under its hash in the data folder, type as sniffed, EXIF stripped.';
CREATE INDEX file_sha256_idx ON platform.file USING btree (sha256);
alter table platform.file enable row level security;
alter table platform.file force row level security;
create policy analysts on platform.file for select to hamkor_app using ((EXISTS ( SELECT
   FROM (assessment.attachment a
     JOIN assessment.submission s ON ((s.id = a.submission_id)))
  WHERE ((a.file_id = file.id) AND (s.round_id = ANY (( SELECT assessment.analysed_rounds() AS analysed_rounds)::uuid[]))))));
create policy definer on platform.file for all to hamkor_definer using (true) with check (true);
create policy members on platform.file for select to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[])) AND (NOT assessment.came_with_answers(id))));
create policy own on platform.file for all to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person))) with check ((person_id = ( SELECT platform.actor_person() AS actor_person)));
create policy "task files all" on platform.file for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'files'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'files'::text));
grant delete, insert, select, update on table platform.file to hamkor_definer;
grant insert, select on table platform.file to hamkor_app;

create table platform.invitation (
	id uuid not null,
	token_hash bytea not null,
	programme_id uuid,
	person_id uuid not null,
	invited_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	expires_at timestamp with time zone not null,
	accepted_at timestamp with time zone,
	revoked_at timestamp with time zone,
	constraint invitation_pkey PRIMARY KEY (id),
	constraint invitation_token_hash_key UNIQUE (token_hash),
	constraint invitation_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id)
);
comment on table platform.invitation is 'An invitation as a link or printed QR code; only the hash of its token is kept.';
alter table platform.invitation enable row level security;
alter table platform.invitation force row level security;
create policy definer on platform.invitation for all to hamkor_definer using (true) with check (true);
create policy managers on platform.invitation for all to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,administrator}'::text[]) AS programmes_wide)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,administrator}'::text[]) AS programmes_wide)::uuid[])));
create policy "task sign-in all" on platform.invitation for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text));
grant delete, insert, select, update on table platform.invitation to hamkor_definer;
grant insert, select, update on table platform.invitation to hamkor_app;

create table platform.job (
	id uuid not null,
	programme_id uuid,
	person_id uuid,
	task text not null,
	title jsonb default '{}'::jsonb not null,
	state text default 'waiting'::text not null,
	progress integer default 0 not null,
	detail jsonb default '{}'::jsonb not null,
	result_file_id uuid,
	cancel_requested boolean default false not null,
	seen_at timestamp with time zone,
	created_at timestamp with time zone default clock_timestamp() not null,
	started_at timestamp with time zone,
	finished_at timestamp with time zone,
	constraint job_pkey PRIMARY KEY (id),
	constraint job_progress_check CHECK (progress >= 0 AND progress <= 100),
	constraint job_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))
);
comment on table platform.job is 'Long work as a person sees it: progress, cancel, notice. The queue itself is graphile_worker.';
CREATE INDEX job_person_id_created_at_idx ON platform.job USING btree (person_id, created_at DESC);
alter table platform.job enable row level security;
alter table platform.job force row level security;
create policy definer on platform.job for all to hamkor_definer using (true) with check (true);
create policy own on platform.job for all to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person))) with check ((person_id = ( SELECT platform.actor_person() AS actor_person)));
create policy "task jobs all" on platform.job for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'jobs'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'jobs'::text));
grant delete, insert, select, update on table platform.job to hamkor_definer;
grant insert, select, update on table platform.job to hamkor_app;

create table platform.journal (
	id uuid not null,
	seq bigint generated always as identity not null,
	txid xid8 default pg_current_xact_id() not null,
	at timestamp with time zone default clock_timestamp() not null,
	programme_id uuid,
	actor_kind text not null,
	actor_id text not null,
	on_behalf_of uuid,
	verb text not null,
	subject_table text not null,
	subject_id uuid not null,
	before_digest bytea,
	after_digest bytea,
	constraint journal_pkey PRIMARY KEY (id),
	constraint journal_seq_key UNIQUE (seq),
	constraint journal_actor_kind_check CHECK (actor_kind = ANY (ARRAY['person'::text, 'token'::text, 'feed'::text, 'public'::text, 'system'::text]))
);
comment on table platform.journal is 'Who did what, on whose behalf, to which record. Append-only. Holds keyed digests and references, never personal values.';
comment on column platform.journal.before_digest is 'HMAC-SHA-256 of the canonical record before, under the installation''s journal key.';
comment on column platform.journal.after_digest is 'HMAC-SHA-256 of the canonical record after, under the installation''s journal key.';
CREATE INDEX journal_programme_id_at_idx ON platform.journal USING btree (programme_id, at);
CREATE INDEX journal_subject_table_subject_id_idx ON platform.journal USING btree (subject_table, subject_id);
alter table platform.journal enable row level security;
alter table platform.journal force row level security;
create policy definer on platform.journal for all to hamkor_definer using (true) with check (true);
create policy managers on platform.journal for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,administrator}'::text[]) AS programmes_wide)::uuid[])));
create policy own on platform.journal for select to hamkor_app using (((actor_kind = 'person'::text) AND (actor_id = (( SELECT platform.actor_person() AS actor_person))::text)));
create policy "task erase select" on platform.journal for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'erase'::text));
create policy "task journal select" on platform.journal for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'journal'::text));
create policy "who sees assessment.finding" on platform.journal for select to hamkor_app using (((subject_table = 'assessment.finding'::text) AND (EXISTS ( SELECT
   FROM assessment.finding r
  WHERE (r.id = journal.subject_id)))));
create policy "who sees assessment.score" on platform.journal for select to hamkor_app using (((subject_table = 'assessment.score'::text) AND (EXISTS ( SELECT
   FROM assessment.score r
  WHERE (r.id = journal.subject_id)))));
create policy "who sees gaps.gap" on platform.journal for select to hamkor_app using (((subject_table = 'gaps.gap'::text) AND (EXISTS ( SELECT
   FROM gaps.gap r
  WHERE (r.id = journal.subject_id)))));
create policy "who sees gaps.priority" on platform.journal for select to hamkor_app using (((subject_table = 'gaps.priority'::text) AND (EXISTS ( SELECT
   FROM gaps.priority r
  WHERE (r.id = journal.subject_id)))));
create policy "who sees plans.plan" on platform.journal for select to hamkor_app using (((subject_table = 'plans.plan'::text) AND (EXISTS ( SELECT
   FROM plans.plan r
  WHERE (r.id = journal.subject_id)))));
create policy "who sees policy.briefing" on platform.journal for select to hamkor_app using (((subject_table = 'policy.briefing'::text) AND (EXISTS ( SELECT
   FROM policy.briefing r
  WHERE (r.id = journal.subject_id)))));
create policy "who sees policy.change" on platform.journal for select to hamkor_app using (((subject_table = 'policy.change'::text) AND (EXISTS ( SELECT
   FROM policy.change r
  WHERE (r.id = journal.subject_id)))));
create policy "who sees policy.commitment" on platform.journal for select to hamkor_app using (((subject_table = 'policy.commitment'::text) AND (EXISTS ( SELECT
   FROM policy.commitment r
  WHERE (r.id = journal.subject_id)))));
create policy "who sees policy.recommendation" on platform.journal for select to hamkor_app using (((subject_table = 'policy.recommendation'::text) AND (EXISTS ( SELECT
   FROM policy.recommendation r
  WHERE (r.id = journal.subject_id)))));
create policy "who sees results.result" on platform.journal for select to hamkor_app using (((subject_table = 'results.result'::text) AND (EXISTS ( SELECT
   FROM results.result r
  WHERE (r.id = journal.subject_id)))));
create policy "who sees training.training" on platform.journal for select to hamkor_app using (((subject_table = 'training.training'::text) AND (EXISTS ( SELECT
   FROM training.training r
  WHERE (r.id = journal.subject_id)))));
create policy writes on platform.journal for insert to hamkor_app with check (((actor_kind = ( SELECT platform.actor_kind() AS actor_kind)) AND (actor_id = ( SELECT platform.actor_id() AS actor_id))));
grant delete, insert, select, update on table platform.journal to hamkor_definer;
grant insert, select on table platform.journal to hamkor_app;

create table platform.journal_block (
	no bigint not null,
	previous_hash bytea,
	entry_count integer not null,
	hash bytea not null,
	sealed_at timestamp with time zone default clock_timestamp() not null,
	constraint journal_block_pkey PRIMARY KEY (no),
	constraint journal_block_hash_key UNIQUE (hash),
	constraint journal_block_entry_count_check CHECK (entry_count > 0)
);
comment on table platform.journal_block is 'Sealed blocks: each hash covers the block before it and the hashes of its entries in order.';
alter table platform.journal_block enable row level security;
alter table platform.journal_block force row level security;
create policy definer on platform.journal_block for all to hamkor_definer using (true) with check (true);
create policy "task journal insert" on platform.journal_block for insert to hamkor_app with check ((( SELECT platform.actor_task() AS actor_task) = 'journal'::text));
create policy "task journal select" on platform.journal_block for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'journal'::text));
grant delete, insert, select, update on table platform.journal_block to hamkor_definer;
grant insert, select on table platform.journal_block to hamkor_app;

create table platform.journal_personal (
	entry_id uuid not null,
	facts jsonb,
	erased_at timestamp with time zone,
	constraint journal_personal_pkey PRIMARY KEY (entry_id),
	constraint journal_personal_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES platform.journal(id)
);
comment on table platform.journal_personal is 'Personal values that belong to a journal entry; erasable without breaking the chain, which covers digests only.';
alter table platform.journal_personal enable row level security;
alter table platform.journal_personal force row level security;
create policy definer on platform.journal_personal for all to hamkor_definer using (true) with check (true);
create policy "task erase all" on platform.journal_personal for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'erase'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'erase'::text));
create policy writes on platform.journal_personal for insert to hamkor_app with check ((( SELECT platform.actor_kind() AS actor_kind) IS NOT NULL));
grant delete, insert, select, update on table platform.journal_personal to hamkor_definer;
grant insert, select, update on table platform.journal_personal to hamkor_app;

create table platform.journal_seal (
	entry_id uuid not null,
	block_no bigint not null,
	"position" integer not null,
	constraint journal_seal_pkey PRIMARY KEY (entry_id),
	constraint journal_seal_block_no_position_key UNIQUE (block_no, "position"),
	constraint journal_seal_block_no_fkey FOREIGN KEY (block_no) REFERENCES platform.journal_block(no),
	constraint journal_seal_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES platform.journal(id)
);
comment on table platform.journal_seal is 'Which entry stands at which position of which sealed block.';
alter table platform.journal_seal enable row level security;
alter table platform.journal_seal force row level security;
create policy definer on platform.journal_seal for all to hamkor_definer using (true) with check (true);
create policy "task journal insert" on platform.journal_seal for insert to hamkor_app with check ((( SELECT platform.actor_task() AS actor_task) = 'journal'::text));
create policy "task journal select" on platform.journal_seal for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'journal'::text));
grant delete, insert, select, update on table platform.journal_seal to hamkor_definer;
grant insert, select on table platform.journal_seal to hamkor_app;

create table platform.kept_form (
	person_id uuid not null,
	path text not null,
	typed jsonb not null,
	kept_at timestamp with time zone default clock_timestamp() not null,
	constraint kept_form_pkey PRIMARY KEY (person_id, path),
	constraint kept_form_path_check CHECK (path ~ '^/'::text AND char_length(path) <= 300),
	constraint kept_form_typed_check CHECK (pg_column_size(typed) <= 1000000),
	constraint kept_form_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id)
);
comment on table platform.kept_form is 'What a person typed into the form of a page and has not sent yet: names and texts in order. Seen by that person alone, forgotten when the form is carried out and after 30 days.';
comment on column platform.kept_form.path is 'The page without its language.';
alter table platform.kept_form enable row level security;
alter table platform.kept_form force row level security;
create policy definer on platform.kept_form for all to hamkor_definer using (true) with check (true);
create policy forgetting on platform.kept_form for delete to hamkor_app using (((( SELECT platform.actor_task() AS actor_task) = 'kept-forms'::text) AND (kept_at < (now() - '30 days'::interval))));
create policy looking on platform.kept_form for select to hamkor_app using (((( SELECT platform.actor_task() AS actor_task) = 'kept-forms'::text) AND (kept_at < (now() - '30 days'::interval))));
create policy own on platform.kept_form for all to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person))) with check ((person_id = ( SELECT platform.actor_person() AS actor_person)));
grant delete, insert, select, update on table platform.kept_form to hamkor_app;
grant delete, insert, select, update on table platform.kept_form to hamkor_definer;

create table platform.mail (
	id uuid not null,
	programme_id uuid,
	to_person uuid,
	to_address text,
	subject text not null,
	body text not null,
	state text default 'waiting'::text not null,
	created_at timestamp with time zone default clock_timestamp() not null,
	sent_at timestamp with time zone,
	failure text,
	constraint mail_pkey PRIMARY KEY (id),
	constraint mail_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'sent'::text, 'outbox'::text, 'failed'::text]))
);
comment on table platform.mail is 'Messages to people. Without SMTP they stay in the outbox, readable in the program by whom they are for and by administrators. They carry no content of records.';
alter table platform.mail enable row level security;
alter table platform.mail force row level security;
create policy definer on platform.mail for all to hamkor_definer using (true) with check (true);
create policy managers on platform.mail for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_wide('{administrator}'::text[]) AS programmes_wide)::uuid[])));
create policy own on platform.mail for select to hamkor_app using ((to_person = ( SELECT platform.actor_person() AS actor_person)));
create policy "task mail all" on platform.mail for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'mail'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'mail'::text));
create policy writes on platform.mail for insert to hamkor_app with check ((( SELECT platform.actor_kind() AS actor_kind) = ANY (ARRAY['person'::text, 'system'::text])));
grant delete, insert, select, update on table platform.mail to hamkor_definer;
grant insert, select, update on table platform.mail to hamkor_app;

create table platform.mail_address (
	person_id uuid not null,
	address text not null,
	code_hash bytea not null,
	asked_at timestamp with time zone default clock_timestamp() not null,
	confirmed_at timestamp with time zone,
	constraint mail_address_pkey PRIMARY KEY (person_id),
	constraint mail_address_address_check CHECK (length(address) <= 254 AND address ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text),
	constraint mail_address_person_id_fkey FOREIGN KEY (person_id) REFERENCES platform.account(person_id)
);
comment on table platform.mail_address is 'A person''s e-mail address for messages that say that something waits. Nobody sees it but she herself and the task that sends; nothing goes there before it is confirmed.';
comment on column platform.mail_address.code_hash is 'Keyed digest of the code that was sent there.';
alter table platform.mail_address enable row level security;
alter table platform.mail_address force row level security;
create policy definer on platform.mail_address for all to hamkor_definer using (true) with check (true);
create policy own on platform.mail_address for all to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person))) with check ((person_id = ( SELECT platform.actor_person() AS actor_person)));
create policy "task mail select" on platform.mail_address for select to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'mail'::text));
grant delete, insert, select, update on table platform.mail_address to hamkor_app;
grant delete, insert, select, update on table platform.mail_address to hamkor_definer;

create table platform.one_time_code (
	id uuid not null,
	person_id uuid not null,
	code_hash bytea not null,
	created_at timestamp with time zone default clock_timestamp() not null,
	used_at timestamp with time zone,
	constraint one_time_code_pkey PRIMARY KEY (id),
	constraint one_time_code_person_id_code_hash_key UNIQUE (person_id, code_hash),
	constraint one_time_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES platform.account(person_id)
);
comment on table platform.one_time_code is 'Printed one-time codes: the second factor of who has no smartphone.';
alter table platform.one_time_code enable row level security;
alter table platform.one_time_code force row level security;
create policy definer on platform.one_time_code for all to hamkor_definer using (true) with check (true);
create policy own on platform.one_time_code for select to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person)));
create policy "task sign-in all" on platform.one_time_code for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text));
grant delete, insert, select, update on table platform.one_time_code to hamkor_app;
grant delete, insert, select, update on table platform.one_time_code to hamkor_definer;

create table platform.passkey (
	id text not null,
	person_id uuid not null,
	public_key bytea not null,
	counter bigint default 0 not null,
	transports text[] default '{}'::text[] not null,
	label text default ''::text not null,
	created_at timestamp with time zone default clock_timestamp() not null,
	last_used_at timestamp with time zone,
	constraint passkey_pkey PRIMARY KEY (id),
	constraint passkey_person_id_fkey FOREIGN KEY (person_id) REFERENCES platform.account(person_id)
);
comment on table platform.passkey is 'WebAuthn credentials of a person.';
alter table platform.passkey enable row level security;
alter table platform.passkey force row level security;
create policy definer on platform.passkey for all to hamkor_definer using (true) with check (true);
create policy own on platform.passkey for select to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person)));
create policy "task sign-in all" on platform.passkey for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text));
grant delete, insert, select, update on table platform.passkey to hamkor_app;
grant delete, insert, select, update on table platform.passkey to hamkor_definer;

create table platform.recovery (
	id uuid not null,
	programme_id uuid,
	person_id uuid not null,
	asked_by uuid,
	asked_at timestamp with time zone default clock_timestamp() not null,
	code_hash bytea not null,
	expires_at timestamp with time zone not null,
	confirmed_by uuid,
	confirmed_at timestamp with time zone,
	token_hash bytea,
	tries integer default 0 not null,
	used_at timestamp with time zone,
	ended_at timestamp with time zone,
	ended_by uuid,
	constraint recovery_pkey PRIMARY KEY (id),
	constraint recovery_token_hash_key UNIQUE (token_hash),
	constraint recovery_check CHECK (person_id IS DISTINCT FROM asked_by AND person_id IS DISTINCT FROM confirmed_by),
	constraint recovery_check1 CHECK (asked_by IS DISTINCT FROM confirmed_by OR asked_by IS NULL),
	constraint recovery_check2 CHECK ((confirmed_at IS NULL) = (token_hash IS NULL)),
	constraint recovery_check3 CHECK (used_at IS NULL OR confirmed_at IS NOT NULL AND ended_at IS NULL),
	constraint recovery_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES network.person(id),
	constraint recovery_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES network.person(id),
	constraint recovery_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES network.person(id),
	constraint recovery_person_id_fkey FOREIGN KEY (person_id) REFERENCES platform.account(person_id)
);
comment on table platform.recovery is 'An account given back to who lost every way to sign in. Who asks holds a code, who confirms holds the link; both are needed, once, within a short time. From the terminal of the server (asked_by null) both are had at once.';
CREATE UNIQUE INDEX recovery_open ON platform.recovery USING btree (person_id) WHERE ((used_at IS NULL) AND (ended_at IS NULL));
CREATE TRIGGER hold_recovery BEFORE INSERT OR UPDATE ON platform.recovery FOR EACH ROW EXECUTE FUNCTION platform.hold_recovery();
alter table platform.recovery enable row level security;
alter table platform.recovery force row level security;
create policy definer on platform.recovery for all to hamkor_definer using (true) with check (true);
create policy managers on platform.recovery for all to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,administrator}'::text[]) AS programmes_wide)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,administrator}'::text[]) AS programmes_wide)::uuid[])));
create policy own on platform.recovery for select to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person)));
create policy own_ends on platform.recovery for update to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person))) with check (((person_id = ( SELECT platform.actor_person() AS actor_person)) AND (ended_at IS NOT NULL)));
create policy "task sign-in all" on platform.recovery for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text));
grant delete, insert, select, update on table platform.recovery to hamkor_definer;
grant insert, select, update on table platform.recovery to hamkor_app;

create table platform.session (
	id uuid not null,
	token_hash bytea not null,
	person_id uuid not null,
	created_at timestamp with time zone default clock_timestamp() not null,
	last_seen_at timestamp with time zone default clock_timestamp() not null,
	strong_at timestamp with time zone,
	device_label text default ''::text not null,
	locked_at timestamp with time zone,
	ended_at timestamp with time zone,
	constraint session_pkey PRIMARY KEY (id),
	constraint session_token_hash_key UNIQUE (token_hash),
	constraint session_person_id_fkey FOREIGN KEY (person_id) REFERENCES platform.account(person_id)
);
comment on table platform.session is 'Signed-in sessions. strong_at is the moment of the last step-up; no network address is kept.';
CREATE INDEX session_person_id_idx ON platform.session USING btree (person_id);
alter table platform.session enable row level security;
alter table platform.session force row level security;
create policy definer on platform.session for all to hamkor_definer using (true) with check (true);
create policy own on platform.session for select to hamkor_app using ((person_id = ( SELECT platform.actor_person() AS actor_person)));
create policy "task sign-in all" on platform.session for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text));
grant delete, insert, select, update on table platform.session to hamkor_definer;
grant insert, select, update on table platform.session to hamkor_app;

create table platform.sign_in_attempt (
	id uuid not null,
	account_key bytea not null,
	device_key bytea,
	at timestamp with time zone default clock_timestamp() not null,
	succeeded boolean not null,
	constraint sign_in_attempt_pkey PRIMARY KEY (id)
);
comment on table platform.sign_in_attempt is 'Keyed digests of the name and of the device cookie tried, for throttling; no names, no network addresses.';
CREATE INDEX sign_in_attempt_account_key_at_idx ON platform.sign_in_attempt USING btree (account_key, at);
CREATE INDEX sign_in_attempt_at_idx ON platform.sign_in_attempt USING btree (at);
alter table platform.sign_in_attempt enable row level security;
alter table platform.sign_in_attempt force row level security;
create policy definer on platform.sign_in_attempt for all to hamkor_definer using (true) with check (true);
create policy "task sign-in all" on platform.sign_in_attempt for all to hamkor_app using ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text)) with check ((( SELECT platform.actor_task() AS actor_task) = 'sign-in'::text));
grant delete, insert, select on table platform.sign_in_attempt to hamkor_app;
grant delete, insert, select, update on table platform.sign_in_attempt to hamkor_definer;

-- policy ----------------------------------------------------------------------------------------------

create schema policy;
comment on schema policy is 'Recommendations, answers and commitments of authorities, verified change, briefings.';
grant usage on schema policy to hamkor_app;
grant usage on schema policy to hamkor_definer;

CREATE OR REPLACE FUNCTION policy.change_rests()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if new.state = 'stands' and (tg_op = 'INSERT' or old.state is distinct from 'stands')
			and not exists (select from policy.commitment c where c.id = new.commitment_id and c.state = 'made') then
			raise exception 'change.without-commitment' using errcode = 'HM001';
		end if;
		return null;
	end $function$;
alter function policy.change_rests() owner to hamkor_definer;
comment on function policy.change_rests() is 'Constraint trigger: a verified change rests on a commitment that stands.';
grant execute on function policy.change_rests() to public;

CREATE OR REPLACE FUNCTION policy.commitment_rests()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if not exists (select from policy.recommendation r where r.id = new.recommendation_id and r.addressed_to = new.organisation_id
			and r.state in ('delivered', 'answered') and r.answer is distinct from 'refused') then
			raise exception 'commitment.without-ground' using errcode = 'HM001';
		end if;
		return null;
	end $function$;
alter function policy.commitment_rests() owner to hamkor_definer;
comment on function policy.commitment_rests() is 'Constraint trigger: a commitment rests on a recommendation that was delivered to that same authority and not refused.';
grant execute on function policy.commitment_rests() to public;

CREATE OR REPLACE FUNCTION policy.fallen_since(slug text)
 RETURNS TABLE(kind text, nth integer, how text, fell_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
	order by 1, 2 $function$;
alter function policy.fallen_since(slug text) owner to hamkor_definer;
comment on function policy.fallen_since(slug text) is 'What stands in a published briefing and has been withdrawn since, or rests on nothing any more: which block of its kind, and when. No reason: that is for members.';
grant execute on function policy.fallen_since(slug text) to hamkor_app;

CREATE OR REPLACE FUNCTION policy.hold_quoted_consent()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if exists (select from policy.briefing_block b join assessment.quotation q on q.id = b.quotation_id
			where b.briefing_id = new.id and q.consent_level = 'internal') then
			raise exception 'briefing.quotation-internal' using errcode = 'HM001';
		end if;
		return null;
	end $function$;
alter function policy.hold_quoted_consent() owner to hamkor_definer;
comment on function policy.hold_quoted_consent() is 'No briefing goes out with words whose speaker did not agree to it, whatever the program above decides.';
grant execute on function policy.hold_quoted_consent() to public;

CREATE OR REPLACE FUNCTION policy.keep_delivered()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
	begin
		if old.state <> 'draft' and (new.title, new.body, new.addressed_to, new.place_id, new.delivered_on)
			is distinct from (old.title, old.body, old.addressed_to, old.place_id, old.delivered_on) then
			raise exception 'recommendation.delivered' using errcode = 'HM001';
		end if;
		if old.state = 'answered' and (new.answer, new.answer_reason, new.answered_on, new.answered_by, new.answered_on_behalf)
			is distinct from (old.answer, old.answer_reason, old.answered_on, old.answered_by, old.answered_on_behalf) then
			raise exception 'recommendation.answered' using errcode = 'HM001';
		end if;
		if new.state = 'answered' and old.state <> 'answered' and not (new.answered_by is not distinct from platform.actor_person()
			and (new.answered_on_behalf or new.addressed_to = any(network.organisations_with('{official}')))) then
			raise exception 'recommendation.not-own-name' using errcode = 'HM001';
		end if;
		return new;
	end $function$;
alter function policy.keep_delivered() owner to hamkor_definer;
comment on function policy.keep_delivered() is 'What was delivered, and what was answered, stays as it was; in its own name answers only an official of the authority.';
grant execute on function policy.keep_delivered() to public;

CREATE OR REPLACE FUNCTION policy.withdrawn_on(slug text)
 RETURNS TABLE(at timestamp with time zone, time_zone text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select b.withdrawn_at, p.time_zone from policy.briefing b join network.programme p on p.id = b.programme_id
		where b.slug = withdrawn_on.slug and b.state = 'withdrawn' $function$;
alter function policy.withdrawn_on(slug text) owner to hamkor_definer;
comment on function policy.withdrawn_on(slug text) is 'When the briefing at a public address was withdrawn, and the time zone to say it in; nothing where there never was one, or it still stands.';
grant execute on function policy.withdrawn_on(slug text) to hamkor_app;

create table policy.briefing (
	id uuid not null,
	programme_id uuid not null,
	number integer not null,
	slug text not null,
	title jsonb not null,
	summary jsonb default '{}'::jsonb not null,
	locales text[] not null,
	search text default ''::text not null,
	state text default 'draft'::text not null,
	release_id uuid,
	published_at timestamp with time zone,
	withdrawn_at timestamp with time zone,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	updated_at timestamp with time zone default clock_timestamp() not null,
	constraint briefing_pkey PRIMARY KEY (id),
	constraint briefing_programme_id_id_key UNIQUE (programme_id, id),
	constraint briefing_programme_id_number_key UNIQUE (programme_id, number),
	constraint briefing_slug_key UNIQUE (slug),
	constraint briefing_check CHECK (state = 'draft'::text OR release_id IS NOT NULL),
	constraint briefing_locales_check CHECK (cardinality(locales) > 0),
	constraint briefing_slug_check CHECK (slug ~ '^[a-z0-9][a-z0-9-]{2,80}$'::text),
	constraint briefing_state_check CHECK (state = ANY (ARRAY['draft'::text, 'published'::text, 'withdrawn'::text])),
	constraint briefing_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint briefing_programme_id_release_id_fkey FOREIGN KEY (programme_id, release_id) REFERENCES releases.release(programme_id, id)
);
comment on table policy.briefing is 'A text with bound figures and quotations, in one or more languages. Published only through the ledger.';
CREATE TRIGGER hold_quoted_consent AFTER INSERT OR UPDATE ON policy.briefing FOR EACH ROW WHEN ((new.state = 'published'::text)) EXECUTE FUNCTION policy.hold_quoted_consent();
alter table policy.briefing enable row level security;
alter table policy.briefing force row level security;
create policy changers on policy.briefing for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) with check ((((state = 'draft'::text) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) OR (programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[]))));
create policy definer on policy.briefing for all to hamkor_definer using (true) with check (true);
create policy readers on policy.briefing for select to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[])) OR ((state = 'published'::text) AND ((programme_id = ANY (( SELECT network.programmes_with('{donor}'::text[]) AS programmes_with)::uuid[])) OR (( SELECT platform.actor_kind() AS actor_kind) = 'public'::text)))));
create policy writers on policy.briefing for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (state = 'draft'::text)));
grant delete, insert, select, update on table policy.briefing to hamkor_definer;
grant insert, select, update on table policy.briefing to hamkor_app;

create table policy.briefing_block (
	id uuid not null,
	programme_id uuid not null,
	briefing_id uuid not null,
	"position" integer not null,
	kind text not null,
	words jsonb default '{}'::jsonb not null,
	figure_id uuid,
	quotation_id uuid,
	finding_id uuid,
	recommendation_id uuid,
	constraint briefing_block_pkey PRIMARY KEY (id),
	constraint briefing_block_briefing_id_position_key UNIQUE (briefing_id, "position") DEFERRABLE INITIALLY DEFERRED,
	constraint briefing_block_programme_id_id_key UNIQUE (programme_id, id),
	constraint briefing_block_check CHECK ((kind = 'figure'::text) = (figure_id IS NOT NULL)),
	constraint briefing_block_check1 CHECK ((kind = 'quotation'::text) = (quotation_id IS NOT NULL)),
	constraint briefing_block_check2 CHECK ((kind = 'finding'::text) = (finding_id IS NOT NULL)),
	constraint briefing_block_check3 CHECK ((kind = 'recommendation'::text) = (recommendation_id IS NOT NULL)),
	constraint briefing_block_kind_check CHECK (kind = ANY (ARRAY['heading'::text, 'text'::text, 'figure'::text, 'quotation'::text, 'finding'::text, 'recommendation'::text])),
	constraint briefing_block_programme_id_briefing_id_fkey FOREIGN KEY (programme_id, briefing_id) REFERENCES policy.briefing(programme_id, id),
	constraint briefing_block_programme_id_figure_id_fkey FOREIGN KEY (programme_id, figure_id) REFERENCES assessment.figure(programme_id, id),
	constraint briefing_block_programme_id_finding_id_fkey FOREIGN KEY (programme_id, finding_id) REFERENCES assessment.finding(programme_id, id),
	constraint briefing_block_programme_id_quotation_id_fkey FOREIGN KEY (programme_id, quotation_id) REFERENCES assessment.quotation(programme_id, id),
	constraint briefing_block_programme_id_recommendation_id_fkey FOREIGN KEY (programme_id, recommendation_id) REFERENCES policy.recommendation(programme_id, id)
);
comment on table policy.briefing_block is 'One block of a briefing, bound to its evidence by a foreign key.';
CREATE TRIGGER cite_standing_figure_id AFTER INSERT ON policy.briefing_block FOR EACH ROW WHEN ((new.figure_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('figure_id');
CREATE TRIGGER cite_standing_finding_id AFTER INSERT ON policy.briefing_block FOR EACH ROW WHEN ((new.finding_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('finding_id');
CREATE TRIGGER cite_standing_quotation_id AFTER INSERT ON policy.briefing_block FOR EACH ROW WHEN ((new.quotation_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('quotation_id');
CREATE TRIGGER freeze_cited AFTER INSERT ON policy.briefing_block FOR EACH ROW WHEN ((new.figure_id IS NOT NULL)) EXECUTE FUNCTION assessment.freeze_figure();
alter table policy.briefing_block enable row level security;
alter table policy.briefing_block force row level security;
create policy definer on policy.briefing_block for all to hamkor_definer using (true) with check (true);
create policy readers on policy.briefing_block for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[])));
create policy writers on policy.briefing_block for all to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.briefing b
  WHERE ((b.id = briefing_block.briefing_id) AND (b.programme_id = briefing_block.programme_id) AND (b.state = 'draft'::text)))))) with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.briefing b
  WHERE ((b.id = briefing_block.briefing_id) AND (b.programme_id = briefing_block.programme_id) AND (b.state = 'draft'::text))))));
grant delete, insert, select, update on table policy.briefing_block to hamkor_app;
grant delete, insert, select, update on table policy.briefing_block to hamkor_definer;

create table policy.briefing_edition (
	programme_id uuid not null,
	briefing_id uuid not null,
	locale text not null,
	content jsonb not null,
	pdf_file_id uuid,
	published_at timestamp with time zone default clock_timestamp() not null,
	constraint briefing_edition_pkey PRIMARY KEY (briefing_id, locale),
	constraint briefing_edition_programme_id_briefing_id_fkey FOREIGN KEY (programme_id, briefing_id) REFERENCES policy.briefing(programme_id, id)
);
comment on table policy.briefing_edition is 'What was published, in one language, exactly as it went out: the public page and the PDF are made from this and from nothing else.';
alter table policy.briefing_edition enable row level security;
alter table policy.briefing_edition force row level security;
create policy definer on policy.briefing_edition for all to hamkor_definer using (true) with check (true);
create policy readers on policy.briefing_edition for select to hamkor_app using ((EXISTS ( SELECT
   FROM policy.briefing b
  WHERE ((b.id = briefing_edition.briefing_id) AND (b.programme_id = briefing_edition.programme_id)))));
create policy writers on policy.briefing_edition for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[])));
grant delete, insert, select, update on table policy.briefing_edition to hamkor_definer;
grant insert, select on table policy.briefing_edition to hamkor_app;

create table policy.change (
	id uuid not null,
	programme_id uuid not null,
	place_id uuid,
	commitment_id uuid not null,
	number integer not null,
	statement jsonb not null,
	verified_on date not null,
	verified_by uuid not null,
	search text default ''::text not null,
	state text default 'draft'::text not null,
	withdrawn_at timestamp with time zone,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint change_pkey PRIMARY KEY (id),
	constraint change_programme_id_id_key UNIQUE (programme_id, id),
	constraint change_programme_id_number_key UNIQUE (programme_id, number),
	constraint change_state_check CHECK (state = ANY (ARRAY['draft'::text, 'stands'::text, 'withdrawn'::text])),
	constraint change_programme_id_commitment_id_fkey FOREIGN KEY (programme_id, commitment_id) REFERENCES policy.commitment(programme_id, id),
	constraint change_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint change_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint change_programme_id_verified_by_fkey FOREIGN KEY (programme_id, verified_by) REFERENCES network.organisation(programme_id, id)
);
comment on table policy.change is 'A verified change: what is different now, who verified it, on which evidence.';
CREATE INDEX change_commitment_id_idx ON policy.change USING btree (commitment_id);
CREATE CONSTRAINT TRIGGER must_rest AFTER INSERT OR UPDATE ON policy.change DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION platform.must_rest('change.without-evidence', 'policy.change_figure change_id assessment.evidence figure_id', 'policy.change_quotation change_id assessment.evidence quotation_id', 'policy.change_document change_id assessment.evidence document_id');
CREATE CONSTRAINT TRIGGER rests_on_commitment AFTER INSERT OR UPDATE ON policy.change DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION policy.change_rests();
alter table policy.change enable row level security;
alter table policy.change force row level security;
create policy changers on policy.change for update to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,analyst}'::text[]) AS places_within)::uuid[])))
END) with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,analyst}'::text[]) AS places_within)::uuid[])))
END);
create policy definer on policy.change for all to hamkor_definer using (true) with check (true);
create policy readers on policy.change for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy writers on policy.change for insert to hamkor_app with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,analyst}'::text[]) AS places_within)::uuid[])))
END);
grant delete, insert, select, update on table policy.change to hamkor_definer;
grant insert, select, update on table policy.change to hamkor_app;

create table policy.change_document (
	programme_id uuid not null,
	change_id uuid not null,
	document_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint change_document_pkey PRIMARY KEY (change_id, document_id),
	constraint change_document_programme_id_change_id_fkey FOREIGN KEY (programme_id, change_id) REFERENCES policy.change(programme_id, id),
	constraint change_document_programme_id_document_id_fkey FOREIGN KEY (programme_id, document_id) REFERENCES assessment.document(programme_id, id)
);
comment on table policy.change_document is 'Citation: policy.change rests on assessment.document.';
CREATE INDEX change_document_document_id_idx ON policy.change_document USING btree (document_id);
CREATE TRIGGER cite_standing_document_id AFTER INSERT ON policy.change_document FOR EACH ROW WHEN ((new.document_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('document_id');
CREATE TRIGGER keep_citation BEFORE DELETE ON policy.change_document FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('policy.change', 'change_id');
alter table policy.change_document enable row level security;
alter table policy.change_document force row level security;
create policy cited on policy.change_document as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.document c
  WHERE ((c.id = change_document.document_id) AND (c.programme_id = change_document.programme_id)))));
create policy definer on policy.change_document for all to hamkor_definer using (true) with check (true);
create policy readers on policy.change_document for select to hamkor_app using ((EXISTS ( SELECT
   FROM policy.change whole
  WHERE ((whole.id = change_document.change_id) AND (whole.programme_id = change_document.programme_id)))));
create policy removers on policy.change_document for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.change whole
  WHERE ((whole.id = change_document.change_id) AND (whole.programme_id = change_document.programme_id))))));
create policy writers on policy.change_document for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.change whole
  WHERE ((whole.id = change_document.change_id) AND (whole.programme_id = change_document.programme_id))))));
grant delete, insert, select on table policy.change_document to hamkor_app;
grant delete, insert, select, update on table policy.change_document to hamkor_definer;

create table policy.change_figure (
	programme_id uuid not null,
	change_id uuid not null,
	figure_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint change_figure_pkey PRIMARY KEY (change_id, figure_id),
	constraint change_figure_programme_id_change_id_fkey FOREIGN KEY (programme_id, change_id) REFERENCES policy.change(programme_id, id),
	constraint change_figure_programme_id_figure_id_fkey FOREIGN KEY (programme_id, figure_id) REFERENCES assessment.figure(programme_id, id)
);
comment on table policy.change_figure is 'Citation: policy.change rests on assessment.figure.';
CREATE INDEX change_figure_figure_id_idx ON policy.change_figure USING btree (figure_id);
CREATE TRIGGER cite_standing_figure_id AFTER INSERT ON policy.change_figure FOR EACH ROW WHEN ((new.figure_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('figure_id');
CREATE TRIGGER freeze_cited AFTER INSERT ON policy.change_figure FOR EACH ROW EXECUTE FUNCTION assessment.freeze_figure();
CREATE TRIGGER keep_citation BEFORE DELETE ON policy.change_figure FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('policy.change', 'change_id');
alter table policy.change_figure enable row level security;
alter table policy.change_figure force row level security;
create policy cited on policy.change_figure as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.figure c
  WHERE ((c.id = change_figure.figure_id) AND (c.programme_id = change_figure.programme_id)))));
create policy definer on policy.change_figure for all to hamkor_definer using (true) with check (true);
create policy readers on policy.change_figure for select to hamkor_app using ((EXISTS ( SELECT
   FROM policy.change whole
  WHERE ((whole.id = change_figure.change_id) AND (whole.programme_id = change_figure.programme_id)))));
create policy removers on policy.change_figure for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.change whole
  WHERE ((whole.id = change_figure.change_id) AND (whole.programme_id = change_figure.programme_id))))));
create policy writers on policy.change_figure for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.change whole
  WHERE ((whole.id = change_figure.change_id) AND (whole.programme_id = change_figure.programme_id))))));
grant delete, insert, select on table policy.change_figure to hamkor_app;
grant delete, insert, select, update on table policy.change_figure to hamkor_definer;

create table policy.change_quotation (
	programme_id uuid not null,
	change_id uuid not null,
	quotation_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint change_quotation_pkey PRIMARY KEY (change_id, quotation_id),
	constraint change_quotation_programme_id_change_id_fkey FOREIGN KEY (programme_id, change_id) REFERENCES policy.change(programme_id, id),
	constraint change_quotation_programme_id_quotation_id_fkey FOREIGN KEY (programme_id, quotation_id) REFERENCES assessment.quotation(programme_id, id)
);
comment on table policy.change_quotation is 'Citation: policy.change rests on assessment.quotation.';
CREATE INDEX change_quotation_quotation_id_idx ON policy.change_quotation USING btree (quotation_id);
CREATE TRIGGER cite_standing_quotation_id AFTER INSERT ON policy.change_quotation FOR EACH ROW WHEN ((new.quotation_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('quotation_id');
CREATE TRIGGER keep_citation BEFORE DELETE ON policy.change_quotation FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('policy.change', 'change_id');
alter table policy.change_quotation enable row level security;
alter table policy.change_quotation force row level security;
create policy cited on policy.change_quotation as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.quotation c
  WHERE ((c.id = change_quotation.quotation_id) AND (c.programme_id = change_quotation.programme_id)))));
create policy definer on policy.change_quotation for all to hamkor_definer using (true) with check (true);
create policy readers on policy.change_quotation for select to hamkor_app using ((EXISTS ( SELECT
   FROM policy.change whole
  WHERE ((whole.id = change_quotation.change_id) AND (whole.programme_id = change_quotation.programme_id)))));
create policy removers on policy.change_quotation for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.change whole
  WHERE ((whole.id = change_quotation.change_id) AND (whole.programme_id = change_quotation.programme_id))))));
create policy writers on policy.change_quotation for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.change whole
  WHERE ((whole.id = change_quotation.change_id) AND (whole.programme_id = change_quotation.programme_id))))));
grant delete, insert, select on table policy.change_quotation to hamkor_app;
grant delete, insert, select, update on table policy.change_quotation to hamkor_definer;

create table policy.commitment (
	id uuid not null,
	programme_id uuid not null,
	place_id uuid,
	recommendation_id uuid not null,
	organisation_id uuid not null,
	number integer not null,
	title jsonb not null,
	measure jsonb default '{}'::jsonb not null,
	made_on date not null,
	due_on date not null,
	on_behalf boolean default false not null,
	search text default ''::text not null,
	state text default 'made'::text not null,
	withdrawn_at timestamp with time zone,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint commitment_pkey PRIMARY KEY (id),
	constraint commitment_programme_id_id_key UNIQUE (programme_id, id),
	constraint commitment_programme_id_number_key UNIQUE (programme_id, number),
	constraint commitment_check CHECK (due_on >= made_on),
	constraint commitment_state_check CHECK (state = ANY (ARRAY['made'::text, 'withdrawn'::text])),
	constraint commitment_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint commitment_programme_id_organisation_id_fkey FOREIGN KEY (programme_id, organisation_id) REFERENCES network.organisation(programme_id, id),
	constraint commitment_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id),
	constraint commitment_programme_id_recommendation_id_fkey FOREIGN KEY (programme_id, recommendation_id) REFERENCES policy.recommendation(programme_id, id)
);
comment on table policy.commitment is 'What an authority undertook, by when, measured how.';
comment on column policy.commitment.on_behalf is 'False: an official of the authority made it in own name. True: a coordinator recorded it.';
CREATE INDEX commitment_recommendation_id_idx ON policy.commitment USING btree (recommendation_id);
CREATE CONSTRAINT TRIGGER must_rest AFTER INSERT ON policy.commitment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION policy.commitment_rests();
alter table policy.commitment enable row level security;
alter table policy.commitment force row level security;
create policy authority_commits on policy.commitment for insert to hamkor_app with check (((organisation_id = ANY (( SELECT network.organisations_with('{official}'::text[]) AS organisations_with)::uuid[])) AND (created_by = ( SELECT platform.actor_person() AS actor_person)) AND (NOT on_behalf) AND (EXISTS ( SELECT
   FROM policy.recommendation r
  WHERE ((r.id = commitment.recommendation_id) AND (r.addressed_to = commitment.organisation_id) AND (r.programme_id = commitment.programme_id))))));
create policy authority_reads on policy.commitment for select to hamkor_app using ((organisation_id = ANY (( SELECT network.organisations_with('{official}'::text[]) AS organisations_with)::uuid[])));
create policy changers on policy.commitment for update to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator}'::text[]) AS places_within)::uuid[])))
END) with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator}'::text[]) AS places_within)::uuid[])))
END);
create policy definer on policy.commitment for all to hamkor_definer using (true) with check (true);
create policy readers on policy.commitment for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy writers on policy.commitment for insert to hamkor_app with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator}'::text[]) AS places_within)::uuid[])))
END);
grant delete, insert, select, update on table policy.commitment to hamkor_definer;
grant insert, select, update on table policy.commitment to hamkor_app;

create table policy.commitment_status (
	id uuid not null,
	programme_id uuid not null,
	commitment_id uuid not null,
	side text not null,
	status text not null,
	note jsonb default '{}'::jsonb not null,
	told_on date not null,
	on_behalf boolean default false not null,
	document_id uuid,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	constraint commitment_status_pkey PRIMARY KEY (id),
	constraint commitment_status_programme_id_id_key UNIQUE (programme_id, id),
	constraint commitment_status_side_check CHECK (side = ANY (ARRAY['authority'::text, 'civil_society'::text])),
	constraint commitment_status_status_check CHECK (status = ANY (ARRAY['not_started'::text, 'under_way'::text, 'done'::text, 'stopped'::text])),
	constraint commitment_status_programme_id_commitment_id_fkey FOREIGN KEY (programme_id, commitment_id) REFERENCES policy.commitment(programme_id, id),
	constraint commitment_status_programme_id_document_id_fkey FOREIGN KEY (programme_id, document_id) REFERENCES assessment.document(programme_id, id)
);
comment on table policy.commitment_status is 'Status as told by the authority and by civil society, side by side; earlier words stay.';
CREATE INDEX commitment_status_commitment_id_told_on_idx ON policy.commitment_status USING btree (commitment_id, told_on);
alter table policy.commitment_status enable row level security;
alter table policy.commitment_status force row level security;
create policy authority on policy.commitment_status for insert to hamkor_app with check (((side = 'authority'::text) AND (created_by = ( SELECT platform.actor_person() AS actor_person)) AND (NOT on_behalf) AND (EXISTS ( SELECT
   FROM policy.commitment c
  WHERE ((c.id = commitment_status.commitment_id) AND (c.programme_id = commitment_status.programme_id) AND (c.organisation_id = ANY (( SELECT network.organisations_with('{official}'::text[]) AS organisations_with)::uuid[])))))));
create policy civil_society on policy.commitment_status for insert to hamkor_app with check (((side = 'civil_society'::text) AND (created_by = ( SELECT platform.actor_person() AS actor_person)) AND (NOT on_behalf) AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.commitment c
  WHERE ((c.id = commitment_status.commitment_id) AND (c.programme_id = commitment_status.programme_id))))));
create policy definer on policy.commitment_status for all to hamkor_definer using (true) with check (true);
create policy readers on policy.commitment_status for select to hamkor_app using ((EXISTS ( SELECT
   FROM policy.commitment c
  WHERE ((c.id = commitment_status.commitment_id) AND (c.programme_id = commitment_status.programme_id)))));
create policy recorded on policy.commitment_status for insert to hamkor_app with check (((side = 'authority'::text) AND (created_by = ( SELECT platform.actor_person() AS actor_person)) AND on_behalf AND (programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.commitment c
  WHERE ((c.id = commitment_status.commitment_id) AND (c.programme_id = commitment_status.programme_id))))));
grant delete, insert, select, update on table policy.commitment_status to hamkor_definer;
grant insert, select on table policy.commitment_status to hamkor_app;

create table policy.recommendation (
	id uuid not null,
	programme_id uuid not null,
	place_id uuid,
	number integer not null,
	title jsonb not null,
	body jsonb default '{}'::jsonb not null,
	addressed_to uuid not null,
	search text default ''::text not null,
	state text default 'draft'::text not null,
	delivered_on date,
	answer text,
	answer_reason jsonb default '{}'::jsonb not null,
	answered_on date,
	answered_by uuid,
	answered_on_behalf boolean default false not null,
	withdrawn_at timestamp with time zone,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	updated_at timestamp with time zone default clock_timestamp() not null,
	constraint recommendation_pkey PRIMARY KEY (id),
	constraint recommendation_programme_id_id_key UNIQUE (programme_id, id),
	constraint recommendation_programme_id_number_key UNIQUE (programme_id, number),
	constraint recommendation_answer_check CHECK (answer = ANY (ARRAY['accepted'::text, 'partly'::text, 'refused'::text])),
	constraint recommendation_check CHECK ((state <> ALL (ARRAY['delivered'::text, 'answered'::text])) OR delivered_on IS NOT NULL),
	constraint recommendation_check1 CHECK (state <> 'answered'::text OR answer IS NOT NULL AND answered_on IS NOT NULL AND answered_on >= delivered_on),
	constraint recommendation_check2 CHECK (answer IS DISTINCT FROM 'refused'::text OR answer_reason <> '{}'::jsonb),
	constraint recommendation_state_check CHECK (state = ANY (ARRAY['draft'::text, 'delivered'::text, 'answered'::text, 'withdrawn'::text])),
	constraint recommendation_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES network.person(id),
	constraint recommendation_programme_id_addressed_to_fkey FOREIGN KEY (programme_id, addressed_to) REFERENCES network.organisation(programme_id, id),
	constraint recommendation_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint recommendation_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id)
);
comment on table policy.recommendation is 'A recommendation to one named authority, citing gaps or results. No reply is read from delivered_on.';
comment on column policy.recommendation.answered_on_behalf is 'False: an official of the authority answered in own name. True: a coordinator recorded the authority''s answer.';
CREATE TRIGGER keep_delivered BEFORE UPDATE ON policy.recommendation FOR EACH ROW EXECUTE FUNCTION policy.keep_delivered();
CREATE CONSTRAINT TRIGGER must_rest AFTER INSERT OR UPDATE ON policy.recommendation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION platform.must_rest('recommendation.without-ground', 'policy.recommendation_gap recommendation_id gaps.gap gap_id', 'policy.recommendation_result recommendation_id results.result result_id');
alter table policy.recommendation enable row level security;
alter table policy.recommendation force row level security;
create policy addressee on policy.recommendation for update to hamkor_app using (((addressed_to = ANY (( SELECT network.organisations_with('{official}'::text[]) AS organisations_with)::uuid[])) AND (state = ANY (ARRAY['delivered'::text, 'answered'::text])))) with check (((addressed_to = ANY (( SELECT network.organisations_with('{official}'::text[]) AS organisations_with)::uuid[])) AND (state = 'answered'::text) AND (answered_by = ( SELECT platform.actor_person() AS actor_person)) AND (NOT answered_on_behalf)));
create policy addressee_reads on policy.recommendation for select to hamkor_app using (((addressed_to = ANY (( SELECT network.organisations_with('{official}'::text[]) AS organisations_with)::uuid[])) AND (state = ANY (ARRAY['delivered'::text, 'answered'::text]))));
create policy changers on policy.recommendation for update to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member}'::text[]) AS places_within)::uuid[])))
END) with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member}'::text[]) AS places_within)::uuid[])))
END);
create policy definer on policy.recommendation for all to hamkor_definer using (true) with check (true);
create policy readers on policy.recommendation for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy writers on policy.recommendation for insert to hamkor_app with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member}'::text[]) AS places_within)::uuid[])))
END);
grant delete, insert, select, update on table policy.recommendation to hamkor_definer;
grant insert, select, update on table policy.recommendation to hamkor_app;

create table policy.recommendation_gap (
	programme_id uuid not null,
	recommendation_id uuid not null,
	gap_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint recommendation_gap_pkey PRIMARY KEY (recommendation_id, gap_id),
	constraint recommendation_gap_programme_id_gap_id_fkey FOREIGN KEY (programme_id, gap_id) REFERENCES gaps.gap(programme_id, id),
	constraint recommendation_gap_programme_id_recommendation_id_fkey FOREIGN KEY (programme_id, recommendation_id) REFERENCES policy.recommendation(programme_id, id)
);
comment on table policy.recommendation_gap is 'Citation: policy.recommendation rests on gaps.gap.';
CREATE INDEX recommendation_gap_gap_id_idx ON policy.recommendation_gap USING btree (gap_id);
CREATE TRIGGER keep_citation BEFORE DELETE ON policy.recommendation_gap FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('policy.recommendation', 'recommendation_id');
alter table policy.recommendation_gap enable row level security;
alter table policy.recommendation_gap force row level security;
create policy cited on policy.recommendation_gap as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM gaps.gap c
  WHERE ((c.id = recommendation_gap.gap_id) AND (c.programme_id = recommendation_gap.programme_id)))));
create policy definer on policy.recommendation_gap for all to hamkor_definer using (true) with check (true);
create policy readers on policy.recommendation_gap for select to hamkor_app using ((EXISTS ( SELECT
   FROM policy.recommendation whole
  WHERE ((whole.id = recommendation_gap.recommendation_id) AND (whole.programme_id = recommendation_gap.programme_id)))));
create policy removers on policy.recommendation_gap for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.recommendation whole
  WHERE ((whole.id = recommendation_gap.recommendation_id) AND (whole.programme_id = recommendation_gap.programme_id))))));
create policy writers on policy.recommendation_gap for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.recommendation whole
  WHERE ((whole.id = recommendation_gap.recommendation_id) AND (whole.programme_id = recommendation_gap.programme_id))))));
grant delete, insert, select on table policy.recommendation_gap to hamkor_app;
grant delete, insert, select, update on table policy.recommendation_gap to hamkor_definer;

create table policy.recommendation_result (
	programme_id uuid not null,
	recommendation_id uuid not null,
	result_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint recommendation_result_pkey PRIMARY KEY (recommendation_id, result_id),
	constraint recommendation_result_programme_id_recommendation_id_fkey FOREIGN KEY (programme_id, recommendation_id) REFERENCES policy.recommendation(programme_id, id),
	constraint recommendation_result_programme_id_result_id_fkey FOREIGN KEY (programme_id, result_id) REFERENCES results.result(programme_id, id)
);
comment on table policy.recommendation_result is 'Citation: policy.recommendation rests on results.result.';
CREATE INDEX recommendation_result_result_id_idx ON policy.recommendation_result USING btree (result_id);
CREATE TRIGGER keep_citation BEFORE DELETE ON policy.recommendation_result FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('policy.recommendation', 'recommendation_id');
alter table policy.recommendation_result enable row level security;
alter table policy.recommendation_result force row level security;
create policy cited on policy.recommendation_result as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM results.result c
  WHERE ((c.id = recommendation_result.result_id) AND (c.programme_id = recommendation_result.programme_id)))));
create policy definer on policy.recommendation_result for all to hamkor_definer using (true) with check (true);
create policy readers on policy.recommendation_result for select to hamkor_app using ((EXISTS ( SELECT
   FROM policy.recommendation whole
  WHERE ((whole.id = recommendation_result.recommendation_id) AND (whole.programme_id = recommendation_result.programme_id)))));
create policy removers on policy.recommendation_result for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.recommendation whole
  WHERE ((whole.id = recommendation_result.recommendation_id) AND (whole.programme_id = recommendation_result.programme_id))))));
create policy writers on policy.recommendation_result for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM policy.recommendation whole
  WHERE ((whole.id = recommendation_result.recommendation_id) AND (whole.programme_id = recommendation_result.programme_id))))));
grant delete, insert, select on table policy.recommendation_result to hamkor_app;
grant delete, insert, select, update on table policy.recommendation_result to hamkor_definer;

-- releases --------------------------------------------------------------------------------------------

create schema releases;
comment on schema releases is 'The ledger of what left the programme, and its disclosure decisions. Starts with the first published figure.';
grant usage on schema releases to hamkor_app;
grant usage on schema releases to hamkor_definer;

create table releases.judgement (
	programme_id uuid not null,
	digest bytea not null,
	verdict jsonb not null,
	judged_at timestamp with time zone default clock_timestamp() not null,
	constraint judgement_pkey PRIMARY KEY (programme_id, digest),
	constraint judgement_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id)
);
comment on table releases.judgement is 'What a job has worked out may be published of some figures beside a certain state of the ledger; the digest names both.';
alter table releases.judgement enable row level security;
alter table releases.judgement force row level security;
create policy changers on releases.judgement for update to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[]))) with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy definer on releases.judgement for all to hamkor_definer using (true) with check (true);
create policy readers on releases.judgement for select to hamkor_app using ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
create policy writers on releases.judgement for insert to hamkor_app with check ((programme_id = ANY (( SELECT network.programmes_with('{coordinator,analyst}'::text[]) AS programmes_with)::uuid[])));
grant delete, insert, select, update on table releases.judgement to hamkor_definer;
grant insert, select, update on table releases.judgement to hamkor_app;

create table releases.release (
	id uuid not null,
	programme_id uuid not null,
	number integer not null,
	kind text not null,
	title jsonb not null,
	released_by uuid not null,
	released_at timestamp with time zone default clock_timestamp() not null,
	content_sha256 bytea not null,
	constraint release_pkey PRIMARY KEY (id),
	constraint release_programme_id_id_key UNIQUE (programme_id, id),
	constraint release_programme_id_number_key UNIQUE (programme_id, number),
	constraint release_kind_check CHECK (kind = 'briefing'::text),
	constraint release_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id)
);
comment on table releases.release is 'One publication: who, when, what, and the hash of what went out.';
alter table releases.release enable row level security;
alter table releases.release force row level security;
create policy definer on releases.release for all to hamkor_definer using (true) with check (true);
create policy readers on releases.release for select to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official,donor}'::text[]) AS programmes_with)::uuid[])) OR (( SELECT platform.actor_kind() AS actor_kind) = 'public'::text)));
create policy writers on releases.release for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_wide('{coordinator}'::text[]) AS programmes_wide)::uuid[])) AND (released_by = ( SELECT platform.actor_person() AS actor_person))));
grant delete, insert, select, update on table releases.release to hamkor_definer;
grant insert, select on table releases.release to hamkor_app;

create table releases.release_figure (
	programme_id uuid not null,
	release_id uuid not null,
	figure_id uuid not null,
	query_version integer not null,
	cut_off timestamp with time zone not null,
	result_sha256 bytea not null,
	threshold integer not null,
	smallest integer,
	cells jsonb not null,
	n integer,
	held integer,
	n_earlier integer,
	constraint release_figure_pkey PRIMARY KEY (release_id, figure_id),
	constraint release_figure_n_earlier_check CHECK (n_earlier >= 0),
	constraint release_figure_programme_id_figure_id_fkey FOREIGN KEY (programme_id, figure_id) REFERENCES assessment.figure(programme_id, id),
	constraint release_figure_programme_id_release_id_fkey FOREIGN KEY (programme_id, release_id) REFERENCES releases.release(programme_id, id)
);
comment on table releases.release_figure is 'A figure as it was released: query version, cut-off, hash, threshold, and the cells themselves; what later releases are checked against.';
comment on column releases.release_figure.cells is 'The cells as they went out: what was held back holds no number.';
comment on column releases.release_figure.n is 'How many people it said that it is about; null when that was held back (or, where held is null, not kept).';
comment on column releases.release_figure.held is 'How many cells were held back. Null for releases before anything could be: then nothing was.';
comment on column releases.release_figure.n_earlier is 'Of a comparison of two rounds: how many of n the earlier round is about; null when that was held back, and for figures of one round.';
alter table releases.release_figure enable row level security;
alter table releases.release_figure force row level security;
create policy definer on releases.release_figure for all to hamkor_definer using (true) with check (true);
create policy readers on releases.release_figure for select to hamkor_app using ((EXISTS ( SELECT
   FROM releases.release whole
  WHERE ((whole.id = release_figure.release_id) AND (whole.programme_id = release_figure.programme_id)))));
create policy writers on releases.release_figure for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM releases.release whole
  WHERE ((whole.id = release_figure.release_id) AND (whole.programme_id = release_figure.programme_id))))));
grant delete, insert, select, update on table releases.release_figure to hamkor_definer;
grant insert, select on table releases.release_figure to hamkor_app;

-- results ---------------------------------------------------------------------------------------------

create schema results;
comment on schema results is 'What came of the responses, with evidence.';
grant usage on schema results to hamkor_app;
grant usage on schema results to hamkor_definer;

create table results.result (
	id uuid not null,
	programme_id uuid not null,
	place_id uuid,
	number integer not null,
	statement jsonb not null,
	value numeric,
	value_unit jsonb,
	observed_on date not null,
	search text default ''::text not null,
	state text default 'draft'::text not null,
	withdrawn_at timestamp with time zone,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	updated_at timestamp with time zone default clock_timestamp() not null,
	constraint result_pkey PRIMARY KEY (id),
	constraint result_programme_id_id_key UNIQUE (programme_id, id),
	constraint result_programme_id_number_key UNIQUE (programme_id, number),
	constraint result_state_check CHECK (state = ANY (ARRAY['draft'::text, 'stands'::text, 'withdrawn'::text])),
	constraint result_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint result_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id)
);
comment on table results.result is 'A result of a response: a sentence, and a value where there is one, with its evidence.';
CREATE CONSTRAINT TRIGGER must_have_evidence AFTER INSERT OR UPDATE ON results.result DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION platform.must_rest('result.without-evidence', 'results.result_figure result_id assessment.evidence figure_id', 'results.result_quotation result_id assessment.evidence quotation_id', 'results.result_document result_id assessment.evidence document_id');
CREATE CONSTRAINT TRIGGER must_rest AFTER INSERT OR UPDATE ON results.result DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION platform.must_rest('result.without-response', 'results.result_training result_id training.training training_id', 'results.result_plan result_id plans.plan plan_id');
alter table results.result enable row level security;
alter table results.result force row level security;
create policy changers on results.result for update to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst}'::text[]) AS places_within)::uuid[])))
END) with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst}'::text[]) AS places_within)::uuid[])))
END);
create policy definer on results.result for all to hamkor_definer using (true) with check (true);
create policy readers on results.result for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy writers on results.result for insert to hamkor_app with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst}'::text[]) AS places_within)::uuid[])))
END);
grant delete, insert, select, update on table results.result to hamkor_definer;
grant insert, select, update on table results.result to hamkor_app;

create table results.result_document (
	programme_id uuid not null,
	result_id uuid not null,
	document_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint result_document_pkey PRIMARY KEY (result_id, document_id),
	constraint result_document_programme_id_document_id_fkey FOREIGN KEY (programme_id, document_id) REFERENCES assessment.document(programme_id, id),
	constraint result_document_programme_id_result_id_fkey FOREIGN KEY (programme_id, result_id) REFERENCES results.result(programme_id, id)
);
comment on table results.result_document is 'Citation: results.result rests on assessment.document.';
CREATE INDEX result_document_document_id_idx ON results.result_document USING btree (document_id);
CREATE TRIGGER cite_standing_document_id AFTER INSERT ON results.result_document FOR EACH ROW WHEN ((new.document_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('document_id');
CREATE TRIGGER keep_citation BEFORE DELETE ON results.result_document FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('results.result', 'result_id');
alter table results.result_document enable row level security;
alter table results.result_document force row level security;
create policy cited on results.result_document as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.document c
  WHERE ((c.id = result_document.document_id) AND (c.programme_id = result_document.programme_id)))));
create policy definer on results.result_document for all to hamkor_definer using (true) with check (true);
create policy readers on results.result_document for select to hamkor_app using ((EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_document.result_id) AND (whole.programme_id = result_document.programme_id)))));
create policy removers on results.result_document for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_document.result_id) AND (whole.programme_id = result_document.programme_id))))));
create policy writers on results.result_document for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_document.result_id) AND (whole.programme_id = result_document.programme_id))))));
grant delete, insert, select on table results.result_document to hamkor_app;
grant delete, insert, select, update on table results.result_document to hamkor_definer;

create table results.result_figure (
	programme_id uuid not null,
	result_id uuid not null,
	figure_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint result_figure_pkey PRIMARY KEY (result_id, figure_id),
	constraint result_figure_programme_id_figure_id_fkey FOREIGN KEY (programme_id, figure_id) REFERENCES assessment.figure(programme_id, id),
	constraint result_figure_programme_id_result_id_fkey FOREIGN KEY (programme_id, result_id) REFERENCES results.result(programme_id, id)
);
comment on table results.result_figure is 'Citation: results.result rests on assessment.figure.';
CREATE INDEX result_figure_figure_id_idx ON results.result_figure USING btree (figure_id);
CREATE TRIGGER cite_standing_figure_id AFTER INSERT ON results.result_figure FOR EACH ROW WHEN ((new.figure_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('figure_id');
CREATE TRIGGER freeze_cited AFTER INSERT ON results.result_figure FOR EACH ROW EXECUTE FUNCTION assessment.freeze_figure();
CREATE TRIGGER keep_citation BEFORE DELETE ON results.result_figure FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('results.result', 'result_id');
alter table results.result_figure enable row level security;
alter table results.result_figure force row level security;
create policy cited on results.result_figure as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.figure c
  WHERE ((c.id = result_figure.figure_id) AND (c.programme_id = result_figure.programme_id)))));
create policy definer on results.result_figure for all to hamkor_definer using (true) with check (true);
create policy readers on results.result_figure for select to hamkor_app using ((EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_figure.result_id) AND (whole.programme_id = result_figure.programme_id)))));
create policy removers on results.result_figure for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_figure.result_id) AND (whole.programme_id = result_figure.programme_id))))));
create policy writers on results.result_figure for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_figure.result_id) AND (whole.programme_id = result_figure.programme_id))))));
grant delete, insert, select on table results.result_figure to hamkor_app;
grant delete, insert, select, update on table results.result_figure to hamkor_definer;

create table results.result_plan (
	programme_id uuid not null,
	result_id uuid not null,
	plan_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint result_plan_pkey PRIMARY KEY (result_id, plan_id),
	constraint result_plan_programme_id_plan_id_fkey FOREIGN KEY (programme_id, plan_id) REFERENCES plans.plan(programme_id, id),
	constraint result_plan_programme_id_result_id_fkey FOREIGN KEY (programme_id, result_id) REFERENCES results.result(programme_id, id)
);
comment on table results.result_plan is 'Citation: results.result rests on plans.plan.';
CREATE INDEX result_plan_plan_id_idx ON results.result_plan USING btree (plan_id);
CREATE TRIGGER keep_citation BEFORE DELETE ON results.result_plan FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('results.result', 'result_id');
alter table results.result_plan enable row level security;
alter table results.result_plan force row level security;
create policy cited on results.result_plan as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM plans.plan c
  WHERE ((c.id = result_plan.plan_id) AND (c.programme_id = result_plan.programme_id)))));
create policy definer on results.result_plan for all to hamkor_definer using (true) with check (true);
create policy readers on results.result_plan for select to hamkor_app using ((EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_plan.result_id) AND (whole.programme_id = result_plan.programme_id)))));
create policy removers on results.result_plan for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_plan.result_id) AND (whole.programme_id = result_plan.programme_id))))));
create policy writers on results.result_plan for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_plan.result_id) AND (whole.programme_id = result_plan.programme_id))))));
grant delete, insert, select on table results.result_plan to hamkor_app;
grant delete, insert, select, update on table results.result_plan to hamkor_definer;

create table results.result_quotation (
	programme_id uuid not null,
	result_id uuid not null,
	quotation_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint result_quotation_pkey PRIMARY KEY (result_id, quotation_id),
	constraint result_quotation_programme_id_quotation_id_fkey FOREIGN KEY (programme_id, quotation_id) REFERENCES assessment.quotation(programme_id, id),
	constraint result_quotation_programme_id_result_id_fkey FOREIGN KEY (programme_id, result_id) REFERENCES results.result(programme_id, id)
);
comment on table results.result_quotation is 'Citation: results.result rests on assessment.quotation.';
CREATE INDEX result_quotation_quotation_id_idx ON results.result_quotation USING btree (quotation_id);
CREATE TRIGGER cite_standing_quotation_id AFTER INSERT ON results.result_quotation FOR EACH ROW WHEN ((new.quotation_id IS NOT NULL)) EXECUTE FUNCTION assessment.cite_standing('quotation_id');
CREATE TRIGGER keep_citation BEFORE DELETE ON results.result_quotation FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('results.result', 'result_id');
alter table results.result_quotation enable row level security;
alter table results.result_quotation force row level security;
create policy cited on results.result_quotation as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM assessment.quotation c
  WHERE ((c.id = result_quotation.quotation_id) AND (c.programme_id = result_quotation.programme_id)))));
create policy definer on results.result_quotation for all to hamkor_definer using (true) with check (true);
create policy readers on results.result_quotation for select to hamkor_app using ((EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_quotation.result_id) AND (whole.programme_id = result_quotation.programme_id)))));
create policy removers on results.result_quotation for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_quotation.result_id) AND (whole.programme_id = result_quotation.programme_id))))));
create policy writers on results.result_quotation for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_quotation.result_id) AND (whole.programme_id = result_quotation.programme_id))))));
grant delete, insert, select on table results.result_quotation to hamkor_app;
grant delete, insert, select, update on table results.result_quotation to hamkor_definer;

create table results.result_training (
	programme_id uuid not null,
	result_id uuid not null,
	training_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint result_training_pkey PRIMARY KEY (result_id, training_id),
	constraint result_training_programme_id_result_id_fkey FOREIGN KEY (programme_id, result_id) REFERENCES results.result(programme_id, id),
	constraint result_training_programme_id_training_id_fkey FOREIGN KEY (programme_id, training_id) REFERENCES training.training(programme_id, id)
);
comment on table results.result_training is 'Citation: results.result rests on training.training.';
CREATE INDEX result_training_training_id_idx ON results.result_training USING btree (training_id);
CREATE TRIGGER keep_citation BEFORE DELETE ON results.result_training FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('results.result', 'result_id');
alter table results.result_training enable row level security;
alter table results.result_training force row level security;
create policy cited on results.result_training as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM training.training c
  WHERE ((c.id = result_training.training_id) AND (c.programme_id = result_training.programme_id)))));
create policy definer on results.result_training for all to hamkor_definer using (true) with check (true);
create policy readers on results.result_training for select to hamkor_app using ((EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_training.result_id) AND (whole.programme_id = result_training.programme_id)))));
create policy removers on results.result_training for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_training.result_id) AND (whole.programme_id = result_training.programme_id))))));
create policy writers on results.result_training for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM results.result whole
  WHERE ((whole.id = result_training.result_id) AND (whole.programme_id = result_training.programme_id))))));
grant delete, insert, select on table results.result_training to hamkor_app;
grant delete, insert, select, update on table results.result_training to hamkor_definer;

-- thread ----------------------------------------------------------------------------------------------

create schema thread;
comment on schema thread is 'The golden thread read across the modules. Nothing is written here.';
grant usage on schema thread to hamkor_app;

create view thread.citation as
 SELECT figure.programme_id,
    'figure'::text AS citing_kind,
    figure.id AS citing_id,
    'round'::text AS cited_kind,
    figure.round_id AS cited_id,
    'source'::text AS way
   FROM assessment.figure
UNION ALL
 SELECT quotation.programme_id,
    'quotation'::text AS citing_kind,
    quotation.id AS citing_id,
    'round'::text AS cited_kind,
    quotation.round_id AS cited_id,
    'source'::text AS way
   FROM assessment.quotation
  WHERE (quotation.round_id IS NOT NULL)
UNION ALL
 SELECT finding_figure.programme_id,
    'finding'::text AS citing_kind,
    finding_figure.finding_id AS citing_id,
    'figure'::text AS cited_kind,
    finding_figure.figure_id AS cited_id,
    'evidence'::text AS way
   FROM assessment.finding_figure
UNION ALL
 SELECT finding_quotation.programme_id,
    'finding'::text AS citing_kind,
    finding_quotation.finding_id AS citing_id,
    'quotation'::text AS cited_kind,
    finding_quotation.quotation_id AS cited_id,
    'evidence'::text AS way
   FROM assessment.finding_quotation
UNION ALL
 SELECT finding_document.programme_id,
    'finding'::text AS citing_kind,
    finding_document.finding_id AS citing_id,
    'document'::text AS cited_kind,
    finding_document.document_id AS cited_id,
    'evidence'::text AS way
   FROM assessment.finding_document
UNION ALL
 SELECT gap_finding.programme_id,
    'gap'::text AS citing_kind,
    gap_finding.gap_id AS citing_id,
    'finding'::text AS cited_kind,
    gap_finding.finding_id AS cited_id,
    'ground'::text AS way
   FROM gaps.gap_finding
UNION ALL
 SELECT training_gap.programme_id,
    'training'::text AS citing_kind,
    training_gap.training_id AS citing_id,
    'gap'::text AS cited_kind,
    training_gap.gap_id AS cited_id,
    'ground'::text AS way
   FROM training.training_gap
UNION ALL
 SELECT training_priority.programme_id,
    'training'::text AS citing_kind,
    training_priority.training_id AS citing_id,
    'priority'::text AS cited_kind,
    training_priority.priority_id AS cited_id,
    'ground'::text AS way
   FROM training.training_priority
UNION ALL
 SELECT plan_gap.programme_id,
    'plan'::text AS citing_kind,
    plan_gap.plan_id AS citing_id,
    'gap'::text AS cited_kind,
    plan_gap.gap_id AS cited_id,
    'ground'::text AS way
   FROM plans.plan_gap
UNION ALL
 SELECT plan_priority.programme_id,
    'plan'::text AS citing_kind,
    plan_priority.plan_id AS citing_id,
    'priority'::text AS cited_kind,
    plan_priority.priority_id AS cited_id,
    'ground'::text AS way
   FROM plans.plan_priority
UNION ALL
 SELECT result_training.programme_id,
    'result'::text AS citing_kind,
    result_training.result_id AS citing_id,
    'training'::text AS cited_kind,
    result_training.training_id AS cited_id,
    'ground'::text AS way
   FROM results.result_training
UNION ALL
 SELECT result_plan.programme_id,
    'result'::text AS citing_kind,
    result_plan.result_id AS citing_id,
    'plan'::text AS cited_kind,
    result_plan.plan_id AS cited_id,
    'ground'::text AS way
   FROM results.result_plan
UNION ALL
 SELECT result_figure.programme_id,
    'result'::text AS citing_kind,
    result_figure.result_id AS citing_id,
    'figure'::text AS cited_kind,
    result_figure.figure_id AS cited_id,
    'evidence'::text AS way
   FROM results.result_figure
UNION ALL
 SELECT result_quotation.programme_id,
    'result'::text AS citing_kind,
    result_quotation.result_id AS citing_id,
    'quotation'::text AS cited_kind,
    result_quotation.quotation_id AS cited_id,
    'evidence'::text AS way
   FROM results.result_quotation
UNION ALL
 SELECT result_document.programme_id,
    'result'::text AS citing_kind,
    result_document.result_id AS citing_id,
    'document'::text AS cited_kind,
    result_document.document_id AS cited_id,
    'evidence'::text AS way
   FROM results.result_document
UNION ALL
 SELECT recommendation_gap.programme_id,
    'recommendation'::text AS citing_kind,
    recommendation_gap.recommendation_id AS citing_id,
    'gap'::text AS cited_kind,
    recommendation_gap.gap_id AS cited_id,
    'ground'::text AS way
   FROM policy.recommendation_gap
UNION ALL
 SELECT recommendation_result.programme_id,
    'recommendation'::text AS citing_kind,
    recommendation_result.recommendation_id AS citing_id,
    'result'::text AS cited_kind,
    recommendation_result.result_id AS cited_id,
    'ground'::text AS way
   FROM policy.recommendation_result
UNION ALL
 SELECT commitment.programme_id,
    'commitment'::text AS citing_kind,
    commitment.id AS citing_id,
    'recommendation'::text AS cited_kind,
    commitment.recommendation_id AS cited_id,
    'ground'::text AS way
   FROM policy.commitment
UNION ALL
 SELECT change.programme_id,
    'change'::text AS citing_kind,
    change.id AS citing_id,
    'commitment'::text AS cited_kind,
    change.commitment_id AS cited_id,
    'ground'::text AS way
   FROM policy.change
UNION ALL
 SELECT change_figure.programme_id,
    'change'::text AS citing_kind,
    change_figure.change_id AS citing_id,
    'figure'::text AS cited_kind,
    change_figure.figure_id AS cited_id,
    'evidence'::text AS way
   FROM policy.change_figure
UNION ALL
 SELECT change_quotation.programme_id,
    'change'::text AS citing_kind,
    change_quotation.change_id AS citing_id,
    'quotation'::text AS cited_kind,
    change_quotation.quotation_id AS cited_id,
    'evidence'::text AS way
   FROM policy.change_quotation
UNION ALL
 SELECT change_document.programme_id,
    'change'::text AS citing_kind,
    change_document.change_id AS citing_id,
    'document'::text AS cited_kind,
    change_document.document_id AS cited_id,
    'evidence'::text AS way
   FROM policy.change_document
UNION ALL
 SELECT DISTINCT briefing_block.programme_id,
    'briefing'::text AS citing_kind,
    briefing_block.briefing_id AS citing_id,
    cited.kind AS cited_kind,
    cited.id AS cited_id,
    'ground'::text AS way
   FROM (policy.briefing_block
     CROSS JOIN LATERAL ( VALUES ('figure'::text,briefing_block.figure_id), ('quotation'::text,briefing_block.quotation_id), ('finding'::text,briefing_block.finding_id), ('recommendation'::text,briefing_block.recommendation_id)) cited(kind, id))
  WHERE (cited.id IS NOT NULL)
UNION ALL
 SELECT score.programme_id,
    'score'::text AS citing_kind,
    score.id AS citing_id,
    'round'::text AS cited_kind,
    score.round_id AS cited_id,
    'source'::text AS way
   FROM assessment.score
UNION ALL
 SELECT finding_score.programme_id,
    'finding'::text AS citing_kind,
    finding_score.finding_id AS citing_id,
    'score'::text AS cited_kind,
    finding_score.score_id AS cited_id,
    'evidence'::text AS way
   FROM assessment.finding_score;
comment on view thread.citation is 'Every citation that the actor may see: what cites, what is cited, and in which way (source, evidence, ground). Of each way that a record cites in, one must stand.';
grant select on table thread.citation to hamkor_app;

create view thread.gap_strand as
 SELECT lineage.programme_id,
    'gap'::text AS citing_kind,
    lineage.from_gap_id AS citing_id,
    'gap'::text AS cited_kind,
    lineage.into_gap_id AS cited_id,
    'lineage'::text AS way
   FROM gaps.lineage
  WHERE (lineage.undone_at IS NULL)
UNION ALL
 SELECT gap_met.programme_id,
    'gap'::text AS citing_kind,
    gap_met.gap_id AS citing_id,
    'finding'::text AS cited_kind,
    gap_met.finding_id AS cited_id,
    'met'::text AS way
   FROM gaps.gap_met;
comment on view thread.gap_strand is 'What a gap became (lineage), and by what it counts as met (met): strands beside those of thread.citation.';
grant select on table thread.gap_strand to hamkor_app;

create view thread.record as
 SELECT round.programme_id,
    'round'::text AS kind,
    round.id,
    NULL::uuid AS place_id,
    round.number,
    round.name AS title,
    round.state,
    round.opens_on AS day,
    round.opened_at AS at,
    NULL::timestamp with time zone AS withdrawn_at,
    round.created_by,
    '{}'::jsonb AS facts
   FROM assessment.round
UNION ALL
 SELECT evidence.programme_id,
    evidence.kind,
    evidence.id,
    evidence.place_id,
    evidence.number,
    evidence.title,
    evidence.state,
    evidence.day,
    evidence.at,
    evidence.withdrawn_at,
    evidence.created_by,
    evidence.facts
   FROM assessment.evidence
UNION ALL
 SELECT finding.programme_id,
    'finding'::text AS kind,
    finding.id,
    finding.place_id,
    finding.number,
    finding.statement AS title,
    finding.state,
    NULL::date AS day,
    COALESCE(finding.stands_since, finding.created_at) AS at,
    finding.withdrawn_at,
    finding.created_by,
    '{}'::jsonb AS facts
   FROM assessment.finding
UNION ALL
 SELECT gap.programme_id,
    'gap'::text AS kind,
    gap.id,
    gap.place_id,
    gap.number,
    gap.title,
    gap.state,
    NULL::date AS day,
    COALESCE(gap.opened_at, gap.created_at) AS at,
    gap.withdrawn_at,
    gap.created_by,
    jsonb_build_object('barrier', gap.barrier) AS facts
   FROM gaps.gap
UNION ALL
 SELECT priority.programme_id,
    'priority'::text AS kind,
    priority.id,
    priority.place_id,
    priority.number,
    priority.statement AS title,
    priority.state,
    priority.stated_on AS day,
    priority.created_at AS at,
    priority.withdrawn_at,
    priority.created_by,
    '{}'::jsonb AS facts
   FROM gaps.priority
UNION ALL
 SELECT training.programme_id,
    'training'::text AS kind,
    training.id,
    training.place_id,
    training.number,
    training.title,
    training.state,
    training.starts_on AS day,
    training.created_at AS at,
    training.withdrawn_at,
    training.created_by,
    jsonb_build_object('organisationId', training.owner_id, 'endsOn', training.ends_on) AS facts
   FROM training.training
UNION ALL
 SELECT plan.programme_id,
    'plan'::text AS kind,
    plan.id,
    plan.place_id,
    plan.number,
    plan.title,
    plan.state,
    plan.starts_on AS day,
    plan.created_at AS at,
    plan.withdrawn_at,
    plan.created_by,
    jsonb_build_object('organisationId', plan.owner_id, 'endsOn', plan.ends_on) AS facts
   FROM plans.plan
UNION ALL
 SELECT result.programme_id,
    'result'::text AS kind,
    result.id,
    result.place_id,
    result.number,
    result.statement AS title,
    result.state,
    result.observed_on AS day,
    result.created_at AS at,
    result.withdrawn_at,
    result.created_by,
    '{}'::jsonb AS facts
   FROM results.result
UNION ALL
 SELECT recommendation.programme_id,
    'recommendation'::text AS kind,
    recommendation.id,
    recommendation.place_id,
    recommendation.number,
    recommendation.title,
    recommendation.state,
    recommendation.delivered_on AS day,
    recommendation.created_at AS at,
    recommendation.withdrawn_at,
    recommendation.created_by,
    jsonb_build_object('organisationId', recommendation.addressed_to, 'deliveredOn', recommendation.delivered_on, 'answer', recommendation.answer, 'answeredOn', recommendation.answered_on) AS facts
   FROM policy.recommendation
UNION ALL
 SELECT c.programme_id,
    'commitment'::text AS kind,
    c.id,
    c.place_id,
    c.number,
    c.title,
    c.state,
    c.made_on AS day,
    c.created_at AS at,
    c.withdrawn_at,
    c.created_by,
    jsonb_build_object('organisationId', c.organisation_id, 'dueOn', c.due_on, 'authority', told.authority, 'civilSociety', told.civil_society) AS facts
   FROM (policy.commitment c
     LEFT JOIN LATERAL ( SELECT (array_agg(jsonb_build_object('status', s.status, 'toldOn', s.told_on) ORDER BY s.told_on DESC, s.created_at DESC) FILTER (WHERE (s.side = 'authority'::text)))[1] AS authority,
            (array_agg(jsonb_build_object('status', s.status, 'toldOn', s.told_on) ORDER BY s.told_on DESC, s.created_at DESC) FILTER (WHERE (s.side = 'civil_society'::text)))[1] AS civil_society
           FROM policy.commitment_status s
          WHERE ((s.commitment_id = c.id) AND (s.programme_id = c.programme_id))) told ON (true))
UNION ALL
 SELECT change.programme_id,
    'change'::text AS kind,
    change.id,
    change.place_id,
    change.number,
    change.statement AS title,
    change.state,
    change.verified_on AS day,
    change.created_at AS at,
    change.withdrawn_at,
    change.created_by,
    jsonb_build_object('organisationId', change.verified_by) AS facts
   FROM policy.change
UNION ALL
 SELECT briefing.programme_id,
    'briefing'::text AS kind,
    briefing.id,
    NULL::uuid AS place_id,
    briefing.number,
    briefing.title,
    briefing.state,
    NULL::date AS day,
    COALESCE(briefing.published_at, briefing.created_at) AS at,
    briefing.withdrawn_at,
    briefing.created_by,
    '{}'::jsonb AS facts
   FROM policy.briefing;
comment on view thread.record is 'Every record of the thread that the actor may see. facts holds what the cockpit judges by.';
grant select on table thread.record to hamkor_app;

-- training --------------------------------------------------------------------------------------------

create schema training;
comment on schema training is 'Trainings and exchanges built for what gaps and stated needs ask.';
grant usage on schema training to hamkor_app;
grant usage on schema training to hamkor_definer;

create table training.training (
	id uuid not null,
	programme_id uuid not null,
	place_id uuid,
	number integer not null,
	title jsonb not null,
	aim jsonb default '{}'::jsonb not null,
	owner_id uuid not null,
	starts_on date not null,
	ends_on date not null,
	search text default ''::text not null,
	state text default 'draft'::text not null,
	withdrawn_at timestamp with time zone,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamp with time zone default clock_timestamp() not null,
	updated_at timestamp with time zone default clock_timestamp() not null,
	constraint training_pkey PRIMARY KEY (id),
	constraint training_programme_id_id_key UNIQUE (programme_id, id),
	constraint training_programme_id_number_key UNIQUE (programme_id, number),
	constraint training_check CHECK (ends_on >= starts_on),
	constraint training_state_check CHECK (state = ANY (ARRAY['draft'::text, 'planned'::text, 'under_way'::text, 'done'::text, 'cancelled'::text, 'withdrawn'::text])),
	constraint training_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES network.programme(id),
	constraint training_programme_id_owner_id_fkey FOREIGN KEY (programme_id, owner_id) REFERENCES network.organisation(programme_id, id),
	constraint training_programme_id_place_id_fkey FOREIGN KEY (programme_id, place_id) REFERENCES network.place(programme_id, id)
);
comment on table training.training is 'A training that responds to gaps or stated priorities.';
CREATE CONSTRAINT TRIGGER must_rest AFTER INSERT OR UPDATE ON training.training DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION platform.must_rest('response.without-ground', 'training.training_gap training_id gaps.gap gap_id', 'training.training_priority training_id gaps.priority priority_id');
alter table training.training enable row level security;
alter table training.training force row level security;
create policy changers on training.training for update to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member}'::text[]) AS places_within)::uuid[])))
END) with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member}'::text[]) AS places_within)::uuid[])))
END);
create policy definer on training.training for all to hamkor_definer using (true) with check (true);
create policy readers on training.training for select to hamkor_app using (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_with('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_with)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member,analyst,reviewer,official}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member,analyst,reviewer,official}'::text[]) AS places_within)::uuid[])))
END);
create policy writers on training.training for insert to hamkor_app with check (
CASE
    WHEN (place_id IS NULL) THEN (programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[]))
    ELSE ((programme_id = ANY (( SELECT network.programmes_wide('{coordinator,member}'::text[]) AS programmes_wide)::uuid[])) OR (place_id = ANY (( SELECT network.places_within('{coordinator,member}'::text[]) AS places_within)::uuid[])))
END);
grant delete, insert, select, update on table training.training to hamkor_definer;
grant insert, select, update on table training.training to hamkor_app;

create table training.training_gap (
	programme_id uuid not null,
	training_id uuid not null,
	gap_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint training_gap_pkey PRIMARY KEY (training_id, gap_id),
	constraint training_gap_programme_id_gap_id_fkey FOREIGN KEY (programme_id, gap_id) REFERENCES gaps.gap(programme_id, id),
	constraint training_gap_programme_id_training_id_fkey FOREIGN KEY (programme_id, training_id) REFERENCES training.training(programme_id, id)
);
comment on table training.training_gap is 'Citation: training.training rests on gaps.gap.';
CREATE INDEX training_gap_gap_id_idx ON training.training_gap USING btree (gap_id);
CREATE TRIGGER keep_citation BEFORE DELETE ON training.training_gap FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('training.training', 'training_id');
alter table training.training_gap enable row level security;
alter table training.training_gap force row level security;
create policy cited on training.training_gap as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM gaps.gap c
  WHERE ((c.id = training_gap.gap_id) AND (c.programme_id = training_gap.programme_id)))));
create policy definer on training.training_gap for all to hamkor_definer using (true) with check (true);
create policy readers on training.training_gap for select to hamkor_app using ((EXISTS ( SELECT
   FROM training.training whole
  WHERE ((whole.id = training_gap.training_id) AND (whole.programme_id = training_gap.programme_id)))));
create policy removers on training.training_gap for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM training.training whole
  WHERE ((whole.id = training_gap.training_id) AND (whole.programme_id = training_gap.programme_id))))));
create policy writers on training.training_gap for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM training.training whole
  WHERE ((whole.id = training_gap.training_id) AND (whole.programme_id = training_gap.programme_id))))));
grant delete, insert, select on table training.training_gap to hamkor_app;
grant delete, insert, select, update on table training.training_gap to hamkor_definer;

create table training.training_priority (
	programme_id uuid not null,
	training_id uuid not null,
	priority_id uuid not null,
	cited_at timestamp with time zone default clock_timestamp() not null,
	constraint training_priority_pkey PRIMARY KEY (training_id, priority_id),
	constraint training_priority_programme_id_priority_id_fkey FOREIGN KEY (programme_id, priority_id) REFERENCES gaps.priority(programme_id, id),
	constraint training_priority_programme_id_training_id_fkey FOREIGN KEY (programme_id, training_id) REFERENCES training.training(programme_id, id)
);
comment on table training.training_priority is 'Citation: training.training rests on gaps.priority.';
CREATE INDEX training_priority_priority_id_idx ON training.training_priority USING btree (priority_id);
CREATE TRIGGER keep_citation BEFORE DELETE ON training.training_priority FOR EACH ROW EXECUTE FUNCTION platform.keep_citation('training.training', 'training_id');
alter table training.training_priority enable row level security;
alter table training.training_priority force row level security;
create policy cited on training.training_priority as restrictive for insert to hamkor_app with check ((EXISTS ( SELECT
   FROM gaps.priority c
  WHERE ((c.id = training_priority.priority_id) AND (c.programme_id = training_priority.programme_id)))));
create policy definer on training.training_priority for all to hamkor_definer using (true) with check (true);
create policy readers on training.training_priority for select to hamkor_app using ((EXISTS ( SELECT
   FROM training.training whole
  WHERE ((whole.id = training_priority.training_id) AND (whole.programme_id = training_priority.programme_id)))));
create policy removers on training.training_priority for delete to hamkor_app using (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM training.training whole
  WHERE ((whole.id = training_priority.training_id) AND (whole.programme_id = training_priority.programme_id))))));
create policy writers on training.training_priority for insert to hamkor_app with check (((programme_id = ANY (( SELECT network.programmes_with('{coordinator,member}'::text[]) AS programmes_with)::uuid[])) AND (EXISTS ( SELECT
   FROM training.training whole
  WHERE ((whole.id = training_priority.training_id) AND (whole.programme_id = training_priority.programme_id))))));
grant delete, insert, select on table training.training_priority to hamkor_app;
grant delete, insert, select, update on table training.training_priority to hamkor_definer;

-- Who sent answers in their own name is told how they stand and what a reviewer asks, and gets back what is to be corrected.

-- Until now who sent could read every review with its author, and what a reviewer had corrected. Now the functions below tell what is theirs to know.
alter policy readers on assessment.review using (round_id = any((select assessment.analysed_rounds())::uuid[]));
alter policy actors_read on assessment.submission using (
	case (select platform.actor_kind())
		when 'token' then token_id = (select platform.actor_token()) and edited_by is null and round_id = (select assessment.collecting_round())
		when 'person' then round_id = any((select assessment.analysed_rounds())::uuid[])
			or person_id = (select platform.actor_person()) and edited_by is null
				and programme_id = any((select network.programmes_with('{coordinator,member,analyst,collector,official}'))::uuid[])
		else false end);

create index submission_sender on assessment.submission (person_id, received_at) where person_id is not null;

create function assessment.sent_by_me(most integer)
	returns table (submission_id uuid, round_id uuid, receipt text, received_at timestamptz, changed_at timestamptz, state text, corrected boolean, note text, reviewed_at timestamptz, reopens boolean)
	language sql stable security definer set search_path = ''
	as $$ select s.id, s.round_id, assessment.receipt_of(s.instance_id), coalesce(o.received_at, s.received_at), case when s.replaces_id is not null then s.received_at end,
			case when s.review_state = 'received' and s.replaces_id is not null then 'edited' else s.review_state end, s.edited_by is not null,
			case when s.review_state in ('has_issues', 'rejected') then said.note end, case when s.review_state <> 'received' then said.reviewed_at end,
			s.review_state = 'has_issues' and s.edited_by is null and r.state = 'open' and not r.sensitive
		from assessment.submission s
			join assessment.round r on r.id = s.round_id
			left join assessment.submission o on o.id = s.origin_id
			left join lateral (select v.note, v.reviewed_at from assessment.review v where v.submission_id = s.id order by v.reviewed_at desc, v.id desc limit 1) said on true
		where s.person_id = platform.actor_person() and s.superseded_by is null
			and s.programme_id = any(network.programmes_with('{coordinator,member,analyst,collector,official}'))
		order by s.received_at desc, s.id desc limit sent_by_me.most $$;
comment on function assessment.sent_by_me is 'What the acting person sent in their own name, newest first: how each stands, what the last review says when it has issues or was rejected, and whether it can be opened again. No answer, no reviewer.';

create function assessment.reopened(submission uuid) returns table (programme_id uuid, round_id uuid, version_id uuid, instance_id text, xml text)
	language sql stable security definer set search_path = ''
	as $$ select s.programme_id, s.round_id, r.instrument_version_id, s.instance_id, s.xml from assessment.submission s join assessment.round r on r.id = s.round_id
		where s.id = reopened.submission and s.person_id = platform.actor_person() and s.superseded_by is null and s.edited_by is null
			and s.review_state = 'has_issues' and r.state = 'open' and not r.sensitive
			and s.programme_id = any(network.programmes_with('{coordinator,member,analyst,collector,official}')) $$;
comment on function assessment.reopened is 'Answers that go back to who sent them in their own name: while the round is open and not sensitive, once a review has found issues, and as long as no reviewer has corrected them.';

create function assessment.reopened_files(submission uuid) returns table (name text, media_type text, bytes bigint, sha256 bytea)
	language sql stable security definer set search_path = ''
	as $$ select a.name, f.media_type, f.bytes, f.sha256 from assessment.reopened(reopened_files.submission) s
		join assessment.attachment a on a.submission_id = reopened_files.submission
		join platform.file f on f.id = a.file_id $$;
comment on function assessment.reopened_files is 'The files of answers that go back to who sent them.';

do $$
declare
	f text;
begin
	foreach f in array array['assessment.sent_by_me(integer)', 'assessment.reopened(uuid)', 'assessment.reopened_files(uuid)'] loop
		execute format('alter function %s owner to hamkor_definer', f);
		execute format('revoke all on function %s from public', f);
		execute format('grant execute on function %s to hamkor_app, hamkor_definer', f);
	end loop;
end $$;

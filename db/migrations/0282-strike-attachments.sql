-- A file that came with answers can be struck for good, while the answers stay: a picture on which somebody can be recognised.
-- And the row of such a file opens to who analyses the round: a picture lies on disk under another hash than it was sent with.

alter table assessment.attachment
	add column struck_at timestamptz,
	add column struck_by uuid references network.person (id),
	add column struck_reason text constraint attachment_struck_reason_check check (struck_reason in ('asked', 'no-consent', 'mistake', 'minor', 'danger')),
	add column struck_note text not null default '' constraint attachment_struck_note_check check (char_length(struck_note) <= 500),
	add constraint attachment_struck_whole_check check (num_nulls(struck_at, struck_by, struck_reason) in (0, 3)),
	add constraint attachment_struck_empty_check check (struck_at is null or num_nonnulls(file_id, sha256) = 0);
comment on column assessment.attachment.sha256 is 'Of the bytes as they were sent, to know them when they are sent again; what is kept of a picture has lost its metadata and lies under another hash (platform.file).';
comment on column assessment.attachment.struck_at is 'When the file was struck: it is gone for good, from every version of the submission, and is not taken in again.';

-- Striking is done by a function alone.
revoke insert, update on assessment.attachment from hamkor_app;
grant insert (programme_id, submission_id, name, file_id, sha256, received_at), update (file_id, sha256, received_at) on assessment.attachment to hamkor_app;

create policy analysts on platform.file for select to hamkor_app using (
	exists (select from assessment.attachment a join assessment.submission s on s.id = a.submission_id
		where a.file_id = file.id and s.round_id = any((select assessment.analysed_rounds())::uuid[])));

create function assessment.stay_struck() returns trigger language plpgsql security definer set search_path = ''
	as $$
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
	end $$;
comment on function assessment.stay_struck is 'A file that was struck stays struck in every later version of the submission.';
alter function assessment.stay_struck() owner to hamkor_definer;
revoke all on function assessment.stay_struck() from public;
create trigger stay_struck before insert on assessment.attachment for each row execute function assessment.stay_struck();

create function assessment.strike_attachment(submission uuid, name text, reason text, note text) returns table (versions integer, hashes bytea[])
	language plpgsql security definer set search_path = ''
	as $$
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
	end $$;
comment on function assessment.strike_attachment is 'Strikes a file of a submission from all its versions, for the round''s named analysts who coordinate or analyse; nothing when it is struck already. Hands out the hashes of contents that may be unused now.';
alter function assessment.strike_attachment(uuid, text, text, text) owner to hamkor_definer;
revoke all on function assessment.strike_attachment(uuid, text, text, text) from public;
grant execute on function assessment.strike_attachment(uuid, text, text, text) to hamkor_app, hamkor_definer;

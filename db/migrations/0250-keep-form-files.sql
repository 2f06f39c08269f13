-- Files that a form names: pictures, sounds, films and tables that go out with it.

alter table assessment.instrument_version add column named_files jsonb not null default '[]';
comment on column assessment.instrument_version.named_files is 'Files that the XForm names: name, use (image, audio, video, table), and the columns that lists of choices take from a table.';

-- Versions from before files were kept: what their XForm names, without the columns.
update assessment.instrument_version v set named_files = named.files
	from (select each.id, jsonb_agg(distinct jsonb_build_object(
			'name', replace(replace(replace(replace(found[2], '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&amp;', '&'),
			'use', case found[1] when 'images' then 'image' when 'audio' then 'audio' when 'video' then 'video' else 'table' end,
			'columns', '[]'::jsonb)) as files
		from assessment.instrument_version each, regexp_matches(each.xform, '(?:src="|form="[a-z-]+">)jr://(images|audio|video|file-csv|file)/([^"<]+)', 'g') as found
		group by each.id) named
	where named.id = v.id;

create table assessment.form_file (
	id uuid primary key,
	programme_id uuid not null,
	version_id uuid,
	draft_id uuid,
	name text not null check (name <> '' and name !~ '[/\\]'),
	file_id uuid not null,
	sha256 bytea not null,
	md5 text not null check (md5 ~ '^[0-9a-f]{32}$'),
	media_type text not null,
	bytes bigint not null check (bytes > 0),
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (version_id, name),
	unique (draft_id, name),
	check (num_nonnulls(version_id, draft_id) = 1),
	foreign key (programme_id, version_id) references assessment.instrument_version (programme_id, id),
	foreign key (programme_id, draft_id) references assessment.instrument_draft (programme_id, id),
	foreign key (programme_id, file_id) references platform.file (programme_id, id)
);
comment on table assessment.form_file is 'A file that a form names, as it goes out with it: of a version, or of a draft. Of a version in use none is added or removed.';
comment on column assessment.form_file.sha256 is 'Where the content lies. It stands here as well as at the file, which those who collect do not see.';
comment on column assessment.form_file.md5 is 'MD5 of the content in hexadecimal: how a collection app recognises a file that it has already.';
create index on assessment.form_file (file_id);
call platform.fence('assessment.form_file', 'select, insert, delete');
create policy readers on assessment.form_file for select to hamkor_app using (
	(select platform.actor_kind()) in ('person', 'token')
	and (exists (select from assessment.instrument_version v where v.id = form_file.version_id)
		or exists (select from assessment.instrument_draft d where d.id = form_file.draft_id)));
create policy writers on assessment.form_file for insert to hamkor_app with check (
	programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]));
create policy removers on assessment.form_file for delete to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]));
call platform.let_task('assessment.form_file', 'collection', 'select');

create function assessment.keep_form_file() returns trigger language plpgsql security definer set search_path = ''
	as $$
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
	end $$;
comment on function assessment.keep_form_file is 'Of a version with which a round has opened no file is added or removed: what people were shown stays.';
alter function assessment.keep_form_file owner to hamkor_definer;
create trigger keep_form_file before insert or delete on assessment.form_file for each row execute function assessment.keep_form_file();

create function assessment.files_missing(version uuid) returns text[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(named.file ->> 'name' order by named.place), '{}')
		from assessment.instrument_version v, jsonb_array_elements(v.named_files) with ordinality as named (file, place)
		where v.id = files_missing.version
			and not exists (select from assessment.form_file f where f.version_id = v.id and f.name = named.file ->> 'name') $$;
comment on function assessment.files_missing is 'Files that a version''s form names and that are not there. For the gate of rounds, which nobody''s fence may narrow.';
alter function assessment.files_missing owner to hamkor_definer;
revoke all on function assessment.files_missing from public;
grant execute on function assessment.files_missing to hamkor_definer;

create function assessment.round_has_files() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if new.state = 'open' and (tg_op = 'INSERT' or old.state = 'draft') then
			perform pg_advisory_xact_lock(7271006, hashtext(new.instrument_version_id::text));
			if cardinality(assessment.files_missing(new.instrument_version_id)) > 0 then
				raise exception 'round.files-missing' using errcode = 'HM001';
			end if;
		end if;
		return null;
	end $$;
comment on function assessment.round_has_files is 'A round does not open while its form names files that are not there.';
alter function assessment.round_has_files owner to hamkor_definer;
create constraint trigger has_files after insert or update on assessment.round deferrable initially deferred
	for each row execute function assessment.round_has_files();

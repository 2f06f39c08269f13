-- Lists of entities (datasets): things that questionnaires choose from, kept by a programme and sent to those who collect.

create table assessment.entity_list (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	name text not null check (name ~ '^[A-Za-z_][A-Za-z0-9_-]{0,63}$' and name not like '\_\_%'),
	properties jsonb not null default '[]',
	revision integer not null default 1,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, name)
);
comment on table assessment.entity_list is 'A list that forms choose from by its name with .csv (select_one_from_file): places, services, groups. Never people.';
comment on column assessment.entity_list.properties is 'Names of the further columns, in their order.';
comment on column assessment.entity_list.revision is 'Grows with every change: what was made of the list is made anew.';
call network.fence_programme('assessment.entity_list', '{coordinator,member,analyst,collector,reviewer,official}', '{coordinator,analyst}');
call platform.let_task('assessment.entity_list', 'collection', 'select');

create table assessment.entity (
	list_id uuid not null,
	id uuid not null,
	programme_id uuid not null,
	label text not null check (label <> ''),
	data jsonb not null default '{}',
	version integer not null default 1,
	removed_at timestamptz,
	changed_by uuid,
	changed_at timestamptz not null default clock_timestamp(),
	primary key (list_id, id),
	foreign key (programme_id, list_id) references assessment.entity_list (programme_id, id)
);
comment on table assessment.entity is 'One entry of a list. Its id is what a form keeps as the answer, and is its own within the list alone.';
comment on column assessment.entity.data is 'Texts of the list''s further columns.';
comment on column assessment.entity.removed_at is 'Since when it is sent to nobody any more; apps that have it are told so.';
call network.fence_programme('assessment.entity', '{coordinator,member,analyst,collector,reviewer,official}', '{coordinator,analyst}');
call platform.let_task('assessment.entity', 'collection', 'select');

create or replace function assessment.files_missing(version uuid) returns text[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(named.file ->> 'name' order by named.place), '{}')
		from assessment.instrument_version v, jsonb_array_elements(v.named_files) with ordinality as named (file, place)
		where v.id = files_missing.version
			and not exists (select from assessment.form_file f where f.version_id = v.id and f.name = named.file ->> 'name')
			and not exists (select from assessment.entity_list l where l.programme_id = v.programme_id and l.name || '.csv' = named.file ->> 'name') $$;

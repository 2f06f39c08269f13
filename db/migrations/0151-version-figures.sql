-- Figures: typed queries, versions, how a round's people were chosen, and rounds compared by a stated mapping.

create table assessment.round_sampling (
	round_id uuid primary key,
	programme_id uuid not null,
	design text not null check (design in ('census', 'sample', 'chosen')),
	population integer check (population > 0),
	how jsonb not null default '{}',
	stated_by uuid,
	stated_at timestamptz not null default clock_timestamp(),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id)
);
comment on table assessment.round_sampling is 'How the people of a round were chosen: everybody (census), drawn by chance (sample), or chosen otherwise. Only samples drawn by chance have confidence intervals.';
call network.fence_part('assessment.round_sampling', 'assessment.round', 'round_id', '{coordinator,analyst}', 'select, insert, update');
call platform.let_task('assessment.round_sampling', 'figures', 'select');

create table assessment.question_mapping (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	earlier_version_id uuid not null,
	later_version_id uuid not null,
	earlier_path text not null,
	later_path text not null,
	kind text not null check (kind in ('same', 'recoded', 'merged', 'not_comparable')),
	choices jsonb not null default '[]',
	scale double precision,
	reason jsonb not null,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	replaced_at timestamptz,
	unique (programme_id, id),
	foreign key (programme_id, earlier_version_id) references assessment.instrument_version (programme_id, id),
	foreign key (programme_id, later_version_id) references assessment.instrument_version (programme_id, id),
	check (earlier_version_id <> later_version_id)
);
comment on table assessment.question_mapping is 'What somebody has stated about a question of an earlier version of an instrument and one of a later: how answers to the two compare, and why. Never changed: a new statement replaces it.';
create unique index on assessment.question_mapping (earlier_version_id, later_version_id, later_path) where replaced_at is null;
call network.fence_programme('assessment.question_mapping', '{coordinator,member,analyst,reviewer,official}', '{coordinator,analyst}');

create function assessment.keep_mapping() returns trigger language plpgsql set search_path = ''
	as $$
	begin
		if old.replaced_at is not null or new.replaced_at is null
			or (to_jsonb(new) - 'replaced_at') is distinct from (to_jsonb(old) - 'replaced_at') then
			raise exception 'mapping.kept' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.keep_mapping is 'A mapping is replaced, never changed: comparisons that rest on it show what was stated.';
create trigger keep_mapping before update on assessment.question_mapping for each row execute function assessment.keep_mapping();

alter table assessment.figure
	add column family_id uuid,
	add column version integer not null default 1 check (version > 0),
	add column query jsonb,
	add column search text not null default '',
	add column sampling jsonb,
	add column compared_round_id uuid,
	add column mappings uuid[] not null default '{}',
	drop constraint figure_measure_check,
	add constraint figure_measure_check check (measure in ('count', 'share', 'mean', 'median', 'sum')),
	add foreign key (programme_id, compared_round_id) references assessment.round (programme_id, id);
set local role hamkor_definer;
update assessment.figure set family_id = id;
reset role;
alter table assessment.figure alter column family_id set not null, add unique (family_id, version);
comment on column assessment.figure.family_id is 'The first version of the figure; all versions carry its number.';
comment on column assessment.figure.query is 'The whole query (figures/query.ts). Null for figures of query version 1, which measure, question, split, filter and place say whole.';
comment on column assessment.figure.sampling is 'How the people were chosen, as it was stated when the figure was counted.';
comment on column assessment.figure.compared_round_id is 'For a comparison: the earlier round.';
comment on column assessment.figure.mappings is 'For a comparison: the stated mappings (assessment.question_mapping) that it rests on.';

drop policy analysts on assessment.figure_exact;
create policy analysts on assessment.figure_exact to hamkor_app
	using (exists (select from assessment.figure f where f.id = figure_id and f.round_id = any((select assessment.analysed_rounds())::uuid[])
		and (f.compared_round_id is null or f.compared_round_id = any((select assessment.analysed_rounds())::uuid[]))))
	with check (exists (select from assessment.figure f where f.id = figure_id and f.round_id = any((select assessment.analysed_rounds())::uuid[])
		and (f.compared_round_id is null or f.compared_round_id = any((select assessment.analysed_rounds())::uuid[]))));

create or replace function assessment.keep_frozen() returns trigger language plpgsql set search_path = ''
	as $$
	begin
		if old.frozen_at is not null and (to_jsonb(new) - '{search,erased_answers}'::text[]) is distinct from (to_jsonb(old) - '{search,erased_answers}'::text[]) then
			raise exception 'figure.frozen' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.keep_frozen is 'A figure that has been cited stays as it was cited, its title included.';

-- The ledger of what was published.

create schema releases;
comment on schema releases is 'The ledger of what left the programme, and its disclosure decisions. Starts with the first published figure.';
grant usage on schema releases to hamkor_app, hamkor_definer;

create table releases.release (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	number integer not null,
	kind text not null check (kind in ('briefing')),
	title jsonb not null,
	released_by uuid not null,
	released_at timestamptz not null default clock_timestamp(),
	content_sha256 bytea not null,
	unique (programme_id, id),
	unique (programme_id, number)
);
comment on table releases.release is 'One publication: who, when, what, and the hash of what went out.';
create table releases.release_figure (
	programme_id uuid not null,
	release_id uuid not null,
	figure_id uuid not null,
	query_version integer not null,
	cut_off timestamptz not null,
	result_sha256 bytea not null,
	threshold integer not null,
	smallest integer,
	cells jsonb not null,
	primary key (release_id, figure_id),
	foreign key (programme_id, release_id) references releases.release (programme_id, id),
	foreign key (programme_id, figure_id) references assessment.figure (programme_id, id)
);
comment on table releases.release_figure is 'A figure as it was released: query version, cut-off, hash, threshold, and the cells themselves; what later releases are checked against.';
call platform.fence('releases.release', 'select, insert');
create policy readers on releases.release for select to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,member,analyst,reviewer,official,donor}'))::uuid[])
	or (select platform.actor_kind()) = 'public');
create policy writers on releases.release for insert to hamkor_app with check (
	programme_id = any((select network.programmes_wide('{coordinator}'))::uuid[]) and released_by = (select platform.actor_person()));
call network.fence_part('releases.release_figure', 'releases.release', 'release_id', '{coordinator}', 'select, insert');

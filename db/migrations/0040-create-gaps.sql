-- The register of gaps, and the priorities communities state for themselves.

create schema gaps;
comment on schema gaps is 'What is missing, for whom, where; and the priorities that women, girls and communities state for themselves.';
grant usage on schema gaps to hamkor_app, hamkor_definer;

create table gaps.gap (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	place_id uuid,
	number integer not null,
	title jsonb not null,
	description jsonb not null default '{}',
	for_whom jsonb not null default '{}',
	barrier text not null check (barrier in ('availability', 'access', 'quality', 'coordination', 'norms', 'law', 'money')),
	search text not null default '',
	state text not null default 'draft' check (state in ('draft', 'open', 'closed', 'withdrawn')),
	opened_at timestamptz,
	closed_at timestamptz,
	withdrawn_at timestamptz,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	updated_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, number),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table gaps.gap is 'What is missing, for whom, where, and which barrier. Past draft it cites findings.';
call network.fence_placed('gaps.gap', '{coordinator,member,analyst,reviewer,official}', '{coordinator,member,analyst}');
call network.cite('gaps.gap_finding', 'gaps.gap', 'gap_id', 'assessment.finding', 'finding_id', '{coordinator,member,analyst}');
create constraint trigger must_rest after insert or update on gaps.gap deferrable initially deferred for each row
	execute function platform.must_rest('gap.without-finding', 'gaps.gap_finding gap_id assessment.finding finding_id');

create table gaps.priority (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	place_id uuid,
	number integer not null,
	statement jsonb not null,
	stated_by jsonb not null,
	stated_on date not null,
	search text not null default '',
	state text not null default 'stands' check (state in ('stands', 'withdrawn')),
	withdrawn_at timestamptz,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, number),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table gaps.priority is 'A priority that a community states for itself: by which group, never by whom.';
call network.fence_placed('gaps.priority', '{coordinator,member,analyst,reviewer,official}', '{coordinator,member,analyst}');

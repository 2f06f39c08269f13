-- Instruments written in the browser: drafts, the steps of their writing, and the sheets of a version.

alter table assessment.instrument_version add column workbook jsonb;
comment on column assessment.instrument_version.workbook is 'The sheets from which the version was made, as text; null for versions from before sheets were kept (their source file is).';

create table assessment.instrument_draft (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	title jsonb not null,
	book jsonb not null,
	revision integer not null default 1,
	position integer not null default 0,
	based_on_id uuid,
	state text not null default 'open' check (state in ('open', 'put-away')),
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	changed_by uuid,
	changed_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, based_on_id) references assessment.instrument_version (programme_id, id)
);
comment on table assessment.instrument_draft is 'An instrument being written: its sheets, cell by cell. Becomes a version when it is saved as one.';
comment on column assessment.instrument_draft.revision is 'Grows with every change; who changes what somebody else has changed meanwhile is told.';
comment on column assessment.instrument_draft.position is 'The step that stands now; steps after it were taken back and can be done again.';
comment on column assessment.instrument_draft.based_on_id is 'The version it was started from or saved as last: what it is compared with.';
call network.fence_programme('assessment.instrument_draft', '{coordinator,member,analyst,reviewer,official}', '{coordinator,analyst}');

create table assessment.instrument_draft_step (
	programme_id uuid not null,
	draft_id uuid not null,
	position integer not null,
	book jsonb not null,
	person_id uuid,
	made_at timestamptz not null default clock_timestamp(),
	primary key (draft_id, position),
	foreign key (programme_id, draft_id) references assessment.instrument_draft (programme_id, id)
);
comment on table assessment.instrument_draft_step is 'A draft as it stood after each of its latest changes, so that changes can be taken back.';
call network.fence_part('assessment.instrument_draft_step', 'assessment.instrument_draft', 'draft_id', '{coordinator,analyst}');

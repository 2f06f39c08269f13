-- Responses to gaps: trainings and action plans.

create schema training;
comment on schema training is 'Trainings and exchanges built for what gaps and stated needs ask.';
create schema plans;
comment on schema plans is 'Action plans of organisations and communities.';
grant usage on schema training, plans to hamkor_app, hamkor_definer;

create table training.training (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	place_id uuid,
	number integer not null,
	title jsonb not null,
	aim jsonb not null default '{}',
	owner_id uuid not null,
	starts_on date not null,
	ends_on date not null,
	search text not null default '',
	state text not null default 'draft' check (state in ('draft', 'planned', 'under_way', 'done', 'cancelled', 'withdrawn')),
	withdrawn_at timestamptz,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	updated_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, number),
	foreign key (programme_id, place_id) references network.place (programme_id, id),
	foreign key (programme_id, owner_id) references network.organisation (programme_id, id),
	check (ends_on >= starts_on)
);
comment on table training.training is 'A training that responds to gaps or stated priorities.';
create table plans.plan (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	place_id uuid,
	number integer not null,
	title jsonb not null,
	aim jsonb not null default '{}',
	owner_id uuid not null,
	starts_on date not null,
	ends_on date not null,
	search text not null default '',
	state text not null default 'draft' check (state in ('draft', 'planned', 'under_way', 'done', 'cancelled', 'withdrawn')),
	withdrawn_at timestamptz,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	updated_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, number),
	foreign key (programme_id, place_id) references network.place (programme_id, id),
	foreign key (programme_id, owner_id) references network.organisation (programme_id, id),
	check (ends_on >= starts_on)
);
comment on table plans.plan is 'An action plan that responds to gaps or stated priorities.';
call network.fence_placed('training.training', '{coordinator,member,analyst,reviewer,official}', '{coordinator,member}');
call network.fence_placed('plans.plan', '{coordinator,member,analyst,reviewer,official}', '{coordinator,member}');
call network.cite('training.training_gap', 'training.training', 'training_id', 'gaps.gap', 'gap_id', '{coordinator,member}');
call network.cite('training.training_priority', 'training.training', 'training_id', 'gaps.priority', 'priority_id', '{coordinator,member}');
call network.cite('plans.plan_gap', 'plans.plan', 'plan_id', 'gaps.gap', 'gap_id', '{coordinator,member}');
call network.cite('plans.plan_priority', 'plans.plan', 'plan_id', 'gaps.priority', 'priority_id', '{coordinator,member}');
create constraint trigger must_rest after insert or update on training.training deferrable initially deferred for each row
	execute function platform.must_rest('response.without-ground', 'training.training_gap training_id gaps.gap gap_id', 'training.training_priority training_id gaps.priority priority_id');
create constraint trigger must_rest after insert or update on plans.plan deferrable initially deferred for each row
	execute function platform.must_rest('response.without-ground', 'plans.plan_gap plan_id gaps.gap gap_id', 'plans.plan_priority plan_id gaps.priority priority_id');

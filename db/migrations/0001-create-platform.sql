-- The ground every module stands on: the actor of a transaction, the fence of row level security, the journal,
-- sign-in, jobs, files and mail. The roles hamkor_app and hamkor_definer are made by the migrator beforehand.

create extension if not exists ltree;
create extension if not exists pg_trgm;

create schema platform;
comment on schema platform is 'What every module stands on: actor, journal, sign-in, jobs, files, mail.';
grant usage on schema platform to hamkor_app, hamkor_definer;

-- The actor ---------------------------------------------------------------------------------------------------

-- Written with `return`: names are resolved here and now, so no search path needs setting, and PostgreSQL can put the
-- expression into the policy itself instead of calling a function. These stand in the way of every row that is written.
create function platform.actor_kind() returns text language sql stable parallel safe
	return nullif(current_setting('app.actor_kind', true), '');
comment on function platform.actor_kind is 'person, token, public or system; null when the transaction has stated no actor: then nothing is visible.';

create function platform.actor_id() returns text language sql stable parallel safe
	return nullif(current_setting('app.actor_id', true), '');
comment on function platform.actor_id is 'The id of the person or token, the name of the system task, or public.';

create function platform.actor_person() returns uuid language sql stable parallel safe
	return case when platform.actor_kind() = 'person' then platform.actor_id()::uuid end;
comment on function platform.actor_person is 'The person this transaction acts as, or null.';

create function platform.actor_token() returns uuid language sql stable parallel safe
	return case when platform.actor_kind() = 'token' then platform.actor_id()::uuid end;
comment on function platform.actor_token is 'The collection token this transaction acts as, or null.';

create function platform.actor_task() returns text language sql stable parallel safe
	return case when platform.actor_kind() = 'system' then platform.actor_id() end;
comment on function platform.actor_task is 'The named system task this transaction runs, or null.';

-- The fence ---------------------------------------------------------------------------------------------------

create procedure platform.fence(target regclass, privileges text default 'select, insert, update')
	language plpgsql set search_path = ''
	as $$
	begin
		execute format('alter table %s enable row level security', target);
		execute format('alter table %s force row level security', target);
		execute format('revoke all on %s from public', target);
		execute format('grant %s on %s to hamkor_app', privileges, target);
		execute format('grant select, insert, update, delete on %s to hamkor_definer', target);
		execute format('create policy definer on %s to hamkor_definer using (true) with check (true)', target);
	end $$;
comment on procedure platform.fence is 'Forces row level security on a table and grants the application role its privileges. Every table passes here; without a further policy nobody sees a row.';

create procedure platform.let_task(target regclass, task text, command text default 'all')
	language plpgsql set search_path = ''
	as $$
	declare
		condition text := format('(select platform.actor_task()) = %L', task);
	begin
		execute format('create policy %I on %s for %s to hamkor_app %s %s', 'task ' || task || ' ' || command, target, command,
			case when command = 'insert' then '' else format('using (%s)', condition) end,
			case when command in ('select', 'delete') then '' else format('with check (%s)', condition) end);
	end $$;
comment on procedure platform.let_task is 'Opens a table to one named system task.';

-- The journal -------------------------------------------------------------------------------------------------

create table platform.journal (
	id uuid primary key,
	seq bigint generated always as identity unique,
	txid xid8 not null default pg_current_xact_id(),
	at timestamptz not null default clock_timestamp(),
	programme_id uuid,
	actor_kind text not null check (actor_kind in ('person', 'token', 'public', 'system')),
	actor_id text not null,
	on_behalf_of uuid,
	verb text not null,
	subject_table text not null,
	subject_id uuid not null,
	before_digest bytea,
	after_digest bytea
);
comment on table platform.journal is 'Who did what, on whose behalf, to which record. Append-only. Holds keyed digests and references, never personal values.';
comment on column platform.journal.before_digest is 'HMAC-SHA-256 of the canonical record before, under the installation''s journal key.';
comment on column platform.journal.after_digest is 'HMAC-SHA-256 of the canonical record after, under the installation''s journal key.';
create index on platform.journal (subject_table, subject_id);
create index on platform.journal (programme_id, at);
call platform.fence('platform.journal', 'select, insert');
create policy writes on platform.journal for insert to hamkor_app
	with check (actor_kind = (select platform.actor_kind()) and actor_id = (select platform.actor_id()));
create policy own on platform.journal for select to hamkor_app
	using (actor_kind = 'person' and actor_id = (select platform.actor_person())::text);
call platform.let_task('platform.journal', 'journal', 'select');
call platform.let_task('platform.journal', 'erase', 'select');

create table platform.journal_personal (
	entry_id uuid primary key references platform.journal (id),
	facts jsonb,
	erased_at timestamptz
);
comment on table platform.journal_personal is 'Personal values that belong to a journal entry; erasable without breaking the chain, which covers digests only.';
call platform.fence('platform.journal_personal');
create policy writes on platform.journal_personal for insert to hamkor_app
	with check ((select platform.actor_kind()) is not null);
call platform.let_task('platform.journal_personal', 'erase');

create table platform.journal_block (
	no bigint primary key,
	previous_hash bytea,
	entry_count integer not null check (entry_count > 0),
	hash bytea not null unique,
	sealed_at timestamptz not null default clock_timestamp()
);
comment on table platform.journal_block is 'Sealed blocks: each hash covers the block before it and the hashes of its entries in order.';
create table platform.journal_seal (
	entry_id uuid primary key references platform.journal (id),
	block_no bigint not null references platform.journal_block (no),
	position integer not null,
	unique (block_no, position)
);
comment on table platform.journal_seal is 'Which entry stands at which position of which sealed block.';
call platform.fence('platform.journal_block', 'select, insert');
call platform.fence('platform.journal_seal', 'select, insert');
call platform.let_task('platform.journal_block', 'journal', 'select');
call platform.let_task('platform.journal_block', 'journal', 'insert');
call platform.let_task('platform.journal_seal', 'journal', 'select');
call platform.let_task('platform.journal_seal', 'journal', 'insert');

create function platform.sealable() returns setof platform.journal language sql stable security definer set search_path = ''
	as $$ select j.* from platform.journal j
		where not exists (select from platform.journal_seal s where s.entry_id = j.id)
			and (j.txid < pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot()) or j.at < now() - interval '1 hour')
		order by j.seq limit 5000 $$;
comment on function platform.sealable is 'Entries not yet sealed whose neighbours have all committed, in order. After an hour an entry is sealable in any case: a restored database counts its transactions anew.';
alter function platform.sealable owner to hamkor_definer;
revoke all on function platform.sealable from public;
grant execute on function platform.sealable to hamkor_app;

-- Sign-in -----------------------------------------------------------------------------------------------------

create table platform.account (
	person_id uuid primary key,
	sign_in_name text not null unique check (sign_in_name = lower(sign_in_name)),
	password_hash text,
	totp_secret bytea,
	totp_confirmed_at timestamptz,
	totp_last_step bigint,
	installation_administrator boolean not null default false,
	locale text not null default 'uz',
	disabled_at timestamptz,
	created_at timestamptz not null default clock_timestamp()
);
comment on table platform.account is 'How a person signs in. The name is chosen at invitation and need not be an e-mail address.';
comment on column platform.account.totp_secret is 'Encrypted under the installation''s sign-in key.';
create table platform.passkey (
	id text primary key,
	person_id uuid not null references platform.account (person_id),
	public_key bytea not null,
	counter bigint not null default 0,
	transports text[] not null default '{}',
	label text not null default '',
	created_at timestamptz not null default clock_timestamp(),
	last_used_at timestamptz
);
comment on table platform.passkey is 'WebAuthn credentials of a person.';
create table platform.one_time_code (
	id uuid primary key,
	person_id uuid not null references platform.account (person_id),
	code_hash bytea not null,
	created_at timestamptz not null default clock_timestamp(),
	used_at timestamptz,
	unique (person_id, code_hash)
);
comment on table platform.one_time_code is 'Printed one-time codes: the second factor of who has no smartphone.';
create table platform.session (
	id uuid primary key,
	token_hash bytea not null unique,
	person_id uuid not null references platform.account (person_id),
	created_at timestamptz not null default clock_timestamp(),
	last_seen_at timestamptz not null default clock_timestamp(),
	strong_at timestamptz,
	device_label text not null default '',
	locked_at timestamptz,
	ended_at timestamptz
);
comment on table platform.session is 'Signed-in sessions. strong_at is the moment of the last step-up; no network address is kept.';
create index on platform.session (person_id);
create table platform.challenge (
	id uuid primary key,
	kind text not null check (kind in ('passkey-register', 'passkey-sign-in', 'second-factor', 'first-run', 'demo-sign-in', 'code-sheet')),
	person_id uuid,
	secret_hash bytea,
	data jsonb not null default '{}',
	expires_at timestamptz not null,
	used_at timestamptz
);
comment on table platform.challenge is 'Short-lived steps of a sign-in: WebAuthn challenges, the second factor once used, codes from the terminal, a fresh sheet of one-time codes while it may be looked at (sealed).';
create table platform.invitation (
	id uuid primary key,
	token_hash bytea not null unique,
	programme_id uuid,
	person_id uuid not null,
	invited_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	expires_at timestamptz not null,
	accepted_at timestamptz,
	revoked_at timestamptz
);
comment on table platform.invitation is 'An invitation as a link or printed QR code; only the hash of its token is kept.';
create table platform.sign_in_attempt (
	id uuid primary key,
	account_key bytea not null,
	device_key bytea,
	at timestamptz not null default clock_timestamp(),
	succeeded boolean not null
);
comment on table platform.sign_in_attempt is 'Keyed digests of the name and of the device cookie tried, for throttling; no names, no network addresses.';
create index on platform.sign_in_attempt (account_key, at);
create index on platform.sign_in_attempt (at);
call platform.fence('platform.account');
call platform.fence('platform.passkey', 'select, insert, update, delete');
call platform.fence('platform.one_time_code', 'select, insert, update, delete');
call platform.fence('platform.session');
call platform.fence('platform.challenge', 'select, insert, update, delete');
call platform.fence('platform.invitation');
call platform.fence('platform.sign_in_attempt', 'select, insert, delete');
do $$
declare
	name text;
begin
	foreach name in array array['account', 'passkey', 'one_time_code', 'session', 'challenge', 'invitation', 'sign_in_attempt'] loop
		execute format('call platform.let_task(%L, ''sign-in'')', 'platform.' || name);
	end loop;
	foreach name in array array['account', 'passkey', 'one_time_code', 'session'] loop
		execute format('create policy own on platform.%I for select to hamkor_app using (person_id = (select platform.actor_person()))', name);
	end loop;
end $$;

-- Jobs, files, mail -------------------------------------------------------------------------------------------

create table platform.job (
	id uuid primary key,
	programme_id uuid,
	person_id uuid,
	task text not null,
	title jsonb not null default '{}',
	state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
	progress integer not null default 0 check (progress between 0 and 100),
	detail jsonb not null default '{}',
	result_file_id uuid,
	cancel_requested boolean not null default false,
	seen_at timestamptz,
	created_at timestamptz not null default clock_timestamp(),
	started_at timestamptz,
	finished_at timestamptz
);
comment on table platform.job is 'Long work as a person sees it: progress, cancel, notice. The queue itself is graphile_worker.';
create index on platform.job (person_id, created_at desc);
call platform.fence('platform.job');
create policy own on platform.job to hamkor_app
	using (person_id = (select platform.actor_person())) with check (person_id = (select platform.actor_person()));
call platform.let_task('platform.job', 'jobs');

create table platform.file (
	id uuid primary key,
	programme_id uuid not null,
	sha256 bytea not null,
	media_type text not null,
	name text not null,
	bytes bigint not null check (bytes >= 0),
	person_id uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id)
);
comment on table platform.file is 'A stored file: content under its hash in the data folder, type as sniffed, EXIF stripped.';
create index on platform.file (sha256);
call platform.fence('platform.file', 'select, insert');
create policy own on platform.file to hamkor_app
	using (person_id = (select platform.actor_person())) with check (person_id = (select platform.actor_person()));
call platform.let_task('platform.file', 'files');

create table platform.mail (
	id uuid primary key,
	programme_id uuid,
	to_person uuid,
	to_address text,
	subject text not null,
	body text not null,
	state text not null default 'waiting' check (state in ('waiting', 'sent', 'outbox', 'failed')),
	created_at timestamptz not null default clock_timestamp(),
	sent_at timestamptz,
	failure text
);
comment on table platform.mail is 'Messages to people. Without SMTP they stay in the outbox, readable in the program by whom they are for and by administrators. They carry no content of records.';
call platform.fence('platform.mail');
create policy own on platform.mail for select to hamkor_app using (to_person = (select platform.actor_person()));
create policy writes on platform.mail for insert to hamkor_app with check ((select platform.actor_kind()) in ('person', 'system'));
call platform.let_task('platform.mail', 'mail');

create function platform.enqueue(task text, payload json, job_key text default null, run_at timestamptz default null) returns void
	language plpgsql security definer set search_path = ''
	as $$
	begin
		if task !~ '^[a-z][a-z0-9-]+$' then
			raise exception 'not a task name: %', task;
		end if;
		perform graphile_worker.add_job(task, payload, job_key => job_key, run_at => run_at, max_attempts => 5);
	end $$;
comment on function platform.enqueue is 'The only way the application role puts work into the queue; owned by the migrator, to whom the queue belongs.';
revoke all on function platform.enqueue from public;
grant execute on function platform.enqueue to hamkor_app;

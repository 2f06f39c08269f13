-- Joint gap analysis: instruments, rounds, submissions, figures, documents, quotations, findings.

-- What "cites what it rests on" means in the database ---------------------------------------------------------------

create function platform.must_rest() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		way text;
		part text[];
		rests boolean;
	begin
		if new.state in ('draft', 'withdrawn', 'cancelled') then
			return null;
		end if;
		if tg_op = 'UPDATE' then
			if old.state not in ('draft', 'withdrawn', 'cancelled') then
				return null;
			end if;
		end if;
		foreach way in array tg_argv[1:] loop
			part := string_to_array(way, ' ');
			if cardinality(part) = 2 then
				execute format('select exists (select from %s c where c.%I = $1)', part[1], part[2]) into rests using new.id;
			else
				execute format('select exists (select from %s c join %s t on t.id = c.%I where c.%I = $1 and t.state not in (''draft'', ''withdrawn'', ''cancelled''))',
					part[1], part[3], part[4], part[2]) into rests using new.id;
			end if;
			if rests then
				return null;
			end if;
		end loop;
		raise exception '%', tg_argv[0] using errcode = 'HM001';
	end $$;
comment on function platform.must_rest is 'Constraint trigger: past draft a record must cite something. First argument the problem code, then one way per argument: "citing_table key" or "citing_table key cited_table cited_key" (the cited must stand). Sees across rows, hence a definer.';
alter function platform.must_rest owner to hamkor_definer;

create function platform.keep_citation() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		state text;
		key uuid;
	begin
		execute format('select ($1).%I', tg_argv[1]) into key using old;
		execute format('select state from %s where id = $1', tg_argv[0]) into state using key;
		if state <> 'draft' then
			raise exception 'citation.kept' using errcode = 'HM001';
		end if;
		return old;
	end $$;
comment on function platform.keep_citation is 'Citations of what is past draft are kept: what something rested on stays readable. Arguments: citing table, key.';
alter function platform.keep_citation owner to hamkor_definer;

create procedure network.cite(citation text, citing text, citing_key text, cited text, cited_key text, writers text[])
	language plpgsql set search_path = ''
	as $$
	begin
		execute format('create table %s (
			programme_id uuid not null,
			%I uuid not null,
			%I uuid not null,
			cited_at timestamptz not null default clock_timestamp(),
			primary key (%I, %I),
			foreign key (programme_id, %I) references %s (programme_id, id),
			foreign key (programme_id, %I) references %s (programme_id, id))',
			citation, citing_key, cited_key, citing_key, cited_key, citing_key, citing, cited_key, cited);
		execute format('comment on table %s is %L', citation, format('Citation: %s rests on %s.', citing, cited));
		execute format('create index on %s (%I)', citation, cited_key);
		execute format('create trigger keep_citation before delete on %s for each row execute function platform.keep_citation(%L, %L)', citation, citing, citing_key);
		call network.fence_citation(citation::regclass, citing::regclass, citing_key, cited::regclass, cited_key, writers);
	end $$;
comment on procedure network.cite is 'Makes a typed citation table: foreign keys within one programme, its fence, and the rule that citations of what is past draft are kept.';

create table network.counter (
	programme_id uuid not null references network.programme (id),
	kind text not null,
	last integer not null default 0,
	primary key (programme_id, kind)
);
comment on table network.counter is 'Last number given in each series (G-07, F-12) of a programme.';
call platform.fence('network.counter', 'select');
create function network.next_number(programme uuid, kind text) returns integer language sql security definer set search_path = ''
	as $$ insert into network.counter as c (programme_id, kind, last) values (programme, next_number.kind, 1)
		on conflict on constraint counter_pkey do update set last = c.last + 1 returning last $$;
comment on function network.next_number is 'The next number of a series.';
alter function network.next_number owner to hamkor_definer;
revoke all on function network.next_number from public;
grant execute on function network.next_number to hamkor_app;

-- Instruments ---------------------------------------------------------------------------------------------------

create schema assessment;
comment on schema assessment is 'Joint gap analysis: instruments, rounds, submissions, figures, documents, quotations, findings.';
grant usage on schema assessment to hamkor_app, hamkor_definer;

create table assessment.instrument (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	form_id text not null,
	title jsonb not null,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, form_id)
);
comment on table assessment.instrument is 'A questionnaire; its form_id is that of the XLSForm.';
create table assessment.instrument_version (
	id uuid primary key,
	programme_id uuid not null,
	instrument_id uuid not null,
	version text not null,
	source_file_id uuid,
	xform text not null,
	model jsonb not null,
	warnings jsonb not null default '[]',
	identifying jsonb not null default '[]',
	md5 text not null,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (instrument_id, version),
	foreign key (programme_id, instrument_id) references assessment.instrument (programme_id, id),
	foreign key (programme_id, source_file_id) references platform.file (programme_id, id)
);
comment on table assessment.instrument_version is 'An immutable version: the XForm, the model of its questions, and the questions that may identify a person.';
call network.fence_programme('assessment.instrument', '{coordinator,member,analyst,collector,reviewer,official}', '{coordinator,analyst}');
call platform.fence('assessment.instrument_version', 'select, insert');
create policy readers on assessment.instrument_version for select to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}'))::uuid[]));
create policy writers on assessment.instrument_version for insert to hamkor_app with check (
	programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]));

-- Rounds --------------------------------------------------------------------------------------------------------

create table assessment.round (
	id uuid primary key,
	programme_id uuid not null,
	instrument_version_id uuid not null,
	number integer not null,
	name jsonb not null,
	kind text not null check (kind in ('baseline', 'repeat')),
	unit text not null check (unit in ('people', 'survivors')),
	opens_on date,
	closes_on date,
	state text not null default 'draft' check (state in ('draft', 'open', 'closed')),
	sensitive boolean not null default false,
	consent jsonb not null default '{}',
	refusal jsonb not null default '{}',
	minors jsonb not null default '{}',
	distress jsonb not null default '{}',
	opened_at timestamptz,
	closed_at timestamptz,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, instrument_version_id) references assessment.instrument_version (programme_id, id),
	check (closes_on is null or opens_on is null or closes_on >= opens_on)
);
comment on table assessment.round is 'One collection with one version of an instrument. It does not open before its ethics are set: consent, refusal, minors, distress protocol, named analysts.';
comment on column assessment.round.unit is 'Who is counted: people asked (threshold 5) or survivors (threshold 10).';
comment on column assessment.round.sensitive is 'Refuses collection apps that keep answers in clear on the phone.';
create table assessment.round_place (
	programme_id uuid not null,
	round_id uuid not null,
	place_id uuid not null,
	primary key (round_id, place_id),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table assessment.round_place is 'Places a round covers.';
create table assessment.round_analyst (
	programme_id uuid not null,
	round_id uuid not null,
	person_id uuid not null references network.person (id),
	primary key (round_id, person_id),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id)
);
comment on table assessment.round_analyst is 'The named analysts: the only people to whom answers open row by row.';
call network.fence_programme('assessment.round', '{coordinator,member,analyst,collector,reviewer,official}', '{coordinator,analyst}');
call network.fence_part('assessment.round_place', 'assessment.round', 'round_id', '{coordinator,analyst}');
call network.fence_part('assessment.round_analyst', 'assessment.round', 'round_id', '{coordinator}');

create function assessment.round_may_open() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if new.state = 'open' and (tg_op = 'INSERT' or old.state = 'draft') then
			if new.consent = '{}' or new.refusal = '{}' or new.minors = '{}' or new.distress = '{}'
				or not exists (select from assessment.round_analyst a where a.round_id = new.id) then
				raise exception 'round.ethics-missing' using errcode = 'HM001';
			end if;
			if not exists (select from assessment.round_place p where p.round_id = new.id) then
				raise exception 'round.places-missing' using errcode = 'HM001';
			end if;
		end if;
		return null;
	end $$;
comment on function assessment.round_may_open is 'The gate of a round: it does not open before its ethics and places are set.';
alter function assessment.round_may_open owner to hamkor_definer;
create constraint trigger may_open after insert or update on assessment.round deferrable initially deferred
	for each row execute function assessment.round_may_open();

create table assessment.collection_token (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	place_id uuid,
	label text not null,
	token_hash bytea not null unique,
	ceiling integer check (ceiling > 0),
	used integer not null default 0,
	expires_at timestamptz,
	revoked_at timestamptz,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table assessment.collection_token is 'A link for collecting into one round, in a browser or over OpenRosa; only the hash of its secret is kept.';
comment on column assessment.collection_token.used is 'Submissions that came through a link with a ceiling; the database counts. Stays 0 for a link without one.';
call network.fence_programme('assessment.collection_token', '{coordinator,analyst}', '{coordinator,analyst}');
create policy own on assessment.collection_token for select to hamkor_app using (id = (select platform.actor_token()));
call platform.let_task('assessment.collection_token', 'collection', 'select');
call platform.let_task('assessment.round', 'collection', 'select');
call platform.let_task('assessment.instrument', 'collection', 'select');
call platform.let_task('assessment.instrument_version', 'collection', 'select');

create function assessment.collecting_round() returns uuid language plpgsql stable security definer set search_path = ''
	as $$
	begin
		-- In this language, because its plans are kept for the session: this is asked at every submission.
		return (select t.round_id from assessment.collection_token t join assessment.round r on r.id = t.round_id
			where t.id = platform.actor_token() and t.revoked_at is null and (t.expires_at is null or t.expires_at > now()) and r.state = 'open');
	end $$;
comment on function assessment.collecting_round is 'The open round that the acting collection token collects for, or null.';
create function assessment.analysed_rounds() returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(a.round_id), '{}') from assessment.round_analyst a
		where a.person_id = platform.actor_person()
			and a.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}')) $$;
comment on function assessment.analysed_rounds is 'Rounds of which the acting person is a named analyst, while still holding a role in the programme.';
alter function assessment.collecting_round owner to hamkor_definer;
alter function assessment.analysed_rounds owner to hamkor_definer;
grant execute on function network.programmes_with to hamkor_definer;
revoke all on function assessment.collecting_round, assessment.analysed_rounds from public;
grant execute on function assessment.collecting_round, assessment.analysed_rounds to hamkor_app;
create policy token on assessment.round for select to hamkor_app using (id = (select assessment.collecting_round()));
create policy token on assessment.instrument_version for select to hamkor_app using (
	exists (select from assessment.round r where r.instrument_version_id = instrument_version.id and r.id = (select assessment.collecting_round())));
create policy token on assessment.instrument for select to hamkor_app using (
	exists (select from assessment.instrument_version v where v.instrument_id = instrument.id and (select assessment.collecting_round()) is not null));

-- Submissions ---------------------------------------------------------------------------------------------------

create table assessment.submission (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	instance_id text not null,
	place_id uuid,
	token_id uuid,
	person_id uuid,
	xml text not null,
	xml_sha256 bytea not null,
	answers jsonb not null,
	received_at timestamptz not null default clock_timestamp(),
	checked_at timestamptz,
	flags jsonb not null default '[]',
	superseded_by text,
	made_up boolean not null default false,
	unique (round_id, instance_id),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id)
);
comment on table assessment.submission is 'One filled-in questionnaire as it arrived. answers maps a question''s path to its text, a repeated question to a list; flags name constraints that the re-check found broken.';
create index on assessment.submission (round_id, received_at);
create index on assessment.submission (id) where checked_at is null;
call platform.fence('assessment.submission');
-- One policy for each command, with a case: only the branch of the actor's kind is worked out, which matters where a
-- thousand submissions a second come in.
create policy actors_read on assessment.submission for select to hamkor_app using (
	case (select platform.actor_kind())
		when 'token' then token_id = (select platform.actor_token()) and round_id = (select assessment.collecting_round())
		when 'person' then round_id = any((select assessment.analysed_rounds())::uuid[])
			or person_id = (select platform.actor_person())
				and programme_id = any((select network.programmes_with('{coordinator,member,analyst,collector,official}'))::uuid[])
		else false end);
create policy actors_send on assessment.submission for insert to hamkor_app with check (
	case (select platform.actor_kind())
		when 'token' then token_id = (select platform.actor_token()) and person_id is null
			and round_id = (select assessment.collecting_round())
		when 'person' then person_id = (select platform.actor_person()) and token_id is null
			and programme_id = any((select network.programmes_with('{coordinator,member,analyst,collector,official}'))::uuid[])
			and exists (select from assessment.round r where r.id = submission.round_id and r.state = 'open')
		else false end);
create policy actors_replace on assessment.submission for update to hamkor_app
	using ((select platform.actor_kind()) = 'token' and token_id = (select platform.actor_token()) and round_id = (select assessment.collecting_round()))
	with check ((select platform.actor_kind()) = 'token' and token_id = (select platform.actor_token()) and round_id = (select assessment.collecting_round()));

create function assessment.received_as(round uuid, instance text)
	returns table (submission_id uuid, xml_sha256 bytea, superseded_by text)
	language sql stable security definer set search_path = ''
	as $$ select s.id, s.xml_sha256, s.superseded_by from assessment.submission s
		where s.round_id = received_as.round and s.instance_id = received_as.instance
			and (exists (select from assessment.collection_token t where t.id = platform.actor_token() and t.round_id = received_as.round)
				or s.programme_id = any(network.programmes_with('{coordinator,member,analyst,collector,official}'))) $$;
comment on function assessment.received_as is 'What has arrived under an instanceID: enough to tell a repetition from another submission under the same name, and nothing of the answers.';
alter function assessment.received_as owner to hamkor_definer;
revoke all on function assessment.received_as from public;
grant execute on function assessment.received_as to hamkor_app;

create function assessment.hold_ceiling() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		ceiling integer;
	begin
		select t.ceiling into ceiling from assessment.collection_token t where t.id = new.token_id;
		if ceiling is null then
			return null;
		end if;
		update assessment.collection_token t set used = t.used + 1 where t.id = new.token_id and t.used < t.ceiling;
		if not found then
			raise exception 'collection.link-full' using errcode = 'HM001';
		end if;
		return null;
	end $$;
comment on function assessment.hold_ceiling is 'A link with a ceiling takes no more than that, however many come at once.';
alter function assessment.hold_ceiling owner to hamkor_definer;
create trigger hold_ceiling after insert on assessment.submission for each row when (new.token_id is not null)
	execute function assessment.hold_ceiling();

call platform.let_task('assessment.submission', 'recheck');
call platform.let_task('assessment.instrument_version', 'recheck', 'select');
call platform.let_task('assessment.round', 'recheck', 'select');
call platform.let_task('assessment.submission', 'figures', 'select');
call platform.let_task('assessment.round', 'figures', 'select');

create table assessment.attachment (
	programme_id uuid not null,
	submission_id uuid not null references assessment.submission (id),
	name text not null,
	file_id uuid,
	sha256 bytea,
	received_at timestamptz,
	primary key (submission_id, name)
);
comment on table assessment.attachment is 'Files that a submission names; file_id is null until the file has arrived.';
call platform.fence('assessment.attachment');
create policy readers on assessment.attachment for select to hamkor_app using (exists (select from assessment.submission s where s.id = submission_id));
create policy writers on assessment.attachment for insert to hamkor_app with check (exists (select from assessment.submission s where s.id = submission_id
	and case (select platform.actor_kind()) when 'token' then s.token_id = (select platform.actor_token()) and s.round_id = (select assessment.collecting_round())
		when 'person' then s.person_id = (select platform.actor_person()) else false end));
create policy changers on assessment.attachment for update to hamkor_app
	using (exists (select from assessment.submission s where s.id = submission_id
		and (s.token_id = (select platform.actor_token()) or s.person_id = (select platform.actor_person()))))
	with check (exists (select from assessment.submission s where s.id = submission_id
		and (s.token_id = (select platform.actor_token()) or s.person_id = (select platform.actor_person()))));

create function assessment.received(round uuid) returns table (submissions bigint, newest timestamptz, flagged bigint)
	language sql stable security definer set search_path = ''
	as $$ select count(*), max(s.received_at), count(*) filter (where s.flags <> '[]') from assessment.submission s
		where s.round_id = received.round and s.superseded_by is null
			and s.programme_id = any(network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}')) $$;
comment on function assessment.received is 'How many submissions a round has and when the newest came: a count for members, no row.';
alter function assessment.received owner to hamkor_definer;
revoke all on function assessment.received from public;
grant execute on function assessment.received to hamkor_app;

-- Evidence: figures, documents, quotations ------------------------------------------------------------------------

create table assessment.figure (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	place_id uuid,
	number integer not null,
	title jsonb not null,
	measure text not null check (measure in ('count', 'share')),
	question text not null,
	split text,
	filter jsonb,
	query_version integer not null default 1,
	unit text not null check (unit in ('people', 'survivors')),
	n integer not null check (n >= 0),
	cut_off timestamptz not null,
	result_sha256 bytea not null,
	frozen_at timestamptz,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table assessment.figure is 'A saved query over a round''s answers: what is counted, n, cut-off and the hash of the result. Frozen when first cited.';
create table assessment.figure_exact (
	programme_id uuid not null,
	figure_id uuid primary key,
	cells jsonb not null,
	foreign key (programme_id, figure_id) references assessment.figure (programme_id, id)
);
comment on table assessment.figure_exact is 'The exact cells of a figure, for the round''s named analysts.';
create table assessment.figure_protected (
	programme_id uuid not null,
	figure_id uuid primary key,
	cells jsonb not null,
	threshold integer not null,
	withheld integer not null,
	foreign key (programme_id, figure_id) references assessment.figure (programme_id, id)
);
comment on table assessment.figure_protected is 'The cells of a figure as members and authorities may see them: those below the threshold, and what would give them away, withheld.';
call network.fence_placed('assessment.figure', '{coordinator,member,analyst,reviewer,official}', '{coordinator,analyst}');
call platform.fence('assessment.figure_exact', 'select, insert, update');
create policy analysts on assessment.figure_exact to hamkor_app
	using (exists (select from assessment.figure f where f.id = figure_id and f.round_id = any((select assessment.analysed_rounds())::uuid[])))
	with check (exists (select from assessment.figure f where f.id = figure_id and f.round_id = any((select assessment.analysed_rounds())::uuid[])));
call network.fence_part('assessment.figure_protected', 'assessment.figure', 'figure_id', '{coordinator,analyst}', 'select, insert, update');

create function assessment.keep_frozen() returns trigger language plpgsql set search_path = ''
	as $$
	begin
		if old.frozen_at is not null and (new.round_id, new.measure, new.question, new.split, new.filter, new.query_version, new.unit, new.n, new.cut_off, new.result_sha256, new.frozen_at)
			is distinct from (old.round_id, old.measure, old.question, old.split, old.filter, old.query_version, old.unit, old.n, old.cut_off, old.result_sha256, old.frozen_at) then
			raise exception 'figure.frozen' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.keep_frozen is 'A figure that has been cited stays as it was cited.';
create trigger keep_frozen before update on assessment.figure for each row execute function assessment.keep_frozen();
create function assessment.keep_cells() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if exists (select from assessment.figure f where f.id = old.figure_id and f.frozen_at is not null) then
			raise exception 'figure.frozen' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.keep_cells is 'The cells of a cited figure stay as they were cited.';
alter function assessment.keep_cells owner to hamkor_definer;
create trigger keep_cells before update on assessment.figure_exact for each row execute function assessment.keep_cells();
create trigger keep_cells before update on assessment.figure_protected for each row execute function assessment.keep_cells();

create table assessment.document (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	place_id uuid,
	number integer not null,
	title jsonb not null,
	source text not null,
	page text,
	dated date,
	link text,
	file_id uuid,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id),
	foreign key (programme_id, file_id) references platform.file (programme_id, id)
);
comment on table assessment.document is 'Evidence from outside: an earlier analysis, a law, a published statistic; source, page, date.';
create table assessment.quotation (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	place_id uuid,
	round_id uuid,
	number integer not null,
	words jsonb not null,
	spoken_by jsonb not null,
	said_on date,
	consent_level text not null check (consent_level in ('internal', 'anonymous', 'public')),
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id)
);
comment on table assessment.quotation is 'Words said to the programme, by a role and never by a name. consent_level internal: members only; anonymous: may be published without place; public: may be published as it stands.';
call network.fence_placed('assessment.document', '{coordinator,member,analyst,reviewer,official}', '{coordinator,member,analyst}');
call network.fence_placed('assessment.quotation', '{coordinator,member,analyst,reviewer,official}', '{coordinator,analyst}');

-- Findings --------------------------------------------------------------------------------------------------------

create table assessment.finding (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	place_id uuid,
	number integer not null,
	statement jsonb not null,
	search text not null default '',
	state text not null default 'draft' check (state in ('draft', 'stands', 'withdrawn')),
	stands_since timestamptz,
	withdrawn_at timestamptz,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	updated_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, number),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table assessment.finding is 'A statement with its evidence attached. Withdrawing it shows what then stands on nothing.';
call network.fence_placed('assessment.finding', '{coordinator,member,analyst,reviewer,official}', '{coordinator,analyst}');
call network.cite('assessment.finding_figure', 'assessment.finding', 'finding_id', 'assessment.figure', 'figure_id', '{coordinator,analyst}');
call network.cite('assessment.finding_quotation', 'assessment.finding', 'finding_id', 'assessment.quotation', 'quotation_id', '{coordinator,analyst}');
call network.cite('assessment.finding_document', 'assessment.finding', 'finding_id', 'assessment.document', 'document_id', '{coordinator,analyst}');
create constraint trigger must_rest after insert or update on assessment.finding deferrable initially deferred for each row
	execute function platform.must_rest('finding.without-evidence', 'assessment.finding_figure finding_id', 'assessment.finding_quotation finding_id', 'assessment.finding_document finding_id');

create function assessment.freeze_figure() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		update assessment.figure set frozen_at = coalesce(frozen_at, clock_timestamp()) where id = new.figure_id;
		return null;
	end $$;
comment on function assessment.freeze_figure is 'A figure is frozen by being cited.';
alter function assessment.freeze_figure owner to hamkor_definer;
create trigger freeze_cited after insert on assessment.finding_figure for each row execute function assessment.freeze_figure();

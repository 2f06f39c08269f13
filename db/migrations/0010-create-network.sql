-- Programmes, places, organisations, people, and who holds which role where.

create schema network;
comment on schema network is 'Who is in the partnership and where: places, organisations, people, roles.';
grant usage on schema network to hamkor_app, hamkor_definer;

create table network.programme (
	id uuid primary key,
	name jsonb not null,
	summary jsonb not null default '{}',
	country text not null default 'UZ',
	time_zone text not null default 'Asia/Tashkent',
	currency text not null default 'UZS',
	starts_on date,
	ends_on date,
	funder_statement jsonb not null default '{}',
	funder_disclaimer jsonb not null default '{}',
	stages jsonb not null default '[]',
	outcomes jsonb not null default '[]',
	demonstration boolean not null default false,
	threshold_people integer not null default 5 check (threshold_people >= 3),
	threshold_survivors integer not null default 10 check (threshold_survivors >= 5),
	stalled_after_days integer not null default 30 check (stalled_after_days > 0),
	created_at timestamptz not null default clock_timestamp(),
	check (ends_on is null or starts_on is null or ends_on >= starts_on)
);
comment on table network.programme is 'A partnership programme: the outermost fence. Every row of every module carries its programme.';

create table network.place (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	parent_id uuid,
	path ltree not null,
	kind text not null check (kind in ('country', 'region', 'district', 'mahalla')),
	code text,
	name jsonb not null,
	search text not null default '',
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, code),
	unique (programme_id, path),
	foreign key (programme_id, parent_id) references network.place (programme_id, id)
);
comment on table network.place is 'The tree of places. code is ISO 3166-1 for a country, ISO 3166-2 for a region, the national code below; path is made of ids without hyphens.';
create index on network.place using gist (path);
create index on network.place (parent_id);

create table network.organisation (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	type text not null check (type in ('cso', 'women_led_cso', 'cso_shelter', 'state_rehabilitation_centre', 'local_authority',
		'makhalla_committee', 'community_security_working_group', 'ministry', 'commission', 'national_centre', 'donor', 'ingo')),
	name jsonb not null,
	search text not null default '',
	languages text[] not null default '{}',
	description jsonb not null default '{}',
	contact jsonb not null default '{}',
	valid_from date,
	valid_to date,
	successor_id uuid,
	demonstration boolean not null default false,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, successor_id) references network.organisation (programme_id, id),
	check (valid_to is null or valid_from is null or valid_to >= valid_from),
	check (successor_id is distinct from id),
	check (type not in ('cso_shelter', 'state_rehabilitation_centre') or not contact ? 'address')
);
comment on table network.organisation is 'An organisation, valid from-to, with its successor: ministries are renamed. Never a shelter''s address: contact goes through a line or an intake organisation.';
create index on network.organisation using gin (search gin_trgm_ops);

create table network.organisation_place (
	programme_id uuid not null,
	organisation_id uuid not null,
	place_id uuid not null,
	primary key (organisation_id, place_id),
	foreign key (programme_id, organisation_id) references network.organisation (programme_id, id) on delete cascade,
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table network.organisation_place is 'Places an organisation serves.';

create table network.person (
	id uuid primary key,
	display_name text not null,
	languages text[] not null default '{}',
	contact jsonb not null default '{}',
	demonstration boolean not null default false,
	erased_at timestamptz,
	created_at timestamptz not null default clock_timestamp()
);
comment on table network.person is 'A person who works in the partnership. Belongs to the installation, not to one programme; never a survivor.';
alter table platform.account add foreign key (person_id) references network.person (id);
alter table platform.invitation add foreign key (person_id) references network.person (id);

create table network.role_grant (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	person_id uuid not null references network.person (id),
	organisation_id uuid,
	role text not null check (role in ('coordinator', 'member', 'analyst', 'collector', 'reviewer', 'official', 'donor', 'administrator')),
	place_id uuid,
	granted_by uuid,
	granted_at timestamptz not null default clock_timestamp(),
	ended_at timestamptz,
	foreign key (programme_id, organisation_id) references network.organisation (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table network.role_grant is 'A role, held by a person for an organisation, within a place and all below it (null: the whole programme).';
create index on network.role_grant (person_id) where ended_at is null;
create index on network.role_grant (programme_id);

-- What the actor holds; policies call these as (select …), so each is evaluated once in a statement ---------------

create function network.programmes_with(roles text[]) returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(distinct g.programme_id), '{}') from network.role_grant g
		where g.person_id = platform.actor_person() and g.ended_at is null and g.role = any(roles) $$;
comment on function network.programmes_with is 'Programmes in which the acting person holds one of the roles anywhere.';

create function network.programmes_wide(roles text[]) returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(distinct g.programme_id), '{}') from network.role_grant g
		where g.person_id = platform.actor_person() and g.ended_at is null and g.role = any(roles) and g.place_id is null $$;
comment on function network.programmes_wide is 'Programmes in which the acting person holds one of the roles for the whole programme.';

create function network.places_within(roles text[]) returns uuid[] language sql stable security definer set search_path = 'public'
	as $$ select coalesce(array_agg(distinct p.id), '{}') from network.role_grant g
		join network.place top on top.id = g.place_id
		join network.place p on p.programme_id = top.programme_id and p.path <@ top.path
		where g.person_id = platform.actor_person() and g.ended_at is null and g.role = any(roles) $$;
comment on function network.places_within is 'Places in the subtrees where the acting person holds one of the roles.';

create function network.organisations_with(roles text[]) returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(distinct g.organisation_id), '{}') from network.role_grant g
		where g.person_id = platform.actor_person() and g.ended_at is null and g.role = any(roles) and g.organisation_id is not null $$;
comment on function network.organisations_with is 'Organisations for which the acting person holds one of the roles.';

create function network.is_installation_administrator() returns boolean language sql stable security definer set search_path = ''
	as $$ select exists (select from platform.account a
		where a.person_id = platform.actor_person() and a.installation_administrator and a.disabled_at is null) $$;
comment on function network.is_installation_administrator is 'Whether the acting person administers the installation: programmes and accounts, no content.';

create function network.may(roles text[], programme uuid, place uuid default null, organisation uuid default null) returns boolean
	language sql stable security definer set search_path = 'public'
	as $$ select exists (
		select from network.role_grant g
		left join network.place top on top.id = g.place_id
		left join network.place here on here.id = may.place and here.programme_id = may.programme
		where g.person_id = platform.actor_person() and g.ended_at is null
			and g.programme_id = may.programme and g.role = any(may.roles)
			and (may.organisation is null or g.organisation_id = may.organisation)
			and (g.place_id is null or here.path <@ top.path)) $$;
comment on function network.may is 'Whether the acting person holds one of the roles over this programme and place (a null place needs a grant for the whole programme), for this organisation if one is named. What a permit asks.';

create function network.holders(roles text[], programme uuid, place uuid default null)
	returns table (person_id uuid, display_name text, role text, organisation_id uuid, place_id uuid)
	language sql stable security definer set search_path = 'public'
	as $$ select g.person_id, p.display_name, g.role, g.organisation_id, g.place_id from network.role_grant g
		join network.person p on p.id = g.person_id
		left join network.place top on top.id = g.place_id
		left join network.place here on here.id = holders.place and here.programme_id = holders.programme
		where g.programme_id = holders.programme and g.ended_at is null and g.role = any(holders.roles)
			and (holders.place is null or g.place_id is null or here.path <@ top.path)
			and exists (select from network.role_grant mine where mine.person_id = platform.actor_person()
				and mine.programme_id = holders.programme and mine.ended_at is null)
		order by g.role, p.display_name $$;
comment on function network.holders is 'Who holds one of the roles over a programme and place: the list of who can see a record. Answers only to who takes part in the programme.';

create function network.known_people() returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(distinct theirs.person_id), '{}') from network.role_grant mine
		join network.role_grant theirs on theirs.programme_id = mine.programme_id
		where mine.person_id = platform.actor_person() and mine.ended_at is null $$;
comment on function network.known_people is 'People who hold or held a role in a programme of the acting person.';

create function network.managed_people() returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(distinct theirs.person_id), '{}') from network.role_grant mine
		join network.role_grant theirs on theirs.programme_id = mine.programme_id
		where mine.person_id = platform.actor_person() and mine.ended_at is null and mine.place_id is null
			and mine.role in ('coordinator', 'administrator') $$;
comment on function network.managed_people is 'People in programmes that the acting person coordinates or administers as a whole.';

do $$
declare
	f text;
begin
	foreach f in array array['network.programmes_with(text[])', 'network.programmes_wide(text[])', 'network.places_within(text[])',
		'network.organisations_with(text[])', 'network.is_installation_administrator()', 'network.may(text[], uuid, uuid, uuid)',
		'network.holders(text[], uuid, uuid)', 'network.known_people()', 'network.managed_people()'] loop
		execute format('alter function %s owner to hamkor_definer', f);
		execute format('revoke all on function %s from public', f);
		execute format('grant execute on function %s to hamkor_app', f);
	end loop;
end $$;

-- Fences used by all modules ------------------------------------------------------------------------------------

create function network.placed_rule(roles text[], whole text) returns text language sql immutable set search_path = ''
	as $$ select format('case when place_id is null then programme_id = any((select network.programmes_%s(%L))::uuid[])
		else programme_id = any((select network.programmes_wide(%L))::uuid[]) or place_id = any((select network.places_within(%L))::uuid[]) end',
		whole, roles, roles, roles) $$;
comment on function network.placed_rule is 'The condition of a policy on programme_id and place_id; whole says whom a record of the whole programme concerns: with (a role anywhere) or wide (a role for all of it).';

create procedure network.fence_placed(target regclass, readers text[], writers text[]) language plpgsql set search_path = ''
	as $$
	declare
		reads text := network.placed_rule(readers, 'with');
		writes text := network.placed_rule(writers, 'wide');
	begin
		call platform.fence(target);
		execute format('create policy readers on %s for select to hamkor_app using (%s)', target, reads);
		execute format('create policy writers on %s for insert to hamkor_app with check (%s)', target, writes);
		execute format('create policy changers on %s for update to hamkor_app using (%s) with check (%s)', target, writes, writes);
	end $$;
comment on procedure network.fence_placed is 'Fence of a record with programme_id and place_id: readers see what lies in their places and what concerns the whole programme; writers write in their places, and for the whole programme only with a grant for all of it.';

create procedure network.fence_programme(target regclass, readers text[], writers text[]) language plpgsql set search_path = ''
	as $$
	declare
		reads text := format('programme_id = any((select network.programmes_with(%L))::uuid[])', readers);
		writes text := format('programme_id = any((select network.programmes_with(%L))::uuid[])', writers);
	begin
		call platform.fence(target);
		execute format('create policy readers on %s for select to hamkor_app using (%s)', target, reads);
		execute format('create policy writers on %s for insert to hamkor_app with check (%s)', target, writes);
		execute format('create policy changers on %s for update to hamkor_app using (%s) with check (%s)', target, writes, writes);
	end $$;
comment on procedure network.fence_programme is 'Fence of a record that concerns a programme as a whole.';

create procedure network.fence_part(target regclass, parent regclass, key text, writers text[],
	privileges text default 'select, insert, delete') language plpgsql set search_path = ''
	as $$
	declare
		seen text := format('exists (select from %s whole where whole.id = %s.%I and whole.programme_id = %s.programme_id)', parent, target, key, target);
		held text := format('programme_id = any((select network.programmes_with(%L))::uuid[])', writers);
	begin
		call platform.fence(target, privileges);
		execute format('create policy readers on %s for select to hamkor_app using (%s)', target, seen);
		execute format('create policy writers on %s for insert to hamkor_app with check (%s and %s)', target, held, seen);
		if privileges like '%update%' then
			execute format('create policy changers on %s for update to hamkor_app using (%s and %s) with check (%s and %s)', target, held, seen, held, seen);
		end if;
		if privileges like '%delete%' then
			execute format('create policy removers on %s for delete to hamkor_app using (%s and %s)', target, held, seen);
		end if;
	end $$;
comment on procedure network.fence_part is 'Fence of a part: seen where its whole is seen (row security of the whole applies), written by writers who see the whole.';

create procedure network.fence_citation(target regclass, parent regclass, key text, cited regclass, cited_key text, writers text[])
	language plpgsql set search_path = ''
	as $$
	begin
		call network.fence_part(target, parent, key, writers);
		execute format('create policy cited on %s as restrictive for insert to hamkor_app with check (exists (select from %s c where c.id = %s.%I and c.programme_id = %s.programme_id))',
			target, cited, target, cited_key, target);
	end $$;
comment on procedure network.fence_citation is 'Fence of a citation: as a part of what cites; and only what one can see oneself can be cited.';

-- Fences of the network itself ------------------------------------------------------------------------------------

call platform.fence('network.programme');
create policy readers on network.programme for select to hamkor_app using (
	id = any((select network.programmes_with('{coordinator,member,analyst,collector,reviewer,official,donor,administrator}'))::uuid[])
	or (select network.is_installation_administrator()));
create policy writers on network.programme for insert to hamkor_app with check ((select network.is_installation_administrator()));
create policy changers on network.programme for update to hamkor_app
	using (id = any((select network.programmes_wide('{coordinator,administrator}'))::uuid[]))
	with check (id = any((select network.programmes_wide('{coordinator,administrator}'))::uuid[]));
call network.fence_programme('network.place', '{coordinator,member,analyst,collector,reviewer,official,donor,administrator}', '{coordinator,administrator}');
call network.fence_programme('network.organisation', '{coordinator,member,analyst,collector,reviewer,official,donor,administrator}', '{coordinator,administrator}');
call network.fence_part('network.organisation_place', 'network.organisation', 'organisation_id', '{coordinator,administrator}');
create policy installs on network.place for insert to hamkor_app with check ((select network.is_installation_administrator()));
create policy looks on network.place for select to hamkor_app using ((select network.is_installation_administrator()));

call platform.fence('network.role_grant');
create policy own on network.role_grant for select to hamkor_app using (person_id = (select platform.actor_person()));
create policy readers on network.role_grant for select to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,administrator}'))::uuid[]) or (select network.is_installation_administrator()));
create policy writers on network.role_grant for insert to hamkor_app with check (
	programme_id = any((select network.programmes_wide('{coordinator,administrator}'))::uuid[]) or (select network.is_installation_administrator()));
create policy changers on network.role_grant for update to hamkor_app
	using (programme_id = any((select network.programmes_wide('{coordinator,administrator}'))::uuid[]))
	with check (programme_id = any((select network.programmes_wide('{coordinator,administrator}'))::uuid[]));

call platform.fence('network.person');
create policy own on network.person for select to hamkor_app using (id = (select platform.actor_person()));
create policy own_changes on network.person for update to hamkor_app
	using (id = (select platform.actor_person())) with check (id = (select platform.actor_person()));
create policy readers on network.person for select to hamkor_app using (id = any((select network.known_people())::uuid[]));
create policy writers on network.person for insert to hamkor_app with check (
	cardinality((select network.programmes_wide('{coordinator,administrator}'))::uuid[]) > 0 or (select network.is_installation_administrator()));
create policy changers on network.person for update to hamkor_app
	using (id = any((select network.managed_people())::uuid[])) with check (id = any((select network.managed_people())::uuid[]));

do $$
declare
	name text;
begin
	foreach name in array array['network.programme', 'network.place', 'network.organisation', 'network.organisation_place', 'network.person',
		'network.role_grant', 'platform.account'] loop
		execute format('call platform.let_task(%L, ''first-run'')', name);
	end loop;
end $$;
call platform.let_task('network.person', 'sign-in', 'select');
call platform.let_task('network.role_grant', 'sign-in', 'select');

-- What administrators and coordinators see of the platform: accounts and the journal's metadata, never content.
-- No person writes accounts: passwords and second factors stand there, so disabling one is done by the task sign-in.
create policy managers on platform.account for select to hamkor_app using (person_id = any((select network.managed_people())::uuid[]));
create policy managers on platform.invitation to hamkor_app
	using (programme_id = any((select network.programmes_wide('{coordinator,administrator}'))::uuid[]))
	with check (programme_id = any((select network.programmes_wide('{coordinator,administrator}'))::uuid[]));
create policy managers on platform.journal for select to hamkor_app
	using (programme_id = any((select network.programmes_wide('{coordinator,administrator}'))::uuid[]));
create policy managers on platform.mail for select to hamkor_app
	using (programme_id = any((select network.programmes_wide('{administrator}'))::uuid[]));
create policy members on platform.file for select to hamkor_app
	using (programme_id = any((select network.programmes_with('{coordinator,member,analyst,reviewer,official}'))::uuid[]));

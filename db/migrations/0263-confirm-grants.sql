-- Who administers invites people and does not read. A role that opens content counts, when an administrator gives it, once a coordinator
-- has confirmed it: an administrator who invites a second self gains nothing by it.

alter table network.role_grant add column confirmed_by uuid references network.person (id);
comment on column network.role_grant.confirmed_by is 'The coordinator who confirmed what an administrator proposed; null when the giver needed nobody: a coordinator, or whoever set the programme up.';

create function network.coordinated(programme uuid) returns boolean language sql stable security definer set search_path = ''
	as $$ select exists (select from network.role_grant g where g.programme_id = coordinated.programme and g.role = 'coordinator' and g.place_id is null) $$;
comment on function network.coordinated is 'Whether the programme has, or ever had, a coordinator of the whole: its setting up is over.';

create function network.coordinator_acts(programme uuid) returns boolean language sql stable security definer set search_path = ''
	as $$ select exists (select from network.role_grant g join platform.account a on a.person_id = g.person_id and a.disabled_at is null
		where g.programme_id = coordinator_acts.programme and g.role = 'coordinator' and g.place_id is null and g.ended_at is null) $$;
comment on function network.coordinator_acts is 'Whether somebody who coordinates the whole programme can sign in.';

create table network.proposed_grant (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	person_id uuid not null references network.person (id),
	organisation_id uuid,
	role text not null check (role in ('coordinator', 'member', 'analyst', 'collector', 'reviewer', 'official', 'donor')),
	place_id uuid,
	proposed_by uuid not null references network.person (id),
	proposed_at timestamptz not null default clock_timestamp(),
	decision text check (decision in ('confirmed', 'declined')),
	decided_by uuid references network.person (id),
	decided_at timestamptz,
	foreign key (programme_id, organisation_id) references network.organisation (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id),
	check (person_id <> proposed_by),
	check ((decided_at is null) = (decision is null) and (decided_at is null) = (decided_by is null)),
	check (decision is distinct from 'confirmed' or decided_by not in (proposed_by, person_id))
);
comment on table network.proposed_grant is 'A role that an administrator would give and that opens content: nothing is open by it until a coordinator confirms it, which makes the role itself.';
create index on network.proposed_grant (programme_id) where decided_at is null;
create index on network.proposed_grant (person_id);

create function network.decide_grant(proposal uuid, decision text, given uuid) returns boolean language plpgsql security definer set search_path = ''
	as $$
	declare
		p network.proposed_grant;
		me uuid := platform.actor_person();
		coordinates boolean;
		stands_in boolean;
	begin
		select * into p from network.proposed_grant g where g.id = decide_grant.proposal and g.decided_at is null for update;
		if not found or me is null then
			return false;
		end if;
		coordinates := p.programme_id = any(network.programmes_wide('{coordinator}'));
		-- Where no coordinator can sign in any more, who administers the installation stands in; never for his own proposal.
		stands_in := network.is_installation_administrator() and not network.coordinator_acts(p.programme_id);
		if decide_grant.decision = 'confirmed' then
			if not (coordinates or stands_in) or me in (p.proposed_by, p.person_id) then
				return false;
			end if;
			insert into network.role_grant (id, programme_id, person_id, organisation_id, role, place_id, granted_by, confirmed_by)
				values (decide_grant.given, p.programme_id, p.person_id, p.organisation_id, p.role, p.place_id, p.proposed_by, me);
		elsif not (coordinates or stands_in or me = p.proposed_by) then
			return false;
		end if;
		update network.proposed_grant set decision = decide_grant.decision, decided_by = me, decided_at = clock_timestamp() where id = p.id;
		return true;
	end $$;
comment on function network.decide_grant is 'Confirms a proposed role, which makes it, or declines it. Confirmed by a coordinator of the whole programme who neither proposed nor is to hold it; declined by such a one, or taken back by who proposed it.';

-- An invited person whose role still waits is known to who manages the programme.
create or replace function network.known_people() returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(distinct known.person_id), '{}') from (
		select theirs.person_id from network.role_grant mine
			join network.role_grant theirs on theirs.programme_id = mine.programme_id
			where mine.person_id = platform.actor_person() and mine.ended_at is null
		union all
		select p.person_id from network.proposed_grant p where p.programme_id = any(network.programmes_wide('{coordinator,administrator}'))) known $$;
comment on function network.known_people is 'People who hold or held a role in a programme of the acting person, and those proposed for one in a programme that she manages.';

create or replace function network.managed_people() returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(distinct managed.person_id), '{}') from (
		select g.person_id, g.programme_id from network.role_grant g union all select p.person_id, p.programme_id from network.proposed_grant p) managed
		where managed.programme_id = any(network.programmes_wide('{coordinator,administrator}')) $$;
comment on function network.managed_people is 'People in programmes that the acting person coordinates or administers as a whole, and those proposed for them.';

call platform.fence('network.proposed_grant', 'select, insert');
create policy own on network.proposed_grant for select to hamkor_app using (person_id = (select platform.actor_person()));
create policy managers on network.proposed_grant for select to hamkor_app
	using (programme_id = any((select network.programmes_wide('{coordinator,administrator}'))::uuid[]) or (select network.is_installation_administrator()));
create policy writers on network.proposed_grant for insert to hamkor_app
	with check (proposed_by = (select platform.actor_person()) and decided_at is null and programme_id = any((select network.programmes_wide('{administrator}'))::uuid[]));

-- Everybody who takes part sees who else does, and who let them in.
create policy shown on network.role_grant for select to hamkor_app using (
	ended_at is null and programme_id = any((select network.programmes_with('{coordinator,member,analyst,collector,reviewer,official,donor,administrator}'))::uuid[]));

drop policy writers on network.role_grant;
create policy writers on network.role_grant for insert to hamkor_app with check (
	(person_id <> (select platform.actor_person()) and confirmed_by is null
		and (programme_id = any((select network.programmes_wide('{coordinator}'))::uuid[])
			or (role = 'administrator' and programme_id = any((select network.programmes_wide('{administrator}'))::uuid[]))))
	or ((select network.is_installation_administrator()) and not network.coordinated(programme_id)));
-- A role is ended and never made into another, nor taken up again.
drop policy changers on network.role_grant;
create policy changers on network.role_grant for update to hamkor_app
	using (programme_id = any((select network.programmes_wide('{coordinator,administrator}'))::uuid[]))
	with check (ended_at is not null and programme_id = any((select network.programmes_wide('{coordinator,administrator}'))::uuid[]));
revoke update on network.role_grant from hamkor_app;
grant update (ended_at) on network.role_grant to hamkor_app;

do $$
declare
	f text;
begin
	foreach f in array array['coordinated(uuid)', 'coordinator_acts(uuid)', 'decide_grant(uuid, text, uuid)'] loop
		execute format('alter function network.%s owner to hamkor_definer', f);
		execute format('revoke all on function network.%s from public', f);
		execute format('grant execute on function network.%s to hamkor_app', f);
	end loop;
end $$;

-- Who has lost every way to sign in gets the same account back: two people together issue the way in, and neither has it alone.

create table platform.recovery (
	id uuid primary key,
	programme_id uuid,
	person_id uuid not null references platform.account (person_id),
	asked_by uuid references network.person (id),
	asked_at timestamptz not null default clock_timestamp(),
	code_hash bytea not null,
	expires_at timestamptz not null,
	confirmed_by uuid references network.person (id),
	confirmed_at timestamptz,
	token_hash bytea unique,
	tries integer not null default 0,
	used_at timestamptz,
	ended_at timestamptz,
	ended_by uuid references network.person (id),
	check (person_id is distinct from asked_by and person_id is distinct from confirmed_by),
	check (asked_by is distinct from confirmed_by or asked_by is null),
	check ((confirmed_at is null) = (token_hash is null)),
	check (used_at is null or (confirmed_at is not null and ended_at is null))
);
comment on table platform.recovery is 'An account given back to who lost every way to sign in. Who asks holds a code, who confirms holds the link; both are needed, once, within a short time. From the terminal of the server (asked_by null) both are had at once.';
create unique index recovery_open on platform.recovery (person_id) where used_at is null and ended_at is null;

create function platform.hold_recovery() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		me uuid := platform.actor_person();
		whose platform.account;
	begin
		-- The task that signs people in counts tries and uses the way in up; from the terminal it makes it as well.
		if me is null then
			return new;
		end if;
		if tg_op = 'INSERT' then
			if new.asked_by is distinct from me or new.confirmed_at is not null or new.used_at is not null or new.ended_at is not null or new.programme_id is null then
				raise exception 'not-permitted' using errcode = 'HM001';
			end if;
			select * into whose from platform.account a where a.person_id = new.person_id;
			if not found or whose.disabled_at is not null then
				raise exception 'person.no-account' using errcode = 'HM001';
			end if;
			if whose.installation_administrator then
				raise exception 'recovery.at-the-terminal' using errcode = 'HM001';
			end if;
			if not exists (select from network.role_grant g where g.person_id = new.person_id and g.programme_id = new.programme_id and g.ended_at is null) then
				raise exception 'not-permitted' using errcode = 'HM001';
			end if;
			if exists (select from network.role_grant g where g.person_id = new.person_id and g.programme_id <> new.programme_id and g.ended_at is null) then
				raise exception 'person.elsewhere-too' using errcode = 'HM001';
			end if;
			return new;
		end if;
		if (new.id, new.programme_id, new.person_id, new.asked_by, new.asked_at, new.code_hash, new.tries, new.used_at)
			is distinct from (old.id, old.programme_id, old.person_id, old.asked_by, old.asked_at, old.code_hash, old.tries, old.used_at)
			or old.used_at is not null or old.ended_at is not null then
			raise exception 'not-permitted' using errcode = 'HM001';
		end if;
		if new.ended_at is not null then
			if new.ended_by is distinct from me or (new.confirmed_at, new.token_hash) is distinct from (old.confirmed_at, old.token_hash) then
				raise exception 'not-permitted' using errcode = 'HM001';
			end if;
			return new;
		end if;
		-- Confirmed by a second one, in time; one of the two coordinates the whole programme.
		if old.confirmed_at is not null or new.confirmed_by is distinct from me or me = old.asked_by or me = old.person_id or old.expires_at <= now()
			or not exists (select from network.role_grant g where g.programme_id = old.programme_id and g.role = 'coordinator' and g.place_id is null
				and g.ended_at is null and g.person_id in (me, old.asked_by) and g.person_id <> old.person_id) then
			raise exception 'not-permitted' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function platform.hold_recovery is 'Holds people to the steps of giving an account back: one asks, a second confirms, one of the two coordinates the programme, neither is the person herself.';
alter function platform.hold_recovery() owner to hamkor_definer;
create trigger hold_recovery before insert or update on platform.recovery for each row execute function platform.hold_recovery();

call platform.fence('platform.recovery');
call platform.let_task('platform.recovery', 'sign-in');
create policy own on platform.recovery for select to hamkor_app using (person_id = (select platform.actor_person()));
create policy own_ends on platform.recovery for update to hamkor_app
	using (person_id = (select platform.actor_person())) with check (person_id = (select platform.actor_person()) and ended_at is not null);
create policy managers on platform.recovery to hamkor_app
	using (programme_id = any((select network.programmes_wide('{coordinator,administrator}'))::uuid[]))
	with check (programme_id = any((select network.programmes_wide('{coordinator,administrator}'))::uuid[]));

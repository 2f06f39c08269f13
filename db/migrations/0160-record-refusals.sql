-- A refusal is an answer: that somebody declined, or stopped in the middle, is recorded and counted.

create table assessment.refusal (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	place_id uuid,
	token_id uuid,
	person_id uuid,
	during boolean not null,
	declined_on date not null,
	received_at timestamptz not null default clock_timestamp(),
	made_up boolean not null default false,
	foreign key (programme_id, round_id) references assessment.round (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table assessment.refusal is 'Somebody declined to be asked (during: stopped in the middle, and her answers were deleted). Nothing about the person, no reason, no time of day.';
comment on column assessment.refusal.person_id is 'The collector who asked, signed in under his own name; never the person who was asked.';
comment on column assessment.refusal.declined_on is 'The day, by the clock of the device that was there.';
create index on assessment.refusal (round_id);
create index on assessment.refusal (token_id) where token_id is not null;
call platform.fence('assessment.refusal', 'select, insert');
create policy actors_send on assessment.refusal for insert to hamkor_app with check (
	case (select platform.actor_kind())
		when 'token' then token_id = (select platform.actor_token()) and person_id is null and round_id = (select assessment.collecting_round())
		when 'person' then person_id = (select platform.actor_person()) and token_id is null
			and programme_id = any((select network.programmes_with('{coordinator,member,analyst,collector,official}'))::uuid[])
			and exists (select from assessment.round r where r.id = refusal.round_id and r.state = 'open')
		else false end);

create function assessment.hold_refusals() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if (select count(*) from (select from assessment.refusal r where r.token_id = new.token_id limit 10001) as counted) > 10000 then
			raise exception 'collection.link-full' using errcode = 'HM001';
		end if;
		return null;
	end $$;
comment on function assessment.hold_refusals is 'A link takes no more than ten thousand refusals: whoever has it can send them without end.';
alter function assessment.hold_refusals owner to hamkor_definer;
create trigger hold_refusals after insert on assessment.refusal for each row when (new.token_id is not null) execute function assessment.hold_refusals();

create function assessment.declined(round uuid) returns table (declined bigint, stopped bigint)
	language sql stable security definer set search_path = ''
	as $$ select count(*) filter (where not r.during), count(*) filter (where r.during) from assessment.refusal r
		where r.round_id = declined.round
			and r.programme_id = any(network.programmes_with('{coordinator,member,analyst,collector,reviewer,official}')) $$;
comment on function assessment.declined is 'How many declined to be asked in a round, and how many stopped in the middle: counts for members, no row.';
alter function assessment.declined owner to hamkor_definer;
revoke all on function assessment.declined from public;
grant execute on function assessment.declined to hamkor_app;

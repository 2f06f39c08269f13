-- People made up by a demonstration are named by the program, and so in every language; a real person has one name.
alter table network.person add column names jsonb check (names is null or (demonstration and jsonb_typeof(names) = 'object'));
comment on column network.person.names is 'What somebody made up is called in each language; null for a real person.';

create function network.shown_name(person network.person) returns text language sql stable parallel safe
	as $$ select coalesce(person.names ->> nullif(current_setting('app.locale', true), ''), person.display_name) $$;
comment on function network.shown_name is 'What a person is called, in the language that the actor of the transaction reads in.';
grant execute on function network.shown_name to hamkor_app, hamkor_definer;

create or replace function network.holders(roles text[], programme uuid, place uuid default null)
	returns table (person_id uuid, display_name text, role text, organisation_id uuid, place_id uuid)
	language sql stable security definer set search_path = public
	as $$ select g.person_id, network.shown_name(p), g.role, g.organisation_id, g.place_id from network.role_grant g
		join network.person p on p.id = g.person_id
		left join network.place top on top.id = g.place_id
		left join network.place here on here.id = holders.place and here.programme_id = holders.programme
		where g.programme_id = holders.programme and g.ended_at is null and g.role = any(holders.roles)
			and (holders.place is null or g.place_id is null or here.path <@ top.path)
			and exists (select from network.role_grant mine where mine.person_id = platform.actor_person()
				and mine.programme_id = holders.programme and mine.ended_at is null)
		order by g.role, network.shown_name(p) $$;

-- Functions that see past the fence tell no more than the fence would.

create or replace function network.next_number(programme uuid, kind text) returns integer language plpgsql security definer set search_path = ''
	as $$
	declare
		given integer;
	begin
		-- A number is given to who writes in the programme, or to a task of the program: numbers of others are neither counted nor used up.
		if platform.actor_kind() is distinct from 'system' and not (next_number.programme = any(network.programmes_with('{coordinator,member,analyst,official}'))) then
			raise exception 'no number in a programme in which one does not write' using errcode = '42501';
		end if;
		insert into network.counter as c (programme_id, kind, last) values (next_number.programme, next_number.kind, 1)
			on conflict on constraint counter_pkey do update set last = c.last + 1 returning last into given;
		return given;
	end $$;
comment on function network.next_number is 'The next number of a series, for who writes in the programme.';

create or replace function assessment.scoring_counts(round uuid) returns table (assessment_id uuid, side text, scored bigint) language sql stable security definer set search_path = ''
	as $$ select c.assessment_id, c.side, count(*) filter (where c.not_applicable or (c.score is not null and c.evidence <> '{}'))
		from assessment.criterion_score c join assessment.service_assessment a on a.id = c.assessment_id
		where a.round_id = scoring_counts.round and (c.assessment_id in (select m.assessment_id from assessment.my_sides() m)
			or ((select assessment.runs_round(scoring_counts.round)) and (a.place_id is null
				or a.programme_id = any((select network.programmes_wide('{coordinator,member,analyst,reviewer,official}'))::uuid[])
				or a.place_id = any((select network.places_within('{coordinator,member,analyst,reviewer,official}'))::uuid[]))))
		group by 1, 2 $$;
comment on function assessment.scoring_counts is 'How many criteria each side has scored so far, for who runs the round and who scores, of assessments in their places: the number alone, never which or how.';

-- Columns that submissions were given after the view was made.
create or replace view assessment.counted_submission with (security_invoker = true) as
	select * from assessment.submission where superseded_by is null and review_state <> 'rejected';

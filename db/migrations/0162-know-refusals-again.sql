-- A phone that lost our answer asks again, also after the round was closed.

create function assessment.knows_refusal(round uuid, refusal uuid) returns boolean
	language sql stable security definer set search_path = ''
	as $$ select exists (select from assessment.refusal r where r.id = refusal and r.round_id = knows_refusal.round
		and (r.token_id = platform.actor_token() or r.person_id = platform.actor_person())) $$;
comment on function assessment.knows_refusal is 'Whether this refusal has arrived, for the link or the person that sent it.';
alter function assessment.knows_refusal owner to hamkor_definer;
revoke all on function assessment.knows_refusal from public;
grant execute on function assessment.knows_refusal to hamkor_app;

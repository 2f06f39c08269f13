-- Whether a code can go.

create function assessment.code_used(code uuid) returns boolean language sql stable security definer set search_path = ''
	as $$ select exists (select from assessment.segment s join assessment.code c on c.id = s.code_id where s.code_id = code_used.code
		and c.programme_id = any(network.programmes_with('{coordinator,analyst}'))) $$;
comment on function assessment.code_used is 'Whether anybody''s segment stands under a code, those included that the acting person does not see: yes or no, nothing else.';
alter function assessment.code_used owner to hamkor_definer;
revoke all on function assessment.code_used from public;
grant execute on function assessment.code_used to hamkor_app;

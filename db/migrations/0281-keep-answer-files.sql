-- A file that came with answers opens with the answers (assessment.attachment), and not to whoever holds a role in the programme.
create index attachment_file on assessment.attachment (file_id) where file_id is not null;

create function assessment.came_with_answers(file uuid) returns boolean language sql stable security definer set search_path = ''
	as $$ select exists (select from assessment.attachment a where a.file_id = came_with_answers.file) $$;
comment on function assessment.came_with_answers is 'Whether a file came with answers, also with such as the actor may not see.';
alter function assessment.came_with_answers(uuid) owner to hamkor_definer;
revoke all on function assessment.came_with_answers(uuid) from public;
grant execute on function assessment.came_with_answers(uuid) to hamkor_app, hamkor_definer;

alter policy members on platform.file using (
	programme_id = any((select network.programmes_with('{coordinator,member,analyst,reviewer,official}'))::uuid[]) and not assessment.came_with_answers(id));

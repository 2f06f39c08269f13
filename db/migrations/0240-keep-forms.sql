-- What somebody typed into a form and has not sent yet, kept for that person alone.

create table platform.kept_form (
	person_id uuid not null references network.person (id),
	path text not null check (path ~ '^/' and char_length(path) <= 300),
	typed jsonb not null check (pg_column_size(typed) <= 1000000),
	kept_at timestamptz not null default clock_timestamp(),
	primary key (person_id, path)
);
comment on table platform.kept_form is 'What a person typed into the form of a page and has not sent yet: names and texts in order. Seen by that person alone, forgotten when the form is carried out and after 30 days.';
comment on column platform.kept_form.path is 'The page without its language.';
call platform.fence('platform.kept_form', 'select, insert, update, delete');
create policy own on platform.kept_form to hamkor_app
	using (person_id = (select platform.actor_person())) with check (person_id = (select platform.actor_person()));
create policy forgetting on platform.kept_form for delete to hamkor_app
	using ((select platform.actor_task()) = 'kept-forms' and kept_at < now() - interval '30 days');
create policy looking on platform.kept_form for select to hamkor_app
	using ((select platform.actor_task()) = 'kept-forms' and kept_at < now() - interval '30 days');

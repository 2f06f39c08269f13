-- Where somebody wants to be told by e-mail that something waits for her: her own choice, and only after she has shown that she reads there.

create table platform.mail_address (
	person_id uuid primary key references platform.account (person_id),
	address text not null check (length(address) <= 254 and address ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
	code_hash bytea not null,
	asked_at timestamptz not null default clock_timestamp(),
	confirmed_at timestamptz
);
comment on table platform.mail_address is 'A person''s e-mail address for messages that say that something waits. Nobody sees it but she herself and the task that sends; nothing goes there before it is confirmed.';
comment on column platform.mail_address.code_hash is 'Keyed digest of the code that was sent there.';
call platform.fence('platform.mail_address', 'select, insert, update, delete');
create policy own on platform.mail_address to hamkor_app
	using (person_id = (select platform.actor_person())) with check (person_id = (select platform.actor_person()));
call platform.let_task('platform.mail_address', 'mail', 'select');

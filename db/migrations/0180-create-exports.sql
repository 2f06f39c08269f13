-- Getting the data out: a line for every export of answers, and feeds by which a spreadsheet reads them (OData).

create table assessment.answer_export (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	rounds uuid[] not null,
	person_id uuid not null references network.person (id),
	format text not null check (format in ('csv', 'xlsx', 'spss', 'spss-syntax', 'stata', 'r')),
	choices jsonb not null,
	submissions integer not null,
	total integer not null,
	job_id uuid,
	file_name text,
	bytes bigint,
	kept_until timestamptz,
	made_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id),
	check (round_id = any(rounds)),
	check ((file_name is null) = (bytes is null) and (file_name is null) = (kept_until is null))
);
comment on table assessment.answer_export is 'That answers left row by row: who took them, from which rounds, in which form, how many of how many. Written before the first row leaves. Holds no answer.';
comment on column assessment.answer_export.kept_until is 'For one prepared by a job: until when its file lies in the data folder. It is removed earlier when an answer of its rounds is erased.';
create index on assessment.answer_export (round_id, made_at);
create index on assessment.answer_export (kept_until) where kept_until is not null;
call platform.fence('assessment.answer_export');
create policy readers on assessment.answer_export for select to hamkor_app using (
	person_id = (select platform.actor_person())
		or programme_id = any((select network.programmes_with('{coordinator}'))::uuid[])
		or rounds && (select assessment.analysed_rounds())::uuid[]);
create policy makers on assessment.answer_export for insert to hamkor_app with check (
	person_id = (select platform.actor_person()) and rounds <@ (select assessment.analysed_rounds())::uuid[]);
create policy keepers on assessment.answer_export for update to hamkor_app
	using (person_id = (select platform.actor_person())) with check (person_id = (select platform.actor_person()));
call platform.let_task('assessment.answer_export', 'exports');
call platform.let_task('assessment.erasure', 'exports', 'select');

create table assessment.answer_feed (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	person_id uuid not null references network.person (id),
	label text not null check (char_length(label) between 1 and 100),
	token_hash bytea not null unique,
	expires_at timestamptz not null,
	revoked_at timestamptz,
	last_used_at timestamptz,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id)
);
comment on table assessment.answer_feed is 'A way for one spreadsheet or analysis to read the answers of one round (OData), while who made it is a named analyst of it; only the hash of its secret is kept.';
create index on assessment.answer_feed (round_id);
call platform.fence('assessment.answer_feed');
create policy readers on assessment.answer_feed for select to hamkor_app using (
	person_id = (select platform.actor_person())
		or programme_id = any((select network.programmes_with('{coordinator}'))::uuid[])
		or round_id = any((select assessment.analysed_rounds())::uuid[]));
create policy makers on assessment.answer_feed for insert to hamkor_app with check (
	person_id = (select platform.actor_person()) and round_id = any((select assessment.analysed_rounds())::uuid[]));
create policy revokers on assessment.answer_feed for update to hamkor_app
	using (person_id = (select platform.actor_person())
		or programme_id = any((select network.programmes_with('{coordinator}'))::uuid[])
		or round_id = any((select assessment.analysed_rounds())::uuid[]))
	with check (person_id = (select platform.actor_person())
		or programme_id = any((select network.programmes_with('{coordinator}'))::uuid[])
		or round_id = any((select assessment.analysed_rounds())::uuid[]));
call platform.let_task('assessment.answer_feed', 'exports');

-- The feed as an actor: it sees the answers of its round that count, and no other row of any table but their parts.

create function platform.actor_feed() returns uuid language sql stable parallel safe
	return case when platform.actor_kind() = 'feed' then platform.actor_id()::uuid end;
comment on function platform.actor_feed is 'The feed of answers this transaction acts as, or null.';
comment on function platform.actor_kind is 'person, token, feed, public or system; null when the transaction has stated no actor: then nothing is visible.';
comment on function platform.actor_id is 'The id of the person, token or feed, the name of the system task, or public.';
alter table platform.journal drop constraint journal_actor_kind_check,
	add constraint journal_actor_kind_check check (actor_kind in ('person', 'token', 'feed', 'public', 'system'));

create function assessment.fed_round() returns uuid language plpgsql stable security definer set search_path = ''
	as $$
	begin
		return (select f.round_id from assessment.answer_feed f
			join assessment.round_analyst a on a.round_id = f.round_id and a.person_id = f.person_id
			where f.id = platform.actor_feed() and f.revoked_at is null and f.expires_at > now()
				and not exists (select from platform.account c where c.person_id = f.person_id and c.disabled_at is not null)
				and exists (select from network.role_grant g where g.person_id = f.person_id and g.programme_id = f.programme_id and g.ended_at is null
					and g.role in ('coordinator', 'member', 'analyst', 'reviewer', 'official')));
	end $$;
comment on function assessment.fed_round is 'The round that the acting feed may read: while it stands, and while who made it is a named analyst of the round with a role in the programme. Else null.';

create function assessment.fed_form()
	returns table (round_id uuid, programme_id uuid, number integer, name jsonb, version text, model jsonb, places jsonb)
	language sql stable security definer set search_path = ''
	as $$ select r.id, r.programme_id, r.number, r.name, v.version, v.model,
			(select coalesce(jsonb_object_agg(p.id, jsonb_build_object('name', p.name, 'code', p.code)), '{}') from network.place p where p.programme_id = r.programme_id)
		from assessment.round r join assessment.instrument_version v on v.id = r.instrument_version_id
		where r.id = assessment.fed_round() $$;
comment on function assessment.fed_form is 'What the acting feed is about: the round, its questionnaire and the names of the programme''s places.';

do $$
declare
	f text;
begin
	foreach f in array array['assessment.fed_round()', 'assessment.fed_form()'] loop
		execute format('alter function %s owner to hamkor_definer', f);
		execute format('revoke all on function %s from public', f);
		execute format('grant execute on function %s to hamkor_app', f);
	end loop;
end $$;
grant execute on function assessment.fed_round() to hamkor_definer;

create policy feed on assessment.submission for select to hamkor_app using (
	(select platform.actor_kind()) = 'feed' and round_id = (select assessment.fed_round()) and superseded_by is null and review_state <> 'rejected');

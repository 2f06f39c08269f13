-- Scoring sessions: several people score gaps on their own phones, see the spread, talk, and score again.

create table gaps.session (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	place_id uuid,
	number integer not null,
	title jsonb not null,
	code text not null check (code ~ '^[A-Z2-9]{6}$'),
	state text not null default 'draft' check (state in ('draft', 'scoring', 'shown', 'adopted', 'cancelled')),
	turn integer not null default 1 check (turn between 1 and 5),
	search text not null default '',
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	updated_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, number),
	unique (programme_id, code),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table gaps.session is 'Several people score gaps, each for themselves; the spread is shown when a turn is over, and the result adopted.';
call network.fence_placed('gaps.session', '{coordinator,member,analyst,reviewer,official}', '{coordinator}');
alter table gaps.gap add foreign key (programme_id, session_id) references gaps.session (programme_id, id);

create table gaps.session_gap (
	programme_id uuid not null,
	session_id uuid not null,
	gap_id uuid not null,
	position integer not null,
	severity numeric(2, 1),
	feasibility numeric(2, 1),
	dissent jsonb not null default '{}',
	primary key (session_id, gap_id),
	foreign key (programme_id, session_id) references gaps.session (programme_id, id),
	foreign key (programme_id, gap_id) references gaps.gap (programme_id, id)
);
comment on table gaps.session_gap is 'A gap that is scored in a session; once adopted, the medians and how many scored two or more away from them.';
call network.fence_part('gaps.session_gap', 'gaps.session', 'session_id', '{coordinator}', 'select, insert, update, delete');

create table gaps.voice (
	id uuid primary key,
	programme_id uuid not null,
	session_id uuid not null,
	person_id uuid references network.person (id),
	label text,
	entered_by uuid not null references network.person (id),
	joined_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (session_id, person_id),
	foreign key (programme_id, session_id) references gaps.session (programme_id, id),
	check ((person_id is null) = (label is not null)),
	check (person_id is null or person_id = entered_by)
);
comment on table gaps.voice is 'One voice in a session: a person who scores on their own phone, or a paper sheet of somebody without an account, entered by who moderates (label: which group, never a name).';
call platform.fence('gaps.voice');
create policy readers on gaps.voice for select to hamkor_app using (
	exists (select from gaps.session s where s.id = session_id and s.programme_id = voice.programme_id));
create policy writers on gaps.voice for insert to hamkor_app with check (
	entered_by = (select platform.actor_person())
	and exists (select from gaps.session s where s.id = session_id and s.programme_id = voice.programme_id)
	and programme_id = any((select network.programmes_with(case when person_id is null then '{coordinator}' else '{coordinator,member,analyst,reviewer,official}' end::text[]))::uuid[]));

create table gaps.vote (
	programme_id uuid not null,
	session_id uuid not null,
	voice_id uuid not null,
	gap_id uuid not null,
	turn integer not null,
	severity integer check (severity between 1 and 5),
	feasibility integer check (feasibility between 1 and 5),
	note text check (length(note) <= 500),
	updated_at timestamptz not null default clock_timestamp(),
	primary key (voice_id, gap_id, turn),
	foreign key (programme_id, voice_id) references gaps.voice (programme_id, id),
	foreign key (session_id, gap_id) references gaps.session_gap (session_id, gap_id)
);
comment on table gaps.vote is 'How one voice scores one gap in one turn. Seen by whoever entered it and nobody else, before and after: others see the spread.';
create index on gaps.vote (session_id, turn);
call platform.fence('gaps.vote');
create policy own on gaps.vote to hamkor_app
	using (exists (select from gaps.voice v where v.id = voice_id and v.session_id = vote.session_id and v.entered_by = (select platform.actor_person())))
	with check (exists (select from gaps.voice v where v.id = voice_id and v.session_id = vote.session_id and v.entered_by = (select platform.actor_person())));

create function gaps.hold_vote() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		session record;
	begin
		-- Waits for whoever closes the turn just now: a vote is in before it is shown, or refused.
		select s.state, s.turn into session from gaps.session s where s.id = new.session_id for share;
		if session.state is distinct from 'scoring' or session.turn is distinct from new.turn then
			raise exception 'session.not-scoring' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function gaps.hold_vote is 'Votes are taken while a turn is open, and not afterwards.';
alter function gaps.hold_vote owner to hamkor_definer;
create trigger hold_vote before insert or update on gaps.vote for each row execute function gaps.hold_vote();

create function gaps.told_sessions() returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(s.id), '{}') from gaps.session s
		where case when s.place_id is null then s.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}'))
			else s.programme_id = any(network.programmes_wide('{coordinator,member,analyst,reviewer,official}'))
				or s.place_id = any(network.places_within('{coordinator,member,analyst,reviewer,official}')) end $$;
comment on function gaps.told_sessions is 'Sessions that the acting person may see.';

create function gaps.spread(session uuid) returns table (gap_id uuid, turn integer, component text, value integer, voices bigint)
	language sql stable security definer set search_path = ''
	as $$ select v.gap_id, v.turn, c.component, c.value, count(*) from gaps.vote v
		join gaps.session s on s.id = v.session_id
		cross join lateral (values ('severity', v.severity), ('feasibility', v.feasibility)) c (component, value)
		where v.session_id = spread.session and c.value is not null and v.session_id = any(gaps.told_sessions())
			and (s.state in ('shown', 'adopted') or v.turn < s.turn)
		group by 1, 2, 3, 4 order by 1, 2, 3, 4 $$;
comment on function gaps.spread is 'How often each score was given in the turns that are over. Never who gave which.';

create function gaps.session_notes(session uuid) returns table (gap_id uuid, turn integer, note text)
	language sql stable security definer set search_path = ''
	as $$ select v.gap_id, v.turn, v.note from gaps.vote v join gaps.session s on s.id = v.session_id
		where v.session_id = session_notes.session and coalesce(v.note, '') <> '' and v.session_id = any(gaps.told_sessions())
			and (s.state in ('shown', 'adopted') or v.turn < s.turn)
		order by 1, 2, md5(v.note) $$;
comment on function gaps.session_notes is 'What was noted beside the scores in the turns that are over, in no order that tells who wrote it.';

create function gaps.session_progress(session uuid) returns table (voices bigint, whole bigint)
	language sql stable security definer set search_path = ''
	as $$ with asked as (select count(*) as n from gaps.session_gap g where g.session_id = session_progress.session),
			each_voice as (select v.id, (select count(*) from gaps.vote b where b.voice_id = v.id and b.turn = s.turn and b.severity is not null and b.feasibility is not null) as scored
				from gaps.voice v join gaps.session s on s.id = v.session_id
				where v.session_id = session_progress.session and v.session_id = any(gaps.told_sessions()))
		select count(*), count(*) filter (where scored = asked.n) from each_voice, asked $$;
comment on function gaps.session_progress is 'How many take part, and how many have scored every gap in this turn.';

do $$
declare
	f text;
begin
	foreach f in array array['gaps.told_sessions()', 'gaps.spread(uuid)', 'gaps.session_notes(uuid)', 'gaps.session_progress(uuid)'] loop
		execute format('alter function %s owner to hamkor_definer', f);
		execute format('revoke all on function %s from public', f);
		execute format('grant execute on function %s to hamkor_app', f);
	end loop;
end $$;

-- Interviews: their text after masking, the codebook, independent codings, segments, and quotations made from them.

create table assessment.interview_analyst (
	programme_id uuid not null references network.programme (id),
	person_id uuid not null references network.person (id),
	primary key (programme_id, person_id)
);
comment on table assessment.interview_analyst is 'Who reads interviews that belong to no round. Interviews of a round are read by its named analysts.';

create function assessment.interview_programmes() returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(a.programme_id), '{}') from assessment.interview_analyst a
		where a.person_id = platform.actor_person()
			and a.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}')) $$;
comment on function assessment.interview_programmes is 'Programmes whose interviews outside a round the acting person is named to read, while still holding a role there.';

create table assessment.interview (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	round_id uuid,
	place_id uuid,
	number integer not null,
	kind text not null check (kind in ('interview', 'focus_group')),
	organisation_type text check (organisation_type in ('cso', 'women_led_cso', 'cso_shelter', 'state_rehabilitation_centre', 'local_authority',
		'makhalla_committee', 'community_security_working_group', 'ministry', 'commission', 'national_centre', 'donor', 'ingo')),
	held_on date,
	language text not null check (language in ('uz', 'uz-Cyrl', 'ru', 'kaa', 'en')),
	consent_level text not null check (consent_level in ('none', 'analysis', 'anonymous', 'role')),
	coders_wanted integer not null default 2 check (coders_wanted in (1, 2)),
	body text not null,
	struck integer not null default 0 check (struck >= 0),
	made_up boolean not null default false,
	erased_at timestamptz,
	erased_reason text,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, number),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table assessment.interview is 'An interview or focus group as text, stored after masking and never before it: who spoke is an organisation type, never a name.';
comment on column assessment.interview.consent_level is 'What the person agreed to: none (analysed, never quoted), analysis (quoted inside the programme), anonymous (quoted without role), role (quoted with the role).';
comment on column assessment.interview.body is 'The masked text, in Unicode NFC with single line feeds; positions in it count code points from 0.';
comment on column assessment.interview.struck is 'How many passages were struck.';

call platform.fence('assessment.interview_analyst', 'select, insert, delete');
create policy readers on assessment.interview_analyst for select to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,member,analyst,reviewer,official}'))::uuid[]));
create policy writers on assessment.interview_analyst for insert to hamkor_app with check (
	programme_id = any((select network.programmes_with('{coordinator}'))::uuid[]));
create policy removers on assessment.interview_analyst for delete to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator}'))::uuid[]));

call platform.fence('assessment.interview');
create policy readers on assessment.interview for select to hamkor_app using (
	case when round_id is null then programme_id = any((select assessment.interview_programmes())::uuid[])
		else round_id = any((select assessment.analysed_rounds())::uuid[]) end);
create policy writers on assessment.interview for insert to hamkor_app with check (
	programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[])
	and case when round_id is null then programme_id = any((select assessment.interview_programmes())::uuid[])
		else round_id = any((select assessment.analysed_rounds())::uuid[]) end);
create policy changers on assessment.interview for update to hamkor_app
	using (programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]))
	with check (programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[])
		and case when round_id is null then programme_id = any((select assessment.interview_programmes())::uuid[])
			else round_id = any((select assessment.analysed_rounds())::uuid[]) end);

-- The codebook ----------------------------------------------------------------------------------------------------

create table assessment.code (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	parent_id uuid,
	position integer not null default 0,
	name jsonb not null,
	definition jsonb not null default '{}',
	use_when jsonb not null default '{}',
	use_not jsonb not null default '{}',
	examples jsonb not null default '{}',
	memo text not null default '',
	colour integer not null default 0 check (colour between 0 and 11),
	state text not null default 'active' check (state in ('active', 'retired', 'merged')),
	merged_into_id uuid,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, parent_id) references assessment.code (programme_id, id) deferrable initially deferred,
	foreign key (programme_id, merged_into_id) references assessment.code (programme_id, id) deferrable initially deferred,
	check ((state = 'merged') = (merged_into_id is not null)),
	check (parent_id is distinct from id and merged_into_id is distinct from id)
);
comment on table assessment.code is 'A code of the programme''s shared codebook, in a tree. A merged code keeps its segments and is read as the one it was merged into, so that a merge can be taken back.';
comment on column assessment.code.colour is 'One of twelve colours, each with its own pattern of line.';
create index on assessment.code (programme_id);
call platform.fence('assessment.code', 'select, insert, update, delete');
create policy readers on assessment.code for select to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,member,analyst,reviewer,official}'))::uuid[]));
create policy writers on assessment.code for insert to hamkor_app with check (
	programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]));
create policy changers on assessment.code for update to hamkor_app
	using (programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]))
	with check (programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]));
create policy removers on assessment.code for delete to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]));

create function assessment.hold_code() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if exists (with recursive up (id, merged_into_id, depth) as (
				select c.id, c.merged_into_id, 1 from assessment.code c where c.id = new.merged_into_id
				union all select c.id, c.merged_into_id, up.depth + 1 from assessment.code c join up on c.id = up.merged_into_id where up.depth < 100)
			select from up where up.id = new.id) then
			raise exception 'code.circle' using errcode = 'HM001';
		end if;
		if exists (with recursive up (id, parent_id, depth) as (
				select c.id, c.parent_id, 1 from assessment.code c where c.id = new.parent_id
				union all select c.id, c.parent_id, up.depth + 1 from assessment.code c join up on c.id = up.parent_id where up.depth < 100)
			select from up where up.id = new.id) then
			raise exception 'code.circle' using errcode = 'HM001';
		end if;
		return null;
	end $$;
comment on function assessment.hold_code is 'The codebook is a tree, and merging leads somewhere: no code stands above itself or is merged into itself by a detour.';
alter function assessment.hold_code owner to hamkor_definer;
create constraint trigger hold_code after insert or update on assessment.code deferrable initially deferred for each row execute function assessment.hold_code();

-- Codings: each coder's own, blind until all are done ------------------------------------------------------------------

create table assessment.coding (
	id uuid primary key,
	programme_id uuid not null,
	interview_id uuid not null,
	kind text not null check (kind in ('coder', 'agreed', 'imported')),
	coder_id uuid references network.person (id),
	label text not null default '',
	done_at timestamptz,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (interview_id, coder_id),
	foreign key (programme_id, interview_id) references assessment.interview (programme_id, id),
	check ((kind = 'coder') = (coder_id is not null))
);
comment on table assessment.coding is 'One coder''s coding of an interview; or the one agreed upon afterwards; or one that came with an imported project.';
create unique index coding_agreed on assessment.coding (interview_id) where kind = 'agreed';

create table assessment.segment (
	id uuid primary key,
	programme_id uuid not null,
	coding_id uuid not null,
	code_id uuid not null,
	starts integer not null check (starts >= 0),
	ends integer not null,
	memo text not null default '',
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, coding_id) references assessment.coding (programme_id, id),
	foreign key (programme_id, code_id) references assessment.code (programme_id, id),
	check (ends > starts)
);
comment on table assessment.segment is 'A passage of an interview under a code: code points from starts up to, not including, ends.';
create index on assessment.segment (coding_id);
create index on assessment.segment (code_id);

create table assessment.interview_memo (
	programme_id uuid not null,
	coding_id uuid primary key,
	memo text not null,
	foreign key (programme_id, coding_id) references assessment.coding (programme_id, id)
);
comment on table assessment.interview_memo is 'A coder''s memo on a whole interview.';

create table assessment.coding_step (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	coding_id uuid,
	position integer not null,
	verb text not null,
	changes jsonb not null,
	undone boolean not null default false,
	person_id uuid,
	made_at timestamptz not null default clock_timestamp(),
	unique nulls not distinct (programme_id, coding_id, position),
	foreign key (programme_id, coding_id) references assessment.coding (programme_id, id)
);
comment on table assessment.coding_step is 'A change to a coding, or (coding_id null) to the codebook, with the rows before and after it: what undo and redo go by, and the codebook''s history.';

create function assessment.is_unblinded(interview uuid) returns boolean language sql stable security definer set search_path = ''
	as $$ select coalesce((select count(c.id) >= max(i.coders_wanted) and bool_and(c.done_at is not null)
		from assessment.interview i join assessment.coding c on c.interview_id = i.id and c.kind <> 'agreed' where i.id = is_unblinded.interview), false) $$;
comment on function assessment.is_unblinded is 'Whether as many codings as are wanted are all done, so that each may be seen beside the others.';

create function assessment.seen_codings() returns uuid[] language sql stable security definer set search_path = ''
	as $$ with mine as (
			select i.id, i.coders_wanted from assessment.interview i
			where case when i.round_id is null then i.programme_id = any((select assessment.interview_programmes())::uuid[])
				else i.round_id = any((select assessment.analysed_rounds())::uuid[]) end),
		told as (
			select c.interview_id, count(*) >= max(m.coders_wanted) and bool_and(c.done_at is not null) as unblinded
			from assessment.coding c join mine m on m.id = c.interview_id where c.kind <> 'agreed' group by c.interview_id)
		select coalesce(array_agg(c.id), '{}') from assessment.coding c join mine m on m.id = c.interview_id
			left join told t on t.interview_id = c.interview_id
		where c.coder_id = platform.actor_person() or c.kind = 'agreed' or t.unblinded
			or (c.kind = 'imported' and c.created_by = platform.actor_person()) $$;
comment on function assessment.seen_codings is 'Codings whose segments the acting person sees: the own, the agreed, and all of an interview once every one is done.';

create function assessment.written_codings() returns uuid[] language sql stable security definer set search_path = ''
	as $$ select coalesce(array_agg(c.id), '{}') from assessment.coding c join assessment.interview i on i.id = c.interview_id
		where c.done_at is null and i.erased_at is null
			and case when i.round_id is null then i.programme_id = any((select assessment.interview_programmes())::uuid[])
				else i.round_id = any((select assessment.analysed_rounds())::uuid[]) end
			and case c.kind when 'coder' then c.coder_id = platform.actor_person() when 'imported' then c.created_by = platform.actor_person()
				else i.programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]) end $$;
comment on function assessment.written_codings is 'Codings that the acting person writes: the own until it is done, and the agreed one.';

do $$
declare
	f text;
begin
	foreach f in array array['assessment.interview_programmes()', 'assessment.is_unblinded(uuid)', 'assessment.seen_codings()', 'assessment.written_codings()'] loop
		execute format('alter function %s owner to hamkor_definer', f);
		execute format('revoke all on function %s from public', f);
		execute format('grant execute on function %s to hamkor_app', f);
	end loop;
end $$;

call platform.fence('assessment.coding');
create policy readers on assessment.coding for select to hamkor_app using (
	exists (select from assessment.interview i where i.id = interview_id and i.programme_id = coding.programme_id));
create policy writers on assessment.coding for insert to hamkor_app with check (
	exists (select from assessment.interview i where i.id = interview_id and i.programme_id = coding.programme_id)
	and created_by = (select platform.actor_person())
	and case kind when 'coder' then coder_id = (select platform.actor_person())
		else programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]) end);
create policy changers on assessment.coding for update to hamkor_app
	using (exists (select from assessment.interview i where i.id = interview_id)
		and case kind when 'coder' then coder_id = (select platform.actor_person())
			else programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]) end)
	with check (exists (select from assessment.interview i where i.id = interview_id and i.programme_id = coding.programme_id)
		and case kind when 'coder' then coder_id = (select platform.actor_person())
			else programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]) end);

do $$
declare
	part text;
	seen text := 'coding_id = any((select assessment.seen_codings())::uuid[])';
	written text := 'coding_id = any((select assessment.written_codings())::uuid[])';
begin
	foreach part in array array['segment', 'interview_memo'] loop
		execute format('call platform.fence(%L, ''select, insert, update, delete'')', 'assessment.' || part);
		execute format('create policy readers on assessment.%I for select to hamkor_app using (%s)', part, seen);
		execute format('create policy writers on assessment.%I for insert to hamkor_app with check (%s)', part, written);
		execute format('create policy changers on assessment.%I for update to hamkor_app using (%s) with check (%s)', part, written, written);
		execute format('create policy removers on assessment.%I for delete to hamkor_app using (%s)', part, written);
	end loop;
end $$;

call platform.fence('assessment.coding_step', 'select, insert, update, delete');
create policy readers on assessment.coding_step for select to hamkor_app using (
	case when coding_id is null then programme_id = any((select network.programmes_with('{coordinator,member,analyst,reviewer,official}'))::uuid[])
		else coding_id = any((select assessment.seen_codings())::uuid[]) end);
create policy writers on assessment.coding_step for insert to hamkor_app with check (
	case when coding_id is null then programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[])
		else coding_id = any((select assessment.written_codings())::uuid[]) end);
create policy changers on assessment.coding_step for update to hamkor_app
	using (case when coding_id is null then programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[])
		else coding_id = any((select assessment.written_codings())::uuid[]) end)
	with check (case when coding_id is null then programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[])
		else coding_id = any((select assessment.written_codings())::uuid[]) end);
create policy removers on assessment.coding_step for delete to hamkor_app using (
	case when coding_id is null then programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[])
		else coding_id = any((select assessment.written_codings())::uuid[]) end);

create function assessment.hold_coding() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		-- Whoever codes one interview waits for the other: two who finish at once must not both miss it.
		perform from assessment.interview i where i.id = new.interview_id for update;
		if tg_op = 'INSERT' then
			if new.kind = 'agreed' and not assessment.is_unblinded(new.interview_id) then
				raise exception 'coding.blind' using errcode = 'HM001';
			elsif new.kind = 'coder' and assessment.is_unblinded(new.interview_id) then
				raise exception 'coding.unblinded' using errcode = 'HM001';
			end if;
		elsif new.kind <> old.kind or new.interview_id <> old.interview_id or new.coder_id is distinct from old.coder_id then
			raise exception 'coding.unblinded' using errcode = 'HM001';
		elsif new.kind <> 'agreed' and old.done_at is not null and new.done_at is null and assessment.is_unblinded(new.interview_id) then
			raise exception 'coding.unblinded' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.hold_coding is 'Coders are blind to each other until all are done; after that nobody begins or takes up an independent coding, and only then is one agreed upon.';
alter function assessment.hold_coding owner to hamkor_definer;
create trigger hold_coding before insert or update on assessment.coding for each row execute function assessment.hold_coding();

create function assessment.hold_segment() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if new.ends > (select char_length(i.body) from assessment.coding c join assessment.interview i on i.id = c.interview_id where c.id = new.coding_id) then
			raise exception 'coding.outside-text' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.hold_segment is 'A segment lies within its interview''s text.';
alter function assessment.hold_segment owner to hamkor_definer;
create trigger hold_segment before insert or update on assessment.segment for each row execute function assessment.hold_segment();

-- Quotations from segments, and what the person agreed to ------------------------------------------------------------

alter table assessment.quotation
	add column interview_id uuid,
	add column segment_id uuid,
	add foreign key (programme_id, interview_id) references assessment.interview (programme_id, id),
	add foreign key (programme_id, segment_id) references assessment.segment (programme_id, id) on delete set null (segment_id),
	add check (segment_id is null or interview_id is not null);
comment on column assessment.quotation.interview_id is 'The interview it was said in; its consent level bounds the quotation''s.';
comment on column assessment.quotation.segment_id is 'The coded passage it was taken from; null again when the passage was erased.';
create index on assessment.quotation (interview_id) where interview_id is not null;
create index on assessment.quotation (segment_id) where segment_id is not null;

create function assessment.most_quotable(consent text) returns text language sql immutable set search_path = ''
	as $$ select case consent when 'role' then 'public' when 'anonymous' then 'anonymous' else 'internal' end $$;
comment on function assessment.most_quotable is 'How far a quotation may go at most, by what was agreed to in the interview.';

create function assessment.hold_quotation_consent() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		consent text;
	begin
		if new.interview_id is null then
			return new;
		end if;
		select i.consent_level into consent from assessment.interview i where i.id = new.interview_id for share;
		if tg_op = 'INSERT' and consent = 'none'
			or array_position(array['internal', 'anonymous', 'public'], new.consent_level) > array_position(array['internal', 'anonymous', 'public'], assessment.most_quotable(consent)) then
			raise exception 'quotation.consent' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.hold_quotation_consent is 'A quotation from an interview goes no further than its speaker agreed to, and is not made where she agreed to none.';
alter function assessment.hold_quotation_consent owner to hamkor_definer;
create trigger hold_quotation_consent before insert or update on assessment.quotation for each row execute function assessment.hold_quotation_consent();

create function assessment.hold_interview() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if new.coders_wanted <> old.coders_wanted and assessment.is_unblinded(old.id) then
			raise exception 'coding.unblinded' using errcode = 'HM001';
		end if;
		if new.consent_level <> old.consent_level then
			update assessment.quotation q set consent_level = assessment.most_quotable(new.consent_level)
				where q.interview_id = new.id and array_position(array['internal', 'anonymous', 'public'], q.consent_level)
					> array_position(array['internal', 'anonymous', 'public'], assessment.most_quotable(new.consent_level));
		end if;
		return null;
	end $$;
comment on function assessment.hold_interview is 'When somebody agrees to less than before, her quotations follow; how many coders are wanted is settled once they have seen each other.';
alter function assessment.hold_interview owner to hamkor_definer;
create trigger hold_interview after update on assessment.interview for each row execute function assessment.hold_interview();

create function policy.hold_quoted_consent() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if exists (select from policy.briefing_block b join assessment.quotation q on q.id = b.quotation_id
			where b.briefing_id = new.id and q.consent_level = 'internal') then
			raise exception 'briefing.quotation-internal' using errcode = 'HM001';
		end if;
		return null;
	end $$;
comment on function policy.hold_quoted_consent is 'No briefing goes out with words whose speaker did not agree to it, whatever the program above decides.';
alter function policy.hold_quoted_consent owner to hamkor_definer;
create trigger hold_quoted_consent after insert or update on policy.briefing for each row when (new.state = 'published')
	execute function policy.hold_quoted_consent();

-- Striking more, and erasing -------------------------------------------------------------------------------------------

create function assessment.may_change_interview(interview uuid) returns boolean language sql stable security definer set search_path = ''
	as $$ select exists (select from assessment.interview i where i.id = may_change_interview.interview and i.erased_at is null
		and i.programme_id = any(network.programmes_with('{coordinator,analyst}'))
		and case when i.round_id is null then i.programme_id = any(assessment.interview_programmes()) else i.round_id = any(assessment.analysed_rounds()) end) $$;
comment on function assessment.may_change_interview is 'Whether the acting person reads this interview and may strike in it or erase it.';

create function assessment.strike(interview uuid, span_starts integer, span_ends integer, mark text) returns boolean
	language plpgsql security definer set search_path = ''
	as $$
	declare
		less integer := span_ends - span_starts - char_length(mark);
	begin
		if not assessment.may_change_interview(interview) then
			return false;
		end if;
		perform from assessment.interview i where i.id = strike.interview for update;
		-- Longer ends first: a segment must lie within the text at every moment.
		if less < 0 then
			update assessment.interview i set body = overlay(i.body placing mark from span_starts + 1 for span_ends - span_starts), struck = i.struck + 1 where i.id = strike.interview;
		end if;
		update assessment.segment s set
			starts = case when s.starts >= span_ends then s.starts - less when s.starts > span_starts then span_starts else s.starts end,
			ends = case when s.ends >= span_ends then s.ends - less when s.ends > span_starts then span_starts + char_length(mark) else s.ends end
			from assessment.coding c where c.id = s.coding_id and c.interview_id = strike.interview and s.ends > span_starts;
		if less >= 0 then
			update assessment.interview i set body = overlay(i.body placing mark from span_starts + 1 for span_ends - span_starts), struck = i.struck + 1 where i.id = strike.interview;
		end if;
		delete from assessment.coding_step t using assessment.coding c where c.id = t.coding_id and c.interview_id = strike.interview;
		return true;
	end $$;
comment on function assessment.strike is 'Strikes a passage of a stored interview for good: every coder''s segments move along, and steps that could bring back positions of before are dropped.';

create function assessment.erase_interview(interview uuid, reason text) returns boolean language plpgsql security definer set search_path = ''
	as $$
	begin
		if not assessment.may_change_interview(interview) then
			return false;
		end if;
		delete from assessment.coding_step t using assessment.coding c where c.id = t.coding_id and c.interview_id = erase_interview.interview;
		delete from assessment.interview_memo m using assessment.coding c where c.id = m.coding_id and c.interview_id = erase_interview.interview;
		delete from assessment.segment s using assessment.coding c where c.id = s.coding_id and c.interview_id = erase_interview.interview;
		update assessment.interview i set body = '', consent_level = 'none', erased_at = clock_timestamp(), erased_reason = reason where i.id = erase_interview.interview;
		return true;
	end $$;
comment on function assessment.erase_interview is 'Erases an interview''s text, segments and memos; its quotations go no further than the programme from then on.';
do $$
declare
	f text;
begin
	foreach f in array array['assessment.may_change_interview(uuid)', 'assessment.strike(uuid, integer, integer, text)', 'assessment.erase_interview(uuid, text)'] loop
		execute format('alter function %s owner to hamkor_definer', f);
		execute format('revoke all on function %s from public', f);
		execute format('grant execute on function %s to hamkor_app', f);
	end loop;
end $$;

-- What becomes of a gap: merged, split, met with evidence, watched by the next round's figures.

create table gaps.lineage (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	kind text not null check (kind in ('merge', 'split')),
	from_gap_id uuid not null,
	into_gap_id uuid not null,
	reason text not null check (reason <> ''),
	made_by uuid,
	made_at timestamptz not null default clock_timestamp(),
	undone_by uuid,
	undone_at timestamptz,
	foreign key (programme_id, from_gap_id) references gaps.gap (programme_id, id),
	foreign key (programme_id, into_gap_id) references gaps.gap (programme_id, id),
	check (from_gap_id <> into_gap_id)
);
comment on table gaps.lineage is 'Which gap a gap was merged into, or which it was split into, and why. Undone, never deleted.';
create unique index on gaps.lineage (from_gap_id, into_gap_id) where undone_at is null;
create index on gaps.lineage (into_gap_id);
call platform.fence('gaps.lineage');
create policy readers on gaps.lineage for select to hamkor_app using (
	exists (select from gaps.gap g where g.id in (from_gap_id, into_gap_id) and g.programme_id = lineage.programme_id));
create policy writers on gaps.lineage for insert to hamkor_app with check (
	programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[])
	and exists (select from gaps.gap g where g.id = from_gap_id and g.programme_id = lineage.programme_id)
	and exists (select from gaps.gap g where g.id = into_gap_id and g.programme_id = lineage.programme_id));
create policy changers on gaps.lineage for update to hamkor_app
	using (programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]))
	with check (programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]));

create function gaps.hold_lineage() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		state text;
	begin
		if tg_op = 'UPDATE' then
			if old.undone_at is not null or new.undone_at is null
				or (to_jsonb(new) - '{undone_at,undone_by}'::text[]) is distinct from (to_jsonb(old) - '{undone_at,undone_by}'::text[]) then
				raise exception 'gap.lineage-kept' using errcode = 'HM001';
			end if;
			return new;
		end if;
		select g.state into state from gaps.gap g where g.id = new.into_gap_id for share;
		if state is distinct from 'open' then
			raise exception 'gap.not-open' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function gaps.hold_lineage is 'A gap goes into an open gap only, so no gap ever goes into itself by a detour; what was recorded is undone, never changed.';
alter function gaps.hold_lineage owner to hamkor_definer;
create trigger hold_lineage before insert or update on gaps.lineage for each row execute function gaps.hold_lineage();

create function gaps.must_go_somewhere() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		gap uuid := case tg_table_name when 'gap' then new.id else (to_jsonb(new) ->> 'from_gap_id')::uuid end;
		kept text;
		kinds text[];
	begin
		select g.state into kept from gaps.gap g where g.id = gap;
		select coalesce(array_agg(distinct l.kind), '{}') into kinds from gaps.lineage l where l.from_gap_id = gap and l.undone_at is null;
		if kinds is distinct from (case kept when 'merged' then '{merge}'::text[] when 'split' then '{split}'::text[] else '{}'::text[] end) then
			raise exception 'gap.lineage-broken' using errcode = 'HM001';
		end if;
		return null;
	end $$;
comment on function gaps.must_go_somewhere is 'Constraint trigger: a gap is merged or split exactly when it is recorded what it went into.';
alter function gaps.must_go_somewhere owner to hamkor_definer;
create constraint trigger must_go_somewhere after insert or update of state on gaps.gap deferrable initially deferred
	for each row execute function gaps.must_go_somewhere();
create constraint trigger must_go_somewhere after insert or update on gaps.lineage deferrable initially deferred
	for each row execute function gaps.must_go_somewhere();

-- Met: a gap is closed by findings that say so ------------------------------------------------------------------------

call network.cite('gaps.gap_met', 'gaps.gap', 'gap_id', 'assessment.finding', 'finding_id', '{coordinator,analyst}');
create function gaps.must_be_met() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if new.state = 'closed' and old.state is distinct from 'closed' and not exists (
			select from gaps.gap_met m join assessment.finding f on f.id = m.finding_id
			where m.gap_id = new.id and f.state = 'stands' and (new.opened_at is null or m.cited_at >= new.opened_at)) then
			raise exception 'gap.not-met' using errcode = 'HM001';
		end if;
		return null;
	end $$;
comment on function gaps.must_be_met is 'Constraint trigger: a gap is closed by a finding that stands and was cited for it since the gap was last opened.';
alter function gaps.must_be_met owner to hamkor_definer;
create constraint trigger must_be_met after update on gaps.gap deferrable initially deferred for each row execute function gaps.must_be_met();

-- Watched: which figure of a later round opens it again --------------------------------------------------------------

create table gaps.watch (
	id uuid primary key,
	programme_id uuid not null,
	gap_id uuid not null,
	figure_id uuid not null,
	row_key text not null,
	series_key text not null default '',
	direction text not null check (direction in ('above', 'below')),
	bar double precision not null,
	reason text not null check (reason <> ''),
	made_by uuid,
	made_at timestamptz not null default clock_timestamp(),
	ended_at timestamptz,
	foreign key (programme_id, gap_id) references gaps.gap (programme_id, id),
	foreign key (programme_id, figure_id) references assessment.figure (programme_id, id)
);
comment on table gaps.watch is 'A rule by which a gap counts as open: the comparable figure of a later round lies above or below a bar. bar is in the unit of the figure: a share from 0 to 1, a count or a value.';
create unique index on gaps.watch (gap_id, figure_id, row_key, series_key) where ended_at is null;
call network.fence_part('gaps.watch', 'gaps.gap', 'gap_id', '{coordinator,member,analyst}', 'select, insert, update');
create policy cited on gaps.watch as restrictive for insert to hamkor_app with check (
	exists (select from assessment.figure f where f.id = figure_id and f.programme_id = watch.programme_id));
create trigger freeze_cited after insert on gaps.watch for each row execute function assessment.freeze_figure();

create view thread.gap_strand with (security_invoker = true) as
	select programme_id, 'gap' as citing_kind, from_gap_id as citing_id, 'gap' as cited_kind, into_gap_id as cited_id, 'lineage' as way
		from gaps.lineage where undone_at is null
	union all select programme_id, 'gap', gap_id, 'finding', finding_id, 'met' from gaps.gap_met;
comment on view thread.gap_strand is 'What a gap became (lineage), and by what it counts as met (met): strands beside those of thread.citation.';
grant select on thread.gap_strand to hamkor_app;

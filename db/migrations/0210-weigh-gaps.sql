-- What a gap weighs: strength of its evidence, the other components of its priority, and who endorses it.

create function assessment.pieces_of(findings uuid[]) returns table (finding_id uuid, kind text, piece_id uuid, source text, day date, facts jsonb)
	language sql stable security definer set search_path = ''
	as $$
	with told as (
		select f.id from assessment.finding f where f.id = any(pieces_of.findings)
			and case when f.place_id is null then f.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}'))
				else f.programme_id = any(network.programmes_wide('{coordinator,member,analyst,reviewer,official}'))
					or f.place_id = any(network.places_within('{coordinator,member,analyst,reviewer,official}')) end)
	select c.finding_id, 'figure', e.id, md5('round:' || e.round_id), e.cut_off::date, jsonb_build_object('n', e.n, 'design', e.sampling ->> 'design', 'joint', r.joint,
			'width', case when e.measure = 'share' then (select max((cell ->> 'high')::float8 - (cell ->> 'low')::float8)
				from assessment.figure_protected s, jsonb_path_query(s.cells, '$.rows[*].cells[*] ? (exists (@.high) && exists (@.low))') cell where s.figure_id = e.id) end)
		from told join assessment.finding_figure c on c.finding_id = told.id join assessment.figure e on e.id = c.figure_id join assessment.round r on r.id = e.round_id
	union all
	select c.finding_id, 'quotation', e.id, md5(coalesce('interview:' || e.interview_id, 'said:' || e.spoken_by::text || coalesce(e.round_id::text, ''))),
			coalesce(e.said_on, e.created_at::date), jsonb_build_object('coded', e.segment_id is not null)
		from told join assessment.finding_quotation c on c.finding_id = told.id join assessment.quotation e on e.id = c.quotation_id
	union all
	select c.finding_id, 'document', e.id, md5('published:' || lower(btrim(e.source))), e.dated,
			jsonb_build_object('page', coalesce(e.page, '') <> '', 'dated', e.dated is not null, 'kept', e.file_id is not null or coalesce(e.link, '') <> '')
		from told join assessment.finding_document c on c.finding_id = told.id join assessment.document e on e.id = c.document_id
	union all
	select c.finding_id, 'score', e.id, md5('scored:' || e.round_id), e.created_at::date, jsonb_build_object('services', e.services, 'criteria', e.criteria,
			'agreed', (select avg(case when r.dissent then 0 else 1 end)::float8 from assessment.reconciliation r
				join assessment.service_assessment a on a.id = r.assessment_id
				where case when e.set_id is null then r.assessment_id = e.assessment_id and r.revision = e.revision
					else a.counted_in = e.set_id and r.revision = a.counted_revision end))
		from told join assessment.finding_score c on c.finding_id = told.id join assessment.score e on e.id = c.score_id $$;
comment on function assessment.pieces_of is 'What findings that the actor may see rest on, as far as strength of evidence is worked out from it: kind, where it comes from, when, how many were asked. No content, and where it comes from as a digest; the same for every reader, also where a piece itself is not open to them.';
alter function assessment.pieces_of owner to hamkor_definer;
revoke all on function assessment.pieces_of from public;
grant execute on function assessment.pieces_of to hamkor_app;

alter table gaps.gap
	add column groups text[] not null default '{}',
	add column severity numeric(2, 1) check (severity between 1 and 5),
	add column feasibility numeric(2, 1) check (feasibility between 1 and 5),
	add column people_low integer check (people_low >= 0),
	add column people_high integer,
	add column people_source text,
	add column session_id uuid,
	add check ((people_low is null) = (people_high is null) and people_high >= people_low),
	add check (people_low is null or coalesce(people_source, '') <> ''),
	drop constraint gap_state_check,
	add constraint gap_state_check check (state in ('draft', 'open', 'closed', 'merged', 'split', 'withdrawn'));
comment on column gaps.gap.groups is 'Groups of people it concerns, by the words of gap.ts.';
comment on column gaps.gap.severity is 'How bad it is for those concerned, 1 to 5; null: nobody has said.';
comment on column gaps.gap.people_low is 'People affected: from people_low to people_high, by people_source; null: not known.';
comment on column gaps.gap.session_id is 'The scoring session from which severity and feasibility were adopted; null: written by hand, or not at all.';

create table gaps.weighting (
	programme_id uuid primary key references network.programme (id),
	severity numeric(3, 2) not null check (severity between 0.1 and 5),
	people numeric(3, 2) not null check (people between 0.1 and 5),
	strength numeric(3, 2) not null check (strength between 0.1 and 5),
	feasibility numeric(3, 2) not null check (feasibility between 0.1 and 5),
	reason text not null check (reason <> ''),
	set_by uuid,
	set_at timestamptz not null default clock_timestamp()
);
comment on table gaps.weighting is 'How heavily the components of a gap''s priority count in a programme, and why. Without a row all count the same.';
call network.fence_programme('gaps.weighting', '{coordinator,member,analyst,reviewer,official}', '{coordinator}');

-- Endorsement: in one's own name, for one's organisation ---------------------------------------------------------------

create table gaps.endorsement (
	id uuid primary key,
	programme_id uuid not null,
	gap_id uuid not null,
	person_id uuid not null references network.person (id),
	organisation_id uuid not null,
	side text not null check (side in ('civil_society', 'authority')),
	stance text not null check (stance in ('endorse', 'dissent')),
	reason jsonb not null default '{}',
	gap_title jsonb not null,
	said_at timestamptz not null default clock_timestamp(),
	withdrawn_at timestamptz,
	withdrawn_reason text,
	unique (programme_id, id),
	foreign key (programme_id, gap_id) references gaps.gap (programme_id, id),
	foreign key (programme_id, organisation_id) references network.organisation (programme_id, id),
	check (stance = 'endorse' or reason <> '{}')
);
comment on table gaps.endorsement is 'An organisation''s word on a gap, given by a person in their own name: it endorses the gap or dissents, with the reason. Withdrawn, never deleted.';
comment on column gaps.endorsement.gap_title is 'The words of the gap that were endorsed; set by the database.';
create unique index on gaps.endorsement (gap_id, organisation_id) where withdrawn_at is null;
call platform.fence('gaps.endorsement');
create policy readers on gaps.endorsement for select to hamkor_app using (
	exists (select from gaps.gap g where g.id = gap_id and g.programme_id = endorsement.programme_id));
create policy writers on gaps.endorsement for insert to hamkor_app with check (
	person_id = (select platform.actor_person()) and organisation_id = any((select network.organisations_with('{coordinator,member,official}'))::uuid[])
	and exists (select from gaps.gap g where g.id = gap_id and g.programme_id = endorsement.programme_id));
create policy changers on gaps.endorsement for update to hamkor_app
	using (person_id = (select platform.actor_person())) with check (person_id = (select platform.actor_person()));

create function gaps.hold_endorsement() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		gap record;
	begin
		if tg_op = 'UPDATE' then
			if old.withdrawn_at is not null or new.withdrawn_at is null
				or (to_jsonb(new) - '{withdrawn_at,withdrawn_reason}'::text[]) is distinct from (to_jsonb(old) - '{withdrawn_at,withdrawn_reason}'::text[]) then
				raise exception 'endorsement.kept' using errcode = 'HM001';
			end if;
			return new;
		end if;
		-- Waits for whoever is merging, splitting or closing the gap just now, and then sees what became of it.
		select g.state, g.title into gap from gaps.gap g where g.id = new.gap_id for share;
		if gap.state is distinct from 'open' then
			raise exception 'gap.not-open' using errcode = 'HM001';
		end if;
		select network.side_of(o.type) into new.side from network.organisation o where o.id = new.organisation_id;
		if new.side is null then
			raise exception 'endorsement.no-side' using errcode = 'HM001';
		end if;
		new.gap_title := gap.title;
		return new;
	end $$;
comment on function gaps.hold_endorsement is 'Only an open gap is endorsed, on the side of the organisation''s type and in the words as they stand; what was said is withdrawn, never changed.';
alter function gaps.hold_endorsement owner to hamkor_definer;
create trigger hold_endorsement before insert or update on gaps.endorsement for each row execute function gaps.hold_endorsement();

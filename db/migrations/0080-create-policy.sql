-- Recommendations, the authorities' answers and commitments, verified change, briefings.

create schema policy;
comment on schema policy is 'Recommendations, answers and commitments of authorities, verified change, briefings.';
grant usage on schema policy to hamkor_app, hamkor_definer;

create table policy.recommendation (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	place_id uuid,
	number integer not null,
	title jsonb not null,
	body jsonb not null default '{}',
	addressed_to uuid not null,
	search text not null default '',
	state text not null default 'draft' check (state in ('draft', 'delivered', 'answered', 'withdrawn')),
	delivered_on date,
	answer text check (answer in ('accepted', 'partly', 'refused')),
	answer_reason jsonb not null default '{}',
	answered_on date,
	answered_by uuid references network.person (id),
	answered_on_behalf boolean not null default false,
	withdrawn_at timestamptz,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	updated_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, number),
	foreign key (programme_id, place_id) references network.place (programme_id, id),
	foreign key (programme_id, addressed_to) references network.organisation (programme_id, id),
	check (state not in ('delivered', 'answered') or delivered_on is not null),
	check (state <> 'answered' or (answer is not null and answered_on is not null and answered_on >= delivered_on)),
	check (answer is distinct from 'refused' or answer_reason <> '{}')
);
comment on table policy.recommendation is 'A recommendation to one named authority, citing gaps or results. No reply is read from delivered_on.';
comment on column policy.recommendation.answered_on_behalf is 'False: an official of the authority answered in own name. True: a coordinator recorded the authority''s answer.';
call network.fence_placed('policy.recommendation', '{coordinator,member,analyst,reviewer,official}', '{coordinator,member}');
create policy addressee on policy.recommendation for update to hamkor_app
	using (addressed_to = any((select network.organisations_with('{official}'))::uuid[]) and state in ('delivered', 'answered'))
	with check (addressed_to = any((select network.organisations_with('{official}'))::uuid[]) and state = 'answered'
		and answered_by = (select platform.actor_person()) and not answered_on_behalf);
create policy addressee_reads on policy.recommendation for select to hamkor_app
	using (addressed_to = any((select network.organisations_with('{official}'))::uuid[]) and state in ('delivered', 'answered'));
call network.cite('policy.recommendation_gap', 'policy.recommendation', 'recommendation_id', 'gaps.gap', 'gap_id', '{coordinator,member}');
call network.cite('policy.recommendation_result', 'policy.recommendation', 'recommendation_id', 'results.result', 'result_id', '{coordinator,member}');
create constraint trigger must_rest after insert or update on policy.recommendation deferrable initially deferred for each row
	execute function platform.must_rest('recommendation.without-ground', 'policy.recommendation_gap recommendation_id gaps.gap gap_id', 'policy.recommendation_result recommendation_id results.result result_id');

create function policy.keep_delivered() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if old.state <> 'draft' and (new.title, new.body, new.addressed_to, new.place_id, new.delivered_on)
			is distinct from (old.title, old.body, old.addressed_to, old.place_id, old.delivered_on) then
			raise exception 'recommendation.delivered' using errcode = 'HM001';
		end if;
		if old.state = 'answered' and (new.answer, new.answer_reason, new.answered_on, new.answered_by, new.answered_on_behalf)
			is distinct from (old.answer, old.answer_reason, old.answered_on, old.answered_by, old.answered_on_behalf) then
			raise exception 'recommendation.answered' using errcode = 'HM001';
		end if;
		if new.state = 'answered' and old.state <> 'answered' and not (new.answered_by is not distinct from platform.actor_person()
			and (new.answered_on_behalf or new.addressed_to = any(network.organisations_with('{official}')))) then
			raise exception 'recommendation.not-own-name' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function policy.keep_delivered is 'What was delivered, and what was answered, stays as it was; in its own name answers only an official of the authority.';
alter function policy.keep_delivered owner to hamkor_definer;
grant execute on function network.organisations_with to hamkor_definer;
create trigger keep_delivered before update on policy.recommendation for each row execute function policy.keep_delivered();

create table policy.commitment (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	place_id uuid,
	recommendation_id uuid not null,
	organisation_id uuid not null,
	number integer not null,
	title jsonb not null,
	measure jsonb not null default '{}',
	made_on date not null,
	due_on date not null,
	on_behalf boolean not null default false,
	search text not null default '',
	state text not null default 'made' check (state in ('made', 'withdrawn')),
	withdrawn_at timestamptz,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, number),
	foreign key (programme_id, place_id) references network.place (programme_id, id),
	foreign key (programme_id, recommendation_id) references policy.recommendation (programme_id, id),
	foreign key (programme_id, organisation_id) references network.organisation (programme_id, id),
	check (due_on >= made_on)
);
comment on table policy.commitment is 'What an authority undertook, by when, measured how.';
comment on column policy.commitment.on_behalf is 'False: an official of the authority made it in own name. True: a coordinator recorded it.';
create index on policy.commitment (recommendation_id);
call network.fence_placed('policy.commitment', '{coordinator,member,analyst,reviewer,official}', '{coordinator}');
create policy authority_reads on policy.commitment for select to hamkor_app using (organisation_id = any((select network.organisations_with('{official}'))::uuid[]));
create policy authority_commits on policy.commitment for insert to hamkor_app with check (
	organisation_id = any((select network.organisations_with('{official}'))::uuid[])
	and created_by = (select platform.actor_person()) and not on_behalf
	and exists (select from policy.recommendation r where r.id = recommendation_id and r.addressed_to = organisation_id and r.programme_id = commitment.programme_id));
create function policy.commitment_rests() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if not exists (select from policy.recommendation r where r.id = new.recommendation_id and r.addressed_to = new.organisation_id
			and r.state in ('delivered', 'answered') and r.answer is distinct from 'refused') then
			raise exception 'commitment.without-ground' using errcode = 'HM001';
		end if;
		return null;
	end $$;
comment on function policy.commitment_rests is 'Constraint trigger: a commitment rests on a recommendation that was delivered to that same authority and not refused.';
alter function policy.commitment_rests owner to hamkor_definer;
create constraint trigger must_rest after insert on policy.commitment deferrable initially deferred for each row
	execute function policy.commitment_rests();

create table policy.commitment_status (
	id uuid primary key,
	programme_id uuid not null,
	commitment_id uuid not null,
	side text not null check (side in ('authority', 'civil_society')),
	status text not null check (status in ('not_started', 'under_way', 'done', 'stopped')),
	note jsonb not null default '{}',
	told_on date not null,
	on_behalf boolean not null default false,
	document_id uuid,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	foreign key (programme_id, commitment_id) references policy.commitment (programme_id, id),
	foreign key (programme_id, document_id) references assessment.document (programme_id, id)
);
comment on table policy.commitment_status is 'Status as told by the authority and by civil society, side by side; earlier words stay.';
create index on policy.commitment_status (commitment_id, told_on);
call platform.fence('policy.commitment_status', 'select, insert');
create policy readers on policy.commitment_status for select to hamkor_app using (
	exists (select from policy.commitment c where c.id = commitment_id and c.programme_id = commitment_status.programme_id));
create policy authority on policy.commitment_status for insert to hamkor_app with check (side = 'authority'
	and created_by = (select platform.actor_person()) and not on_behalf and exists (select from policy.commitment c where c.id = commitment_id and c.programme_id = commitment_status.programme_id
		and c.organisation_id = any((select network.organisations_with('{official}'))::uuid[])));
create policy recorded on policy.commitment_status for insert to hamkor_app with check (side = 'authority'
	and created_by = (select platform.actor_person()) and on_behalf
	and programme_id = any((select network.programmes_with('{coordinator}'))::uuid[])
	and exists (select from policy.commitment c where c.id = commitment_id and c.programme_id = commitment_status.programme_id));
create policy civil_society on policy.commitment_status for insert to hamkor_app with check (side = 'civil_society'
	and created_by = (select platform.actor_person()) and not on_behalf
	and programme_id = any((select network.programmes_with('{coordinator,member}'))::uuid[])
	and exists (select from policy.commitment c where c.id = commitment_id and c.programme_id = commitment_status.programme_id));

create table policy.change (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	place_id uuid,
	commitment_id uuid not null,
	number integer not null,
	statement jsonb not null,
	verified_on date not null,
	verified_by uuid not null,
	search text not null default '',
	state text not null default 'draft' check (state in ('draft', 'stands', 'withdrawn')),
	withdrawn_at timestamptz,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, number),
	foreign key (programme_id, place_id) references network.place (programme_id, id),
	foreign key (programme_id, commitment_id) references policy.commitment (programme_id, id),
	foreign key (programme_id, verified_by) references network.organisation (programme_id, id)
);
comment on table policy.change is 'A verified change: what is different now, who verified it, on which evidence.';
create index on policy.change (commitment_id);
call network.fence_placed('policy.change', '{coordinator,member,analyst,reviewer,official}', '{coordinator,analyst}');
create function policy.change_rests() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if new.state = 'stands' and (tg_op = 'INSERT' or old.state is distinct from 'stands')
			and not exists (select from policy.commitment c where c.id = new.commitment_id and c.state = 'made') then
			raise exception 'change.without-commitment' using errcode = 'HM001';
		end if;
		return null;
	end $$;
comment on function policy.change_rests is 'Constraint trigger: a verified change rests on a commitment that stands.';
alter function policy.change_rests owner to hamkor_definer;
create constraint trigger rests_on_commitment after insert or update on policy.change deferrable initially deferred for each row
	execute function policy.change_rests();
call network.cite('policy.change_figure', 'policy.change', 'change_id', 'assessment.figure', 'figure_id', '{coordinator,analyst}');
call network.cite('policy.change_quotation', 'policy.change', 'change_id', 'assessment.quotation', 'quotation_id', '{coordinator,analyst}');
call network.cite('policy.change_document', 'policy.change', 'change_id', 'assessment.document', 'document_id', '{coordinator,analyst}');
create trigger freeze_cited after insert on policy.change_figure for each row execute function assessment.freeze_figure();
create constraint trigger must_rest after insert or update on policy.change deferrable initially deferred for each row
	execute function platform.must_rest('change.without-evidence', 'policy.change_figure change_id', 'policy.change_quotation change_id', 'policy.change_document change_id');

-- Briefings -------------------------------------------------------------------------------------------------------

create table policy.briefing (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	number integer not null,
	slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{2,80}$'),
	title jsonb not null,
	summary jsonb not null default '{}',
	locales text[] not null,
	search text not null default '',
	state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
	release_id uuid,
	published_at timestamptz,
	withdrawn_at timestamptz,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	updated_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, number),
	foreign key (programme_id, release_id) references releases.release (programme_id, id),
	check (cardinality(locales) > 0),
	check (state = 'draft' or release_id is not null)
);
comment on table policy.briefing is 'A text with bound figures and quotations, in one or more languages. Published only through the ledger.';
create table policy.briefing_block (
	id uuid primary key,
	programme_id uuid not null,
	briefing_id uuid not null,
	position integer not null,
	kind text not null check (kind in ('heading', 'text', 'figure', 'quotation', 'finding', 'recommendation')),
	words jsonb not null default '{}',
	figure_id uuid,
	quotation_id uuid,
	finding_id uuid,
	recommendation_id uuid,
	unique (programme_id, id),
	unique (briefing_id, position) deferrable initially deferred,
	foreign key (programme_id, briefing_id) references policy.briefing (programme_id, id),
	foreign key (programme_id, figure_id) references assessment.figure (programme_id, id),
	foreign key (programme_id, quotation_id) references assessment.quotation (programme_id, id),
	foreign key (programme_id, finding_id) references assessment.finding (programme_id, id),
	foreign key (programme_id, recommendation_id) references policy.recommendation (programme_id, id),
	check ((kind = 'figure') = (figure_id is not null)),
	check ((kind = 'quotation') = (quotation_id is not null)),
	check ((kind = 'finding') = (finding_id is not null)),
	check ((kind = 'recommendation') = (recommendation_id is not null))
);
comment on table policy.briefing_block is 'One block of a briefing, bound to its evidence by a foreign key.';
create trigger freeze_cited after insert on policy.briefing_block for each row when (new.figure_id is not null) execute function assessment.freeze_figure();

create table policy.briefing_edition (
	programme_id uuid not null,
	briefing_id uuid not null,
	locale text not null,
	content jsonb not null,
	pdf_file_id uuid,
	published_at timestamptz not null default clock_timestamp(),
	primary key (briefing_id, locale),
	foreign key (programme_id, briefing_id) references policy.briefing (programme_id, id)
);
comment on table policy.briefing_edition is 'What was published, in one language, exactly as it went out: the public page and the PDF are made from this and from nothing else.';

call platform.fence('policy.briefing');
create policy readers on policy.briefing for select to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,member,analyst,reviewer,official}'))::uuid[])
	or (state = 'published' and (programme_id = any((select network.programmes_with('{donor}'))::uuid[]) or (select platform.actor_kind()) = 'public')));
create policy writers on policy.briefing for insert to hamkor_app with check (
	programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]) and state = 'draft');
create policy changers on policy.briefing for update to hamkor_app
	using (programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]))
	with check (state = 'draft' and programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[])
		or programme_id = any((select network.programmes_wide('{coordinator}'))::uuid[]));
call platform.fence('policy.briefing_block', 'select, insert, update, delete');
create policy readers on policy.briefing_block for select to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,member,analyst,reviewer,official}'))::uuid[]));
create policy writers on policy.briefing_block to hamkor_app
	using (programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[])
		and exists (select from policy.briefing b where b.id = briefing_id and b.programme_id = briefing_block.programme_id and b.state = 'draft'))
	with check (programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[])
		and exists (select from policy.briefing b where b.id = briefing_id and b.programme_id = briefing_block.programme_id and b.state = 'draft'));
call platform.fence('policy.briefing_edition', 'select, insert');
create policy readers on policy.briefing_edition for select to hamkor_app using (
	exists (select from policy.briefing b where b.id = briefing_id and b.programme_id = briefing_edition.programme_id));
create policy writers on policy.briefing_edition for insert to hamkor_app with check (
	programme_id = any((select network.programmes_wide('{coordinator}'))::uuid[]));
create policy public_programme on network.programme for select to hamkor_app using (
	(select platform.actor_kind()) = 'public' and exists (select from policy.briefing b where b.programme_id = programme.id and b.state = 'published'));

-- The rules of scoring together that must hold whatever stands above them. Each takes the assessment's row first, so that
-- two sides at the same moment come one after the other.

create function assessment.hold_start() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		perform from assessment.round r where r.id = new.round_id for no key update;
		if not exists (select from assessment.round r where r.id = new.round_id and r.state <> 'draft') then
			raise exception 'scoring.round-not-open' using errcode = 'HM001';
		end if;
		if exists (select from assessment.scoring_set s where s.round_id = new.round_id and s.instrument_version_id = new.instrument_version_id) then
			raise exception 'scoring.set-closed' using errcode = 'HM001';
		end if;
		if new.team_id is not null and not exists (select from assessment.team t where t.id = new.team_id and t.round_id = new.round_id) then
			raise exception 'scoring.team-elsewhere' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.hold_start is 'Scoring begins in a round that is open or was, and not after its set was closed.';
create trigger hold_start before insert on assessment.service_assessment for each row execute function assessment.hold_start();

create function assessment.hold_scorer() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if tg_op = 'UPDATE' and (new.assessment_id, new.person_id, new.organisation_id, new.side) is distinct from (old.assessment_id, old.person_id, old.organisation_id, old.side) then
			raise exception 'scoring.side-fixed' using errcode = 'HM001';
		end if;
		if not exists (select from assessment.service_assessment a where a.id = new.assessment_id and a.state = 'scoring') then
			raise exception 'scoring.not-scoring' using errcode = 'HM001';
		end if;
		if new.removed_at is null then
			if network.side_of((select o.type from network.organisation o where o.id = new.organisation_id)) is distinct from new.side then
				raise exception 'scoring.other-side' using errcode = 'HM001';
			end if;
			if not exists (select from network.role_grant g where g.person_id = new.person_id and g.programme_id = new.programme_id
				and g.organisation_id = new.organisation_id and g.ended_at is null) then
				raise exception 'scoring.scorer-unknown' using errcode = 'HM001';
			end if;
		end if;
		return new;
	end $$;
comment on function assessment.hold_scorer is 'A scorer speaks for an organisation of the side, and the side never changes.';
create trigger hold_scorer before insert or update on assessment.scorer for each row execute function assessment.hold_scorer();

create function assessment.hold_score() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		handed_in timestamptz;
	begin
		if tg_op = 'UPDATE' and (new.programme_id, new.assessment_id, new.side, new.criterion) is distinct from (old.programme_id, old.assessment_id, old.side, old.criterion) then
			raise exception 'scoring.sealed' using errcode = 'HM001';
		end if;
		-- Waits for a handing in that is under way, and makes one wait for this.
		select s.submitted_at into handed_in from assessment.score_sheet s where s.assessment_id = new.assessment_id and s.side = new.side for share;
		if handed_in is not null then
			raise exception 'scoring.sealed' using errcode = 'HM001';
		end if;
		if not exists (select from assessment.service_assessment a where a.id = new.assessment_id and a.state = 'scoring' and new.criterion = any(a.criteria)) then
			raise exception 'scoring.not-scoring' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.hold_score is 'What was handed in does not change, and only criteria of the version are scored.';
create trigger hold_score before insert or update on assessment.criterion_score for each row execute function assessment.hold_score();

create function assessment.hold_sheet() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		here record;
	begin
		if (new.programme_id, new.assessment_id, new.side) is distinct from (old.programme_id, old.assessment_id, old.side) then
			raise exception 'scoring.side-fixed' using errcode = 'HM001';
		end if;
		select a.state, a.criteria into here from assessment.service_assessment a where a.id = new.assessment_id for no key update;
		if here.state <> 'scoring' then
			raise exception 'scoring.not-scoring' using errcode = 'HM001';
		end if;
		if new.submitted_at is null then
			return new;
		end if;
		if old.submitted_at is not null then
			raise exception 'scoring.sealed' using errcode = 'HM001';
		end if;
		if (select count(*) from assessment.criterion_score c where c.assessment_id = new.assessment_id and c.side = new.side and c.criterion = any(here.criteria)
			and (c.not_applicable or (c.score is not null and c.evidence <> '{}'))) < cardinality(here.criteria) then
			raise exception 'scoring.incomplete' using errcode = 'HM001';
		end if;
		if exists (select from assessment.score_sheet o where o.assessment_id = new.assessment_id and o.side <> new.side and o.submitted_at is not null) then
			update assessment.service_assessment set state = 'reconciling', both_in_at = new.submitted_at where id = new.assessment_id;
			insert into assessment.reconciliation (programme_id, assessment_id, revision, criterion, civil_score, civil_na, authority_score, authority_na, decided_at)
				select c.programme_id, c.assessment_id, 1, c.criterion, c.score, c.not_applicable, c.score, c.not_applicable, new.submitted_at
				from assessment.criterion_score c join assessment.criterion_score o on o.assessment_id = c.assessment_id and o.criterion = c.criterion
				where c.assessment_id = new.assessment_id and c.side = new.side and o.side <> c.side
					and c.score is not distinct from o.score and c.not_applicable = o.not_applicable;
		end if;
		return new;
	end $$;
comment on function assessment.hold_sheet is 'A sheet is handed in whole; the second one opens both, and settles what both had said alike. Taken back only while the other is not in.';
create trigger hold_sheet before update on assessment.score_sheet for each row execute function assessment.hold_sheet();

create function assessment.hold_reconciliation() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if tg_op = 'UPDATE' and (new.programme_id, new.assessment_id, new.revision, new.criterion) is distinct from (old.programme_id, old.assessment_id, old.revision, old.criterion) then
			raise exception 'scoring.side-fixed' using errcode = 'HM001';
		end if;
		-- What this table's owner writes is its own rules' work; a person writes into the revision at work alone.
		if pg_trigger_depth() = 1 then
			perform from assessment.service_assessment a where a.id = new.assessment_id and a.state = 'reconciling' and a.revision = new.revision
				and new.criterion = any(a.criteria) for no key update;
			if not found then
				raise exception 'scoring.not-reconciling' using errcode = 'HM001';
			end if;
			delete from assessment.sign_off s where s.assessment_id = new.assessment_id and s.revision = new.revision;
		end if;
		return new;
	end $$;
comment on function assessment.hold_reconciliation is 'A criterion is settled while the two sides reconcile; a change takes away signatures under what was there before.';
create trigger hold_reconciliation before insert or update on assessment.reconciliation for each row execute function assessment.hold_reconciliation();

create function assessment.hold_sign_off() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		here record;
	begin
		select a.state, a.revision, a.criteria into here from assessment.service_assessment a where a.id = new.assessment_id for no key update;
		if here.state is distinct from 'reconciling' or here.revision <> new.revision then
			raise exception 'scoring.not-reconciling' using errcode = 'HM001';
		end if;
		if (select count(*) from assessment.reconciliation r where r.assessment_id = new.assessment_id and r.revision = new.revision and r.criterion = any(here.criteria))
			< cardinality(here.criteria) then
			raise exception 'scoring.unreconciled' using errcode = 'HM001';
		end if;
		if exists (select from assessment.sign_off s where s.assessment_id = new.assessment_id and s.revision = new.revision and s.side <> new.side) then
			update assessment.service_assessment set state = 'signed', signed_at = new.signed_at, signed_revision = new.revision where id = new.assessment_id;
		end if;
		return new;
	end $$;
comment on function assessment.hold_sign_off is 'Signed is what is settled in every criterion; the second side''s signature makes it the result.';
create trigger hold_sign_off before insert on assessment.sign_off for each row execute function assessment.hold_sign_off();

create function assessment.hold_reopening() returns trigger language plpgsql security definer set search_path = ''
	as $$
	declare
		here record;
	begin
		select a.state, a.revision into here from assessment.service_assessment a where a.id = new.assessment_id for no key update;
		if here.state is distinct from 'signed' or new.revision <> here.revision + 1 then
			raise exception 'scoring.not-signed' using errcode = 'HM001';
		end if;
		update assessment.service_assessment set state = 'reconciling', revision = new.revision where id = new.assessment_id;
		insert into assessment.reconciliation (programme_id, assessment_id, revision, criterion, civil_score, civil_na, authority_score, authority_na, civil_reason, authority_reason, reason, decided_by, decided_at)
			select r.programme_id, r.assessment_id, new.revision, r.criterion, r.civil_score, r.civil_na, r.authority_score, r.authority_na, r.civil_reason, r.authority_reason, r.reason, r.decided_by, r.decided_at
			from assessment.reconciliation r where r.assessment_id = new.assessment_id and r.revision = here.revision;
		return new;
	end $$;
comment on function assessment.hold_reopening is 'A signed reconciliation is opened again as a further revision that begins where it stood.';
create trigger hold_reopening before insert on assessment.score_reopening for each row execute function assessment.hold_reopening();

create function assessment.hold_result() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if not exists (select from assessment.service_assessment a where a.id = new.assessment_id and a.signed_revision = new.revision) then
			raise exception 'scoring.not-signed' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.hold_result is 'Results stand under a signed reconciliation.';
create trigger hold_result before insert on assessment.area_result for each row execute function assessment.hold_result();

create function assessment.hold_agreement() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		if tg_op = 'UPDATE' then
			if old.withdrawn_at is not null or new.withdrawn_at is null
				or (to_jsonb(new) - '{withdrawn_at,withdrawn_by}'::text[]) is distinct from (to_jsonb(old) - '{withdrawn_at,withdrawn_by}'::text[]) then
				raise exception 'scoring.agreement-kept' using errcode = 'HM001';
			end if;
		elsif not exists (select from assessment.service_assessment a where a.id = new.assessment_id and a.signed_revision = new.revision) then
			raise exception 'scoring.not-signed' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.hold_agreement is 'A service agrees to what was signed, and an agreement is withdrawn, never rewritten.';
create trigger hold_agreement before insert or update on assessment.service_agreement for each row execute function assessment.hold_agreement();

create function assessment.hold_set() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		perform from assessment.round r where r.id = new.round_id for no key update;
		if exists (select from assessment.service_assessment a where a.round_id = new.round_id and a.instrument_version_id = new.instrument_version_id
			and a.state in ('scoring', 'reconciling')) then
			raise exception 'scoring.not-all-signed' using errcode = 'HM001';
		end if;
		select count(*) into new.services from assessment.service_assessment a
			where a.round_id = new.round_id and a.instrument_version_id = new.instrument_version_id and a.state = 'signed';
		if new.services < 3 then
			raise exception 'scoring.too-few-services' using errcode = 'HM001';
		end if;
		return new;
	end $$;
comment on function assessment.hold_set is 'A set is closed when all its services are signed, three at least.';
create trigger hold_set before insert on assessment.scoring_set for each row execute function assessment.hold_set();

create function assessment.count_set() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		update assessment.service_assessment set counted_in = new.id, counted_revision = signed_revision
			where round_id = new.round_id and instrument_version_id = new.instrument_version_id and state = 'signed';
		return null;
	end $$;
comment on function assessment.count_set is 'Writes down which services, in which signed revision, a closed set counts.';
create trigger count_set after insert on assessment.scoring_set for each row execute function assessment.count_set();

-- What nobody may write directly ------------------------------------------------------------------------------------------

create function assessment.cancel_assessment(assessment uuid, reason text, at timestamptz) returns boolean language plpgsql security definer set search_path = ''
	as $$
	begin
		update assessment.service_assessment a set state = 'cancelled', cancelled_at = cancel_assessment.at, cancelled_reason = cancel_assessment.reason
			where a.id = cancel_assessment.assessment and a.state in ('scoring', 'reconciling') and a.signed_revision is null
				and a.programme_id = any(network.programmes_with('{coordinator,analyst}'));
		return found;
	end $$;
comment on function assessment.cancel_assessment is 'Ends an assessment that was begun by mistake and never signed, for who runs rounds; what stands on its sheets stays sealed as it was.';

create function assessment.scoring_counts(round uuid) returns table (assessment_id uuid, side text, scored bigint) language sql stable security definer set search_path = ''
	as $$ select c.assessment_id, c.side, count(*) filter (where c.not_applicable or (c.score is not null and c.evidence <> '{}'))
		from assessment.criterion_score c join assessment.service_assessment a on a.id = c.assessment_id
		where a.round_id = scoring_counts.round and ((select assessment.runs_round(scoring_counts.round)) or c.assessment_id in (select m.assessment_id from assessment.my_sides() m))
		group by 1, 2 $$;
comment on function assessment.scoring_counts is 'How many criteria each side has scored so far, for who runs the round and who scores: the number alone, never which or how.';

create function assessment.together(scoring_set uuid) returns table (area text, services bigint, criteria bigint,
	mean_low double precision, mean_high double precision, share_low double precision, share_high double precision)
	language sql stable security definer set search_path = ''
	as $$ select r.area, count(r.mean_civil), sum(r.criteria)::bigint, avg(least(r.mean_civil, r.mean_authority)), avg(greatest(r.mean_civil, r.mean_authority)),
			avg(least(r.share_civil, r.share_authority)), avg(greatest(r.share_civil, r.share_authority))
		from assessment.area_result r join assessment.service_assessment a on a.id = r.assessment_id and a.counted_revision = r.revision
			cross join lateral (select r.mean_civil is not null and not (a.id = any((select assessment.open_sheets())::uuid[]))
				and (a.id, a.counted_revision) not in (select o.assessment_id, o.revision from assessment.agreed_results() o) as hidden) seen
		where a.counted_in = together.scoring_set and together.scoring_set = any((select assessment.open_sets())::uuid[])
		group by r.area having count(r.mean_civil) >= 3 and count(*) filter (where seen.hidden) not in (1, 2) $$;
comment on function assessment.together is 'A closed set''s scores together, area by area (empty: the whole service): every service weighs the same. An area that applies to fewer than three services is left out, and one of which the acting person sees all but one or two singly.';

do $$
declare
	f text;
begin
	foreach f in array array['hold_start()', 'hold_scorer()', 'hold_score()', 'hold_sheet()', 'hold_reconciliation()', 'hold_sign_off()', 'hold_reopening()', 'hold_result()',
		'hold_agreement()', 'hold_set()', 'count_set()'] loop
		execute format('alter function assessment.%s owner to hamkor_definer', f);
	end loop;
	foreach f in array array['cancel_assessment(uuid, text, timestamptz)', 'scoring_counts(uuid)', 'together(uuid)'] loop
		execute format('alter function assessment.%s owner to hamkor_definer', f);
		execute format('revoke all on function assessment.%s from public', f);
		execute format('grant execute on function assessment.%s to hamkor_app', f);
	end loop;
end $$;

-- The thread, as one reads it: every record as a knot, every citation as a strand. Views only; whoever asks sees through
-- the fences of the tables beneath (security_invoker).

create schema thread;
comment on schema thread is 'The golden thread read across the modules. Nothing is written here.';
grant usage on schema thread to hamkor_app;

create view thread.record with (security_invoker = true) as
	select programme_id, 'round' as kind, id, null::uuid as place_id, number, name as title, state, opens_on as day,
		opened_at as at, null::timestamptz as withdrawn_at, created_by, '{}'::jsonb as facts from assessment.round
	union all select programme_id, 'figure', id, place_id, number, title, case when frozen_at is null then 'open' else 'frozen' end, null,
		created_at, null, created_by, jsonb_build_object('roundId', round_id, 'n', n) from assessment.figure
	union all select programme_id, 'quotation', id, place_id, number, words, 'stands', said_on, created_at, null, created_by, '{}' from assessment.quotation
	union all select programme_id, 'document', id, place_id, number, title, 'stands', dated, created_at, null, created_by, '{}' from assessment.document
	union all select programme_id, 'finding', id, place_id, number, statement, state, null, coalesce(stands_since, created_at), withdrawn_at, created_by,
		'{}' from assessment.finding
	union all select programme_id, 'gap', id, place_id, number, title, state, null, coalesce(opened_at, created_at), withdrawn_at, created_by,
		jsonb_build_object('barrier', barrier) from gaps.gap
	union all select programme_id, 'priority', id, place_id, number, statement, state, stated_on, created_at, withdrawn_at, created_by, '{}' from gaps.priority
	union all select programme_id, 'training', id, place_id, number, title, state, starts_on, created_at, withdrawn_at, created_by,
		jsonb_build_object('organisationId', owner_id, 'endsOn', ends_on) from training.training
	union all select programme_id, 'plan', id, place_id, number, title, state, starts_on, created_at, withdrawn_at, created_by,
		jsonb_build_object('organisationId', owner_id, 'endsOn', ends_on) from plans.plan
	union all select programme_id, 'result', id, place_id, number, statement, state, observed_on, created_at, withdrawn_at, created_by, '{}' from results.result
	union all select programme_id, 'recommendation', id, place_id, number, title, state, delivered_on, created_at, withdrawn_at, created_by,
		jsonb_build_object('organisationId', addressed_to, 'deliveredOn', delivered_on, 'answer', answer, 'answeredOn', answered_on) from policy.recommendation
	union all select programme_id, 'commitment', id, place_id, number, title, state, made_on, created_at, withdrawn_at, created_by,
		jsonb_build_object('organisationId', organisation_id, 'dueOn', due_on, 'authority', told.authority, 'civilSociety', told.civil_society)
		from policy.commitment c
		left join lateral (select
			(array_agg(jsonb_build_object('status', s.status, 'toldOn', s.told_on) order by s.told_on desc, s.created_at desc)
				filter (where s.side = 'authority'))[1] as authority,
			(array_agg(jsonb_build_object('status', s.status, 'toldOn', s.told_on) order by s.told_on desc, s.created_at desc)
				filter (where s.side = 'civil_society'))[1] as civil_society
			from policy.commitment_status s where s.commitment_id = c.id and s.programme_id = c.programme_id) told on true
	union all select programme_id, 'change', id, place_id, number, statement, state, verified_on, created_at, withdrawn_at, created_by,
		jsonb_build_object('organisationId', verified_by) from policy.change
	union all select programme_id, 'briefing', id, null, number, title, state, null, coalesce(published_at, created_at), withdrawn_at, created_by, '{}' from policy.briefing;
comment on view thread.record is 'Every record of the thread that the actor may see. facts holds what the cockpit judges by.';

create view thread.citation with (security_invoker = true) as
	select programme_id, 'figure' as citing_kind, id as citing_id, 'round' as cited_kind, round_id as cited_id, 'source' as way from assessment.figure
	union all select programme_id, 'quotation', id, 'round', round_id, 'source' from assessment.quotation where round_id is not null
	union all select programme_id, 'finding', finding_id, 'figure', figure_id, 'evidence' from assessment.finding_figure
	union all select programme_id, 'finding', finding_id, 'quotation', quotation_id, 'evidence' from assessment.finding_quotation
	union all select programme_id, 'finding', finding_id, 'document', document_id, 'evidence' from assessment.finding_document
	union all select programme_id, 'gap', gap_id, 'finding', finding_id, 'ground' from gaps.gap_finding
	union all select programme_id, 'training', training_id, 'gap', gap_id, 'ground' from training.training_gap
	union all select programme_id, 'training', training_id, 'priority', priority_id, 'ground' from training.training_priority
	union all select programme_id, 'plan', plan_id, 'gap', gap_id, 'ground' from plans.plan_gap
	union all select programme_id, 'plan', plan_id, 'priority', priority_id, 'ground' from plans.plan_priority
	union all select programme_id, 'result', result_id, 'training', training_id, 'ground' from results.result_training
	union all select programme_id, 'result', result_id, 'plan', plan_id, 'ground' from results.result_plan
	union all select programme_id, 'result', result_id, 'figure', figure_id, 'evidence' from results.result_figure
	union all select programme_id, 'result', result_id, 'quotation', quotation_id, 'evidence' from results.result_quotation
	union all select programme_id, 'result', result_id, 'document', document_id, 'evidence' from results.result_document
	union all select programme_id, 'recommendation', recommendation_id, 'gap', gap_id, 'ground' from policy.recommendation_gap
	union all select programme_id, 'recommendation', recommendation_id, 'result', result_id, 'ground' from policy.recommendation_result
	union all select programme_id, 'commitment', id, 'recommendation', recommendation_id, 'ground' from policy.commitment
	union all select programme_id, 'change', id, 'commitment', commitment_id, 'ground' from policy.change
	union all select programme_id, 'change', change_id, 'figure', figure_id, 'evidence' from policy.change_figure
	union all select programme_id, 'change', change_id, 'quotation', quotation_id, 'evidence' from policy.change_quotation
	union all select programme_id, 'change', change_id, 'document', document_id, 'evidence' from policy.change_document
	union all select distinct programme_id, 'briefing', briefing_id, cited.kind, cited.id, 'ground' from policy.briefing_block
		cross join lateral (values ('figure', figure_id), ('quotation', quotation_id), ('finding', finding_id), ('recommendation', recommendation_id)) cited (kind, id)
		where cited.id is not null;
comment on view thread.citation is 'Every citation that the actor may see: what cites, what is cited, and in which way (source, evidence, ground). Of each way that a record cites in, one must stand.';
grant select on thread.record, thread.citation to hamkor_app;

-- Who did what and when to a record is told to whoever sees the record.
do $$
declare
	name text;
begin
	foreach name in array array['assessment.finding', 'gaps.gap', 'gaps.priority', 'training.training', 'plans.plan', 'results.result',
		'policy.recommendation', 'policy.commitment', 'policy.change', 'policy.briefing'] loop
		execute format('create policy %I on platform.journal for select to hamkor_app using (subject_table = %L and exists (select from %s r where r.id = subject_id))',
			'who sees ' || name, name, name);
	end loop;
end $$;

-- Results of responses.

create schema results;
comment on schema results is 'What came of the responses, with evidence.';
grant usage on schema results to hamkor_app, hamkor_definer;

create table results.result (
	id uuid primary key,
	programme_id uuid not null references network.programme (id),
	place_id uuid,
	number integer not null,
	statement jsonb not null,
	value numeric,
	value_unit jsonb,
	observed_on date not null,
	search text not null default '',
	state text not null default 'draft' check (state in ('draft', 'stands', 'withdrawn')),
	withdrawn_at timestamptz,
	withdrawn_reason text,
	created_by uuid,
	created_at timestamptz not null default clock_timestamp(),
	updated_at timestamptz not null default clock_timestamp(),
	unique (programme_id, id),
	unique (programme_id, number),
	foreign key (programme_id, place_id) references network.place (programme_id, id)
);
comment on table results.result is 'A result of a response: a sentence, and a value where there is one, with its evidence.';
call network.fence_placed('results.result', '{coordinator,member,analyst,reviewer,official}', '{coordinator,member,analyst}');
call network.cite('results.result_training', 'results.result', 'result_id', 'training.training', 'training_id', '{coordinator,member,analyst}');
call network.cite('results.result_plan', 'results.result', 'result_id', 'plans.plan', 'plan_id', '{coordinator,member,analyst}');
call network.cite('results.result_figure', 'results.result', 'result_id', 'assessment.figure', 'figure_id', '{coordinator,member,analyst}');
call network.cite('results.result_quotation', 'results.result', 'result_id', 'assessment.quotation', 'quotation_id', '{coordinator,member,analyst}');
call network.cite('results.result_document', 'results.result', 'result_id', 'assessment.document', 'document_id', '{coordinator,member,analyst}');
create trigger freeze_cited after insert on results.result_figure for each row execute function assessment.freeze_figure();
create constraint trigger must_rest after insert or update on results.result deferrable initially deferred for each row
	execute function platform.must_rest('result.without-response', 'results.result_training result_id training.training training_id', 'results.result_plan result_id plans.plan plan_id');
create constraint trigger must_have_evidence after insert or update on results.result deferrable initially deferred for each row
	execute function platform.must_rest('result.without-evidence', 'results.result_figure result_id', 'results.result_quotation result_id', 'results.result_document result_id');

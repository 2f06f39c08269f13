-- What is published is judged together with everything published before about the same people.

call platform.let_task('assessment.figure_exact', 'release', 'select');

create function assessment.same_answers(round uuid, moments timestamptz[]) returns timestamptz[]
	language sql stable security definer set search_path = ''
	as $$ select array_agg((
			select min(earlier) from unnest(moments) as earlier
			where earlier <= moment
				and not exists (select from assessment.submission s where s.round_id = same_answers.round and s.received_at > earlier and s.received_at <= moment)
				and not exists (select from assessment.answer_change c where c.round_id = same_answers.round and c.changed_at > earlier and c.changed_at <= moment)
		) order by place)
		from unnest(moments) with ordinality as x (moment, place)
		where exists (select from assessment.round r where r.id = same_answers.round and r.programme_id = any(network.programmes_with('{coordinator,member,analyst,reviewer,official}'))) $$;
comment on function assessment.same_answers is 'For each of these moments the earliest of them since when nothing of a round came in or changed: figures of both are about the same answers.';
alter function assessment.same_answers owner to hamkor_definer;
revoke all on function assessment.same_answers from public;
grant execute on function assessment.same_answers to hamkor_app;

alter table releases.release_figure
	add column n integer,
	add column held integer;
comment on column releases.release_figure.cells is 'The cells as they went out: what was held back holds no number.';
comment on column releases.release_figure.n is 'How many people it said that it is about; null when that was held back (or, where held is null, not kept).';
comment on column releases.release_figure.held is 'How many cells were held back. Null for releases before anything could be: then nothing was.';

create table releases.judgement (
	programme_id uuid not null references network.programme (id),
	digest bytea not null,
	verdict jsonb not null,
	judged_at timestamptz not null default clock_timestamp(),
	primary key (programme_id, digest)
);
comment on table releases.judgement is 'What a job has worked out may be published of some figures beside a certain state of the ledger; the digest names both.';
call network.fence_programme('releases.judgement', '{coordinator,analyst}', '{coordinator,analyst}');

-- Answers as columns: what figures are counted from. Written by a task from assessment.submission, which stays the source.

create table assessment.answer_block (
	id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null,
	version_id uuid not null,
	layout integer not null,
	ids uuid[] not null,
	places uuid[] not null,
	first_id uuid not null,
	last_id uuid not null,
	newest timestamptz not null,
	packed_at timestamptz not null default clock_timestamp(),
	foreign key (programme_id, round_id) references assessment.round (programme_id, id)
);
comment on table assessment.answer_block is 'Up to 8,192 counted submissions of a round whose answers stand as columns in assessment.answer_column, in the order of ids. Never changed: replaced when one of its submissions was.';
comment on column assessment.answer_block.layout is 'Version of the way columns are written.';
create index on assessment.answer_block (round_id);

create table assessment.answer_column (
	block_id uuid not null references assessment.answer_block (id) on delete cascade,
	programme_id uuid not null,
	round_id uuid not null,
	key text not null,
	rows integer not null,
	data bytea not null,
	primary key (block_id, key)
);
comment on table assessment.answer_column is 'One column of a block: the coded answers to one question, its numbers, the choices ticked as bits, when each was received, or which row of the level around it an instance belongs to. No text.';
alter table assessment.answer_column alter column data set storage external;

create table assessment.answer_hole (
	block_id uuid not null references assessment.answer_block (id) on delete cascade,
	programme_id uuid not null,
	round_id uuid not null,
	place integer not null,
	primary key (block_id, place)
);
comment on table assessment.answer_hole is 'Submissions of a block that have changed or gone since it was written: not counted from it.';

create table assessment.answer_waiting (
	submission_id uuid primary key,
	programme_id uuid not null,
	round_id uuid not null
);
comment on table assessment.answer_waiting is 'Submissions that stand in no block yet; a figure reads them one by one.';
create index on assessment.answer_waiting (round_id);

create table assessment.answer_change (
	id uuid primary key default gen_random_uuid(),
	programme_id uuid not null,
	round_id uuid not null,
	changed_at timestamptz not null default clock_timestamp(),
	received_at timestamptz not null
);
comment on table assessment.answer_change is 'That a submission, received when, was changed, replaced, rejected or erased: a figure with a later cut-off says so. Not which, nor what.';
create index on assessment.answer_change (round_id, changed_at);

call platform.fence('assessment.answer_block', 'select, insert, delete');
call platform.fence('assessment.answer_column', 'select, insert, delete');
call platform.fence('assessment.answer_hole', 'select, insert, delete');
call platform.fence('assessment.answer_waiting', 'select, insert, delete');
call platform.fence('assessment.answer_change', 'select');
do $$
declare
	name text;
begin
	foreach name in array array['answer_block', 'answer_column', 'answer_hole', 'answer_waiting'] loop
		execute format('create policy analysts on assessment.%I for select to hamkor_app using (round_id = any((select assessment.analysed_rounds())::uuid[]))', name);
		execute format('call platform.let_task(%L, ''figures'')', 'assessment.' || name);
	end loop;
end $$;
create policy readers on assessment.answer_change for select to hamkor_app using (
	programme_id = any((select network.programmes_with('{coordinator,member,analyst,reviewer,official}'))::uuid[]));
call platform.let_task('assessment.instrument_version', 'figures', 'select');

create function assessment.await_packing() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		insert into assessment.answer_waiting (submission_id, programme_id, round_id) values (new.id, new.programme_id, new.round_id)
			on conflict (submission_id) do nothing;
		return null;
	end $$;
comment on function assessment.await_packing is 'What has come in waits for being written into a block.';
alter function assessment.await_packing owner to hamkor_definer;
create trigger await_packing after insert on assessment.submission for each row execute function assessment.await_packing();

create function assessment.lock_packing(round uuid, alone boolean) returns void language plpgsql set search_path = ''
	as $$
	begin
		if alone then
			perform pg_advisory_xact_lock(7271002, hashtext(round::text));
		else
			perform pg_advisory_xact_lock_shared(7271002, hashtext(round::text));
		end if;
	end $$;
comment on function assessment.lock_packing is 'Until the end of the transaction: a round is packed by one at a time, and no submission of it that stands in a block is changed meanwhile.';
revoke all on function assessment.lock_packing from public;
grant execute on function assessment.lock_packing to hamkor_app, hamkor_definer;

create function assessment.unpack_changed() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		perform assessment.lock_packing(old.round_id, false);
		insert into assessment.answer_hole (block_id, programme_id, round_id, place)
			select b.id, b.programme_id, b.round_id, array_position(b.ids, old.id) - 1 from assessment.answer_block b
			where b.round_id = old.round_id and old.id between b.first_id and b.last_id and old.id = any(b.ids)
			on conflict do nothing;
		insert into assessment.answer_change (programme_id, round_id, received_at) values (old.programme_id, old.round_id, old.received_at);
		if tg_op = 'UPDATE' then
			insert into assessment.answer_waiting (submission_id, programme_id, round_id) values (new.id, new.programme_id, new.round_id)
				on conflict (submission_id) do nothing;
		else
			delete from assessment.answer_waiting w where w.submission_id = old.id;
		end if;
		return null;
	end $$;
comment on function assessment.unpack_changed is 'A submission that was changed leaves its block and waits again; flags and checks do not count as a change.';
alter function assessment.unpack_changed owner to hamkor_definer;
create trigger unpack_changed after update on assessment.submission for each row
	when ((old.answers, old.superseded_by, old.place_id, old.xml_sha256, old.review_state = 'rejected') is distinct from
		(new.answers, new.superseded_by, new.place_id, new.xml_sha256, new.review_state = 'rejected'))
	execute function assessment.unpack_changed();
create trigger unpack_erased after delete on assessment.submission for each row execute function assessment.unpack_changed();

insert into assessment.answer_waiting (submission_id, programme_id, round_id)
	select s.id, s.programme_id, s.round_id from assessment.submission s where s.superseded_by is null and s.review_state <> 'rejected';

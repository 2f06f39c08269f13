-- Submissions that are written together begin to wait together: once a statement, not once a row.
drop trigger await_packing on assessment.submission;
create or replace function assessment.await_packing() returns trigger language plpgsql security definer set search_path = ''
	as $$
	begin
		insert into assessment.answer_waiting (submission_id, programme_id, round_id)
			select come.id, come.programme_id, come.round_id from come on conflict (submission_id) do nothing;
		return null;
	end $$;
create trigger await_packing after insert on assessment.submission referencing new table as come for each statement execute function assessment.await_packing();

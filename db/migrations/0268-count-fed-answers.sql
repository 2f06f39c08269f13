-- How many answers a feed may read, from what is packed: a million are counted without reading a million rows.
create function assessment.fed_count(until timestamptz) returns bigint language sql stable security definer set search_path = ''
	as $$
	with fed as (select assessment.fed_round() as round_id),
		-- A block is dated to the millisecond below its newest answer.
		block as (select b.id, b.ids, b.newest < fed_count.until - interval '1 millisecond' as whole
			from assessment.answer_block b join fed on fed.round_id = b.round_id)
	select (select coalesce(sum(cardinality(b.ids)), 0) from block b where b.whole)
		- (select count(*) from assessment.answer_hole h join block b on b.id = h.block_id where b.whole)
		+ (select count(*) from block b cross join lateral unnest(b.ids) with ordinality as one (id, place)
			join assessment.submission s on s.id = one.id and s.superseded_by is null and s.review_state <> 'rejected'
			where not b.whole and s.received_at <= fed_count.until
				and not exists (select from assessment.answer_hole h where h.block_id = b.id and h.place = one.place - 1))
		+ (select count(*) from assessment.answer_waiting w join fed on fed.round_id = w.round_id
			join assessment.submission s on s.id = w.submission_id and s.superseded_by is null and s.review_state <> 'rejected'
			where s.received_at <= fed_count.until) $$;
comment on function assessment.fed_count is 'How many submissions the acting feed may read that had come in until then; what is packed is counted by the block, what waits one by one.';
alter function assessment.fed_count owner to hamkor_definer;
revoke all on function assessment.fed_count from public;
grant execute on function assessment.fed_count to hamkor_app;

-- What services agreed to publish, for donors: they see neither rounds nor instruments, so names and titles come with it.

create function assessment.shown_to_donors(programme uuid) returns table (id uuid, service jsonb, services integer, area text, title jsonb,
	mean_low double precision, mean_high double precision, share_low double precision, share_high double precision, day date)
	language sql stable security definer set search_path = ''
	as $$ select a.id, o.name, 1, w.area, coalesce(w.detail -> 'title', '{}'), least(w.mean_civil, w.mean_authority), greatest(w.mean_civil, w.mean_authority),
			least(w.share_civil, w.share_authority), greatest(w.share_civil, w.share_authority), g.agreed_on
		from assessment.service_agreement g join assessment.service_assessment a on a.id = g.assessment_id join network.organisation o on o.id = a.service_id
		join assessment.area_result w on w.assessment_id = a.id and w.revision = g.revision
		where a.programme_id = shown_to_donors.programme and g.withdrawn_at is null and g.scope = 'publication'
			and a.programme_id = any(network.programmes_with('{donor}'))
		union all select s.id, null, s.services, t.area, coalesce((select w.detail -> 'title' from assessment.area_result w
				join assessment.service_assessment a on a.id = w.assessment_id and a.counted_revision = w.revision
				where a.counted_in = s.id and w.area = t.area limit 1), '{}'), t.mean_low, t.mean_high, t.share_low, t.share_high, s.closed_at::date
		from assessment.scoring_set s cross join lateral assessment.together(s.id) t
		where s.programme_id = shown_to_donors.programme and s.programme_id = any(network.programmes_with('{donor}')) $$;
comment on function assessment.shown_to_donors is 'For donors: results that services agreed to publish, and services together as far as none can be worked out (service null); area by area, the whole with an empty area.';
alter function assessment.shown_to_donors owner to hamkor_definer;
revoke all on function assessment.shown_to_donors from public;
grant execute on function assessment.shown_to_donors to hamkor_app;

-- When a briefing was withdrawn is told in its programme's time zone, as every moment is.

drop function policy.withdrawn_on;
create function policy.withdrawn_on(slug text) returns table (at timestamptz, time_zone text)
	language sql stable security definer set search_path = ''
	as $$ select b.withdrawn_at, p.time_zone from policy.briefing b join network.programme p on p.id = b.programme_id
		where b.slug = withdrawn_on.slug and b.state = 'withdrawn' $$;
comment on function policy.withdrawn_on is 'When the briefing at a public address was withdrawn, and the time zone to say it in; nothing where there never was one, or it still stands.';
alter function policy.withdrawn_on owner to hamkor_definer;
revoke all on function policy.withdrawn_on from public;
grant execute on function policy.withdrawn_on to hamkor_app;

-- Who comes back to a page that was withdrawn is told so, and nothing of what stood on it.

create function policy.withdrawn_on(slug text) returns timestamptz
	language sql stable security definer set search_path = ''
	as $$ select b.withdrawn_at from policy.briefing b where b.slug = withdrawn_on.slug and b.state = 'withdrawn' $$;
comment on function policy.withdrawn_on is 'When the briefing at a public address was withdrawn; null where there never was one, or it still stands.';
alter function policy.withdrawn_on owner to hamkor_definer;
revoke all on function policy.withdrawn_on from public;
grant execute on function policy.withdrawn_on to hamkor_app;

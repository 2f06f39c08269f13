-- A link that is on no team's phone may be handed on to anybody: it has a closing date and a ceiling.

create policy ends on assessment.collection_token as restrictive for insert to hamkor_app
	with check (team_id is not null or (expires_at is not null and ceiling is not null));

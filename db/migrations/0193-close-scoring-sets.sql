-- How many services a closed set counts is written by its rule before the policy looks at the row.
drop policy writers on assessment.scoring_set;
create policy writers on assessment.scoring_set for insert to hamkor_app with check (
	programme_id = any((select network.programmes_with('{coordinator,analyst}'))::uuid[]) and closed_by = (select platform.actor_person()));

-- A state that holds two spells of one system and role on the same day.
SELECT a.row_ref, a.system, a.state, a.start_date, b.start_date AS other_start
FROM core.state_membership a JOIN core.state_membership b USING (source, system, state, role)
WHERE a.start_date < b.start_date AND coalesce(a.end_date, a.known_until) >= b.start_date

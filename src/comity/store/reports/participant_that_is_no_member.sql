-- A state that took part in an exercise when neither state system held it as a member.
SELECT p.source, p.row_ref, p.engagement, p.party, e.start_date
FROM core.engagement_party p JOIN core.engagement e USING (source, engagement)
WHERE e.instrument = 'exercise' AND p.party_kind = 'state'
  AND (SELECT count(DISTINCT system) FROM core.state_membership) = 2
  AND e.start_date <= (SELECT max(known_until) FROM core.state_membership)
  AND NOT EXISTS (
    SELECT 1 FROM core.state_membership m
    WHERE m.role <> 'major_power' AND m.state = p.party
      AND e.start_date BETWEEN m.start_date AND coalesce(m.end_date, m.known_until))
ORDER BY ALL

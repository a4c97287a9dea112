-- A party to a dispute that was no member of the CoW state system in any year of its part.
SELECT p.source, p.row_ref, p.dispute, p.state, p.start_date
FROM core.dispute_party p
WHERE EXISTS (SELECT 1 FROM core.state_membership WHERE system = 'cow')
  AND NOT EXISTS (
    SELECT 1 FROM core.state_membership m
    WHERE m.system = 'cow' AND m.role = 'member' AND m.state = p.state
      AND year(m.start_date) <= year(coalesce(p.end_date, p.start_date))
      AND year(p.start_date) <= year(coalesce(m.end_date, m.known_until)))
ORDER BY ALL

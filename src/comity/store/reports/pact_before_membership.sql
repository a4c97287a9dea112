-- A party to an alliance that was no member of the CoW state system on the day its spell began.
SELECT p.source, p.row_ref, p.agreement, p.party, p.start_date
FROM core.agreement_party p JOIN core.agreement a USING (source, agreement)
WHERE a.agreement_kind = 'alliance' AND p.party_kind = 'state' AND p.start_date IS NOT NULL
  AND EXISTS (SELECT 1 FROM core.state_membership WHERE system = 'cow')
  AND p.start_date <= (SELECT max(known_until) FROM core.state_membership WHERE system = 'cow')
  AND NOT EXISTS (
    SELECT 1 FROM core.state_membership m
    WHERE m.system = 'cow' AND m.role = 'member' AND m.state = p.party
      AND p.start_date BETWEEN m.start_date AND coalesce(m.end_date, m.known_until))
ORDER BY ALL

-- A defense obligation the register lists between two states, in a year ATOP covers, that ATOP does not list.
WITH held AS (
    SELECT source, agreement, party, row_ref, start_date, coalesce(end_date, known_until) AS last_date,
           list_contains(obligations, 'defense') AS is_obliged
    FROM core.agreement_party
    WHERE party_kind = 'state' AND start_date IS NOT NULL
), joint AS (
    SELECT a.source, a.agreement, a.row_ref, a.party AS state_a, b.party AS state_b,
           greatest(a.start_date, b.start_date) AS first_date, least(a.last_date, b.last_date) AS last_date
    FROM held a JOIN held b USING (source, agreement)
    WHERE a.party < b.party AND (a.is_obliged OR b.is_obliged)
      AND greatest(a.start_date, b.start_date) <= least(a.last_date, b.last_date)
), horizon AS (
    SELECT max(known_until) AS day FROM core.agreement WHERE source = 'atop'
)
SELECT r.row_ref, r.agreement, r.state_a, r.state_b, r.first_date
FROM joint r, horizon h
WHERE r.source = 'register' AND h.day IS NOT NULL AND r.first_date <= h.day
  AND NOT EXISTS (
    SELECT 1 FROM joint p
    WHERE p.source = 'atop' AND p.state_a = r.state_a AND p.state_b = r.state_b
      AND p.first_date <= r.last_date AND p.last_date >= r.first_date)

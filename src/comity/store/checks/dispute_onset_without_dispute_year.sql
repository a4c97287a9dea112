-- A dispute that begins between two states in a year in which it is not under way.
SELECT o.row_ref, o.from_state, o.to_state, o.year
FROM core.dyad_year_fact o
WHERE o.fact = 'dispute_onset' AND NOT EXISTS (
    SELECT 1 FROM core.dyad_year_fact g
    WHERE g.fact = 'dispute_ongoing' AND g.source = o.source AND g.item = o.item AND g.year = o.year
      AND g.from_state = o.from_state AND g.to_state = o.to_state)

-- An engagement that is said to be completed but begins after the day the register was last read.
SELECT row_ref, engagement, start_date
FROM core.engagement
WHERE status = 'completed' AND start_date > (SELECT coalesce(max(read_date), DATE '2100-01-01') FROM core.evidence)

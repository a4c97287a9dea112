-- An engagement in which nobody took part.
SELECT e.row_ref, e.engagement
FROM core.engagement e ANTI JOIN core.engagement_party p USING (source, engagement)

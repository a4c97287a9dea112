-- A party to an engagement that is not there.
SELECT p.row_ref, p.engagement, p.party
FROM core.engagement_party p ANTI JOIN core.engagement e USING (source, engagement)

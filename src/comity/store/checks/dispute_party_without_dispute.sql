-- A party to a dispute that is not there.
SELECT p.row_ref, p.dispute, p.state
FROM core.dispute_party p ANTI JOIN core.dispute d USING (source, dispute)

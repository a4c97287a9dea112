-- A party to an agreement that is not there.
SELECT p.row_ref, p.agreement, p.party
FROM core.agreement_party p ANTI JOIN core.agreement a USING (source, agreement)

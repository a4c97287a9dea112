-- A member of an organisation that is not there.
SELECT m.row_ref, m.organisation, m.party
FROM core.organisation_member m ANTI JOIN core.organisation o USING (source, organisation)

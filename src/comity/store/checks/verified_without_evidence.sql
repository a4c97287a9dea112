-- A record said to be verified that no piece of evidence supports.
SELECT e.row_ref, e.engagement
FROM core.engagement e
WHERE e.source = 'register' AND e.verification <> 'unverified'
  AND NOT EXISTS (SELECT 1 FROM core.evidence v WHERE v.core_table = 'engagement' AND v.item = e.engagement)
UNION ALL
SELECT a.row_ref, a.agreement
FROM core.agreement a
WHERE a.source = 'register' AND a.verification <> 'unverified'
  AND NOT EXISTS (SELECT 1 FROM core.evidence v WHERE v.core_table = 'agreement' AND v.item = a.agreement)

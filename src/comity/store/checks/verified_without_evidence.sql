-- A record said to be verified that no piece of evidence supports.
WITH verified AS (
    SELECT 'access_change' AS core_table, item, source, row_ref, verification FROM core.access_change
    UNION ALL
    SELECT 'agreement' AS core_table, agreement AS item, source, row_ref, verification FROM core.agreement
    UNION ALL
    SELECT 'case_study' AS core_table, case_study AS item, source, row_ref, verification FROM core.case_study
    UNION ALL
    SELECT 'channel' AS core_table, channel AS item, source, row_ref, verification FROM core.channel
    UNION ALL
    SELECT 'engagement' AS core_table, engagement AS item, source, row_ref, verification FROM core.engagement
    UNION ALL
    SELECT 'incident' AS core_table, incident AS item, source, row_ref, verification FROM core.incident
    UNION ALL
    SELECT 'organisation' AS core_table, organisation AS item, source, row_ref, verification FROM core.organisation
    UNION ALL
    SELECT 'place' AS core_table, place AS item, source, row_ref, verification FROM core.place
    UNION ALL
    SELECT 'presence' AS core_table, presence AS item, source, row_ref, verification FROM core.presence
    UNION ALL
    SELECT 'programme' AS core_table, programme AS item, source, row_ref, verification FROM core.programme
    UNION ALL
    SELECT 'regime_status' AS core_table, regime AS item, source, row_ref, verification FROM core.regime_status
    UNION ALL
    SELECT 'region' AS core_table, region AS item, source, row_ref, verification FROM core.region
    UNION ALL
    SELECT 'series' AS core_table, series AS item, source, row_ref, verification FROM core.series
    UNION ALL
    SELECT 'territorial_claim' AS core_table, claim AS item, source, row_ref, verification FROM core.territorial_claim
)
SELECT row_ref, core_table, item
FROM verified r
WHERE source = 'register' AND verification <> 'unverified'
  AND NOT EXISTS (
    SELECT 1 FROM core.evidence v WHERE v.source = r.source AND v.core_table = r.core_table AND v.item = r.item)

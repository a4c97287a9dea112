-- A fact that ends before it begins.
SELECT row_ref, 'state_membership' AS core_table, start_date, end_date FROM core.state_membership WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'organisation' AS core_table, start_date, end_date FROM core.organisation WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'organisation_member' AS core_table, start_date, end_date FROM core.organisation_member WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'agreement' AS core_table, start_date, end_date FROM core.agreement WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'agreement_party' AS core_table, start_date, end_date FROM core.agreement_party WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'engagement' AS core_table, start_date, end_date FROM core.engagement WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'dispute' AS core_table, start_date, end_date FROM core.dispute WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'dispute_party' AS core_table, start_date, end_date FROM core.dispute_party WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'crisis' AS core_table, start_date, end_date FROM core.crisis WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'crisis_party' AS core_table, start_date, end_date FROM core.crisis_party WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'conflict_party' AS core_table, start_date, end_date FROM core.conflict_party WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'incident' AS core_table, start_date, end_date FROM core.incident WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'channel' AS core_table, start_date, end_date FROM core.channel WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'regime_status' AS core_table, start_date, end_date FROM core.regime_status WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'programme' AS core_table, start_date, end_date FROM core.programme WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'mission' AS core_table, start_date, end_date FROM core.mission WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'presence' AS core_table, start_date, end_date FROM core.presence WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'rivalry' AS core_table, start_date, end_date FROM core.rivalry WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'territorial_claim' AS core_table, start_date, end_date FROM core.territorial_claim WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'state_spell' AS core_table, start_date, end_date FROM core.state_spell WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'dyad_spell' AS core_table, start_date, end_date FROM core.dyad_spell WHERE end_date < start_date

-- A fact that ends before it begins.
SELECT row_ref, 'engagement' AS core_table, start_date, end_date FROM core.engagement WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'agreement', start_date, end_date FROM core.agreement WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'agreement_party', start_date, end_date FROM core.agreement_party WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'organisation_member', start_date, end_date FROM core.organisation_member WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'state_membership', start_date, end_date FROM core.state_membership WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'dispute', start_date, end_date FROM core.dispute WHERE end_date < start_date
UNION ALL BY NAME
SELECT row_ref, 'incident', start_date, end_date FROM core.incident WHERE end_date < start_date

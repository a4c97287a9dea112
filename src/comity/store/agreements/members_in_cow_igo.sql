-- Members of organizations that bear one name in the register and in CoW's list, and whether both have them by a year.
WITH named AS (
    SELECT source, organisation, unnest([lower(name), lower(short_name)]) AS called FROM core.organisation
), same AS (
    SELECT DISTINCT r.organisation, c.organisation AS listed_as
    FROM named r JOIN named c USING (called)
    WHERE r.source = 'register' AND c.source = 'cow_igo'
), joined AS (
    SELECT source, organisation, party, min(year(start_date)) AS year
    FROM core.organisation_member
    WHERE party_kind = 'state' AND role = 'member' AND start_date IS NOT NULL
    GROUP BY ALL
)
SELECT organisation AS record, party AS state_a, NULL::VARCHAR AS state_b, year,
       EXISTS (SELECT 1 FROM joined l WHERE l.source = 'cow_igo' AND l.organisation = same.listed_as
               AND l.party = j.party AND l.year BETWEEN j.year - 1 AND j.year + 1) AS is_matched
FROM joined j JOIN same USING (organisation)
WHERE source = 'register' AND year <= 2014
ORDER BY ALL

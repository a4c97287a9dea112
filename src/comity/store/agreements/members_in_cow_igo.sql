-- States that entered an organization while both lists know it, and whether CoW has them in within a year.
WITH named AS (
    SELECT source, organisation, unnest([lower(name), lower(short_name)]) AS called FROM core.organisation
), same AS (
    SELECT DISTINCT r.organisation, c.organisation AS listed_as
    FROM named r JOIN named c USING (called)
    WHERE r.source = 'register' AND c.source = 'cow_igo'
), spell AS (
    SELECT source, organisation, party, year(start_date) AS first_year, year(end_date) AS last_year
    FROM core.organisation_member
    WHERE party_kind = 'state' AND role = 'member' AND start_date IS NOT NULL
), founded AS (
    SELECT source, organisation, min(first_year) AS year FROM spell GROUP BY ALL
), shared AS (
    -- One may date the body from a forerunner (the treaty, the five of Shanghai): both know it from the later year.
    SELECT same.*, greatest(r.year, c.year) AS year
    FROM same
    JOIN founded r ON r.source = 'register' AND r.organisation = same.organisation
    JOIN founded c ON c.source = 'cow_igo' AND c.organisation = same.listed_as
), known AS (
    -- CoW lists the members that are states of its system: Nauru from 1999, whenever it joined.
    SELECT party, min(first_year) AS year FROM spell WHERE source = 'cow_igo' GROUP BY ALL
), entered AS (
    SELECT s.source, b.organisation, b.listed_as, s.party, min(greatest(s.first_year, b.year, k.year)) AS year
    FROM spell s
    JOIN known k USING (party)
    JOIN shared b ON s.organisation = CASE s.source WHEN 'register' THEN b.organisation ELSE b.listed_as END
    WHERE s.source IN ('register', 'cow_igo') AND (s.last_year IS NULL OR s.last_year >= greatest(b.year, k.year))
    GROUP BY ALL
), listed AS (
    SELECT * FROM entered WHERE source = 'cow_igo'
)
SELECT organisation AS record, party AS state_a, NULL::VARCHAR AS state_b, year,
       EXISTS (SELECT 1 FROM listed l WHERE l.organisation = e.organisation AND l.listed_as = e.listed_as
               AND l.party = e.party AND l.year BETWEEN e.year - 1 AND e.year + 1) AS is_matched
FROM entered e
WHERE source = 'register' AND year <= 2014
ORDER BY ALL

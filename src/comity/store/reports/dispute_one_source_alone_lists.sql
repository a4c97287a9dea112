-- A pair-year in dispute by one of the two dispute datasets and not by the other, while both cover the year.
WITH pairs AS (
    SELECT DISTINCT CASE WHEN fact = 'dispute_ongoing' THEN 'gml_mid' ELSE 'cow_mid' END AS list,
           least(from_state, to_state) AS state_a, greatest(from_state, to_state) AS state_b, year
    FROM core.dyad_year_fact WHERE fact IN ('dispute_ongoing', 'mid_ongoing')
), spans AS (
    SELECT greatest(min(year) FILTER (list = 'gml_mid'), min(year) FILTER (list = 'cow_mid')) AS first_year,
           least(max(year) FILTER (list = 'gml_mid'), max(year) FILTER (list = 'cow_mid')) AS last_year
    FROM pairs HAVING count(DISTINCT list) = 2
)
SELECT state_a, state_b, year, any_value(list) AS listed_by
FROM pairs, spans
WHERE year BETWEEN first_year AND last_year
GROUP BY state_a, state_b, year
HAVING count(*) = 1
ORDER BY ALL

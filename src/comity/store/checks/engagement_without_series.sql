-- An edition of a series that is not there.
SELECT e.row_ref, e.engagement, e.series
FROM core.engagement e ANTI JOIN core.series s USING (source, series)
WHERE e.series IS NOT NULL

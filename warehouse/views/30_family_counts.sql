CREATE OR REPLACE VIEW family_counts AS
SELECT language, root, CAST(sum(events) AS BIGINT) AS events
FROM (SELECT unnest(string_split(languages, ',')) AS language, root, events FROM (SELECT languages, root, count(*) AS events FROM events GROUP BY ALL))
GROUP BY ALL;
COMMENT ON VIEW family_counts IS 'Events by language of the articles and CAMEO root; one that is told in two languages counts for both.';
-- example: SELECT * FROM family_counts ORDER BY events DESC

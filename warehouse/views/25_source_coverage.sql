CREATE OR REPLACE VIEW source_coverage AS
SELECT coalesce(publisher, '') AS publisher, CAST(date_trunc('month', published) AS DATE) AS month, language, count(*) AS articles, count(DISTINCT story) AS stories, count(*) FILTER (outcome = 'coded') AS coded
FROM articles
GROUP BY ALL;
COMMENT ON VIEW source_coverage IS 'Articles a month by publisher and language: how many, how many stories (copies count once), how many with events.';
-- example: SELECT * FROM source_coverage ORDER BY month, articles DESC LIMIT 10

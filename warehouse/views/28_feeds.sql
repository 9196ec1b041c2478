CREATE OR REPLACE VIEW feeds AS
SELECT url, max(asked_at) AS asked_at, arg_max(coalesce(CAST(status AS VARCHAR), reason), asked_at) AS answer, max(asked_at) FILTER (status IN (200, 304)) AS answered_at,
    max(asked_at) FILTER (articles > 0) AS brought_at, count(*) AS times_asked, count(*) FILTER (status IS NULL OR status NOT IN (200, 304)) AS failures, sum(articles) AS articles,
    arg_max_null(detail, asked_at) AS detail
FROM fetches
WHERE kind = 'feed'
GROUP BY url;
COMMENT ON VIEW feeds IS 'Each feed: when it was asked last and what it answered, when it answered at all and when it brought articles last, how often it failed.';
-- example: SELECT url, asked_at, answer, brought_at, articles FROM feeds ORDER BY brought_at LIMIT 10

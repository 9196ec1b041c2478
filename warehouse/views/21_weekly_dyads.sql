CREATE OR REPLACE VIEW weekly_dyads AS
SELECT CAST(date_trunc('week', event_date) AS DATE) AS week, source_country, target_country, quad_class, count(*) AS events, sum(mentions) AS mentions,
       avg(goldstein) AS goldstein_mean, sum(goldstein) AS goldstein_sum
FROM events
WHERE source_country <> '' AND target_country <> '' AND event_date IS NOT NULL
GROUP BY ALL;
COMMENT ON VIEW weekly_dyads IS 'Events a week (from Monday) between two countries or bodies, by quad class.';
-- example: SELECT * FROM weekly_dyads WHERE quad_class = 4 ORDER BY events DESC LIMIT 10

CREATE OR REPLACE VIEW daily_dyads AS
SELECT event_date, source_country, target_country, quad_class, count(*) AS events, avg(goldstein) AS goldstein_mean, sum(goldstein) AS goldstein_sum
FROM events
WHERE source_country <> '' AND target_country <> ''
GROUP BY ALL;
COMMENT ON VIEW daily_dyads IS 'Events a day between two countries or bodies, by quad class.';
-- example: SELECT source_country, target_country, sum(events) AS events, sum(goldstein_sum) AS goldstein FROM daily_dyads WHERE quad_class IN (3, 4) GROUP BY ALL ORDER BY goldstein LIMIT 10

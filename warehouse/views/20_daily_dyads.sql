CREATE OR REPLACE VIEW daily_dyads AS
SELECT event_date, source_country, target_country, quad_class, count(*) AS events, avg(goldstein) AS goldstein_mean, sum(goldstein) AS goldstein_sum
FROM events
WHERE source_country <> '' AND target_country <> ''
GROUP BY ALL;
COMMENT ON VIEW daily_dyads IS 'Events a day between two countries or bodies, by quad class.';

CREATE OR REPLACE VIEW actor_profiles AS
WITH sides AS (SELECT source AS code, 'source' AS side, event_date, quad_class, goldstein FROM events UNION ALL SELECT target, 'target', event_date, quad_class, goldstein FROM events)
SELECT s.code, any_value(a.name) AS name, count(*) FILTER (side = 'source') AS as_source, count(*) FILTER (side = 'target') AS as_target,
       count(*) FILTER (quad_class IN (1, 2)) AS cooperation, count(*) FILTER (quad_class IN (3, 4)) AS conflict,
       avg(goldstein) FILTER (side = 'source') AS goldstein_given, avg(goldstein) FILTER (side = 'target') AS goldstein_received, min(event_date) AS first_day, max(event_date) AS last_day
FROM sides s LEFT JOIN actors a ON a.code = s.code
WHERE s.code IS NOT NULL
GROUP BY s.code;
COMMENT ON VIEW actor_profiles IS 'What each actor code does and undergoes: events as source and as target, cooperation and conflict, mean Goldstein of what it gives and gets, first and last day.';
-- example: SELECT * FROM actor_profiles ORDER BY as_source DESC LIMIT 10

CREATE OR REPLACE VIEW escalation AS
WITH weeks AS (
    SELECT week, source_country, target_country, sum(events) AS events, coalesce(sum(events) FILTER (quad_class IN (3, 4)), 0) AS conflict, coalesce(sum(goldstein_sum), 0) AS goldstein
    FROM weekly_dyads GROUP BY ALL)
SELECT week, source_country, target_country, events, conflict, goldstein,
       sum(conflict) OVER recent / 4 AS conflict_recent, sum(conflict) OVER year / 52 AS conflict_baseline,
       sum(goldstein) OVER recent / 4 AS goldstein_recent, sum(goldstein) OVER year / 52 AS goldstein_baseline
FROM weeks
WINDOW recent AS (PARTITION BY source_country, target_country ORDER BY week RANGE BETWEEN INTERVAL 3 WEEKS PRECEDING AND CURRENT ROW),
       year AS (PARTITION BY source_country, target_country ORDER BY week RANGE BETWEEN INTERVAL 55 WEEKS PRECEDING AND INTERVAL 4 WEEKS PRECEDING);
COMMENT ON VIEW escalation IS 'For each week with events between two countries or bodies: conflict events (quad classes 3 and 4) and Goldstein sum a week over the last four weeks, against the 52 weeks before these (NULL where there are none).';
-- example: SELECT * FROM escalation WHERE conflict_recent > 2 * coalesce(conflict_baseline, 0) ORDER BY conflict_recent DESC LIMIT 10

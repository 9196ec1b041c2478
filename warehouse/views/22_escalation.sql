CREATE OR REPLACE VIEW escalation AS
WITH weeks AS (
    SELECT CAST(date_trunc('week', event_date) AS DATE) AS week, source_country, target_country, count(*) AS events, count(*) FILTER (quad_class IN (3, 4)) AS conflict, coalesce(sum(goldstein), 0) AS goldstein
    FROM events WHERE source_country <> '' AND target_country <> '' AND event_date IS NOT NULL GROUP BY ALL)
SELECT week, source_country, target_country, events, conflict, goldstein,
       sum(conflict) OVER recent / 4 AS conflict_recent, sum(conflict) OVER year / 52 AS conflict_baseline,
       sum(goldstein) OVER recent / 4 AS goldstein_recent, sum(goldstein) OVER year / 52 AS goldstein_baseline
FROM weeks
WINDOW recent AS (PARTITION BY source_country, target_country ORDER BY week RANGE BETWEEN INTERVAL 3 WEEKS PRECEDING AND CURRENT ROW),
       year AS (PARTITION BY source_country, target_country ORDER BY week RANGE BETWEEN INTERVAL 55 WEEKS PRECEDING AND INTERVAL 4 WEEKS PRECEDING);
COMMENT ON VIEW escalation IS 'For each week with events between two countries or bodies: conflict events (quad classes 3 and 4) and Goldstein sum a week over the last four weeks, against the 52 weeks before these (NULL where there are none).';
-- example: SELECT * FROM escalation WHERE conflict_recent > 2 * coalesce(conflict_baseline, 0) ORDER BY conflict_recent DESC LIMIT 10

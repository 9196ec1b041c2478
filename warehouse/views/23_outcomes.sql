CREATE OR REPLACE MACRO outcomes_within(days) AS TABLE
WITH asked AS (
    SELECT event_id, event_date, root, code, source_country, target_country FROM events
    WHERE root IN ('02', '10', '12', '13') AND source_country <> '' AND target_country <> '' AND source_country <> target_country AND event_date IS NOT NULL),
answered AS (
    SELECT a.event_id, min(r.event_date) FILTER (r.root IN ('05', '06', '07', '08')) AS granted_on, min(r.event_date) FILTER (r.root = '12') AS refused_on
    FROM asked a JOIN events r ON r.source_country = a.target_country AND r.target_country = a.source_country AND r.event_date BETWEEN a.event_date AND a.event_date + days
    WHERE r.root IN ('05', '06', '07', '08', '12') GROUP BY a.event_id)
SELECT asked.*, granted_on, refused_on, CASE WHEN granted_on IS NULL AND refused_on IS NULL THEN 'unanswered' WHEN refused_on IS NULL OR granted_on <= refused_on THEN 'granted' ELSE 'refused' END AS outcome
FROM asked LEFT JOIN answered USING (event_id);
CREATE OR REPLACE VIEW outcomes AS FROM outcomes_within(30);
COMMENT ON VIEW outcomes IS 'Appeals (02), demands (10), refusals (12) and threats (13) with what the addressee did to the sender within 30 days: granted (05 to 08), refused (12), whichever came first, or unanswered. Other spans: outcomes_within(days).';
-- example: SELECT source_country, target_country, outcome, count(*) AS events FROM outcomes WHERE root = '02' GROUP BY ALL ORDER BY events DESC LIMIT 10

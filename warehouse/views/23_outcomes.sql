-- Answers are put together by day and dyad first: a dyad has at most one row a day of each, however much is reported. One grouping and no table read twice
-- by name, so that a question about one country or dyad reads only that.
CREATE OR REPLACE MACRO outcomes_within(days) AS TABLE
SELECT a.event_id, a.event_date, a.root, a.code, a.source_country, a.target_country,
       min(r.event_date) FILTER (r.granted) AS granted_on, min(r.event_date) FILTER (r.refused) AS refused_on,
       CASE WHEN granted_on IS NULL AND refused_on IS NULL THEN 'unanswered' WHEN refused_on IS NULL OR granted_on <= refused_on THEN 'granted' ELSE 'refused' END AS outcome
FROM events a
LEFT JOIN (SELECT source_country, target_country, event_date, bool_or(root <> '12') AS granted, bool_or(root = '12') AS refused
           FROM events WHERE root IN ('05', '06', '07', '08', '12') AND source_country <> '' AND target_country <> '' GROUP BY ALL) r
    ON r.source_country = a.target_country AND r.target_country = a.source_country AND r.event_date BETWEEN a.event_date AND a.event_date + days
WHERE a.root IN ('02', '10', '12', '13') AND a.source_country <> '' AND a.target_country <> '' AND a.source_country <> a.target_country AND a.event_date IS NOT NULL
GROUP BY a.event_id, a.event_date, a.root, a.code, a.source_country, a.target_country;
CREATE OR REPLACE VIEW outcomes AS FROM outcomes_within(30);
COMMENT ON VIEW outcomes IS 'Appeals (02), demands (10), refusals (12) and threats (13) with what the addressee did to the sender within 30 days: granted (05 to 08), refused (12), whichever came first, or unanswered. Other spans: outcomes_within(days).';
-- example: SELECT target_country, outcome, count(*) AS appeals FROM outcomes WHERE root = '02' AND source_country = 'EGY' GROUP BY ALL ORDER BY appeals DESC LIMIT 10

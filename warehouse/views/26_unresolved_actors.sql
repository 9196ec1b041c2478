CREATE OR REPLACE VIEW unresolved_actors AS
WITH sides AS (SELECT source AS code, source_text AS text, event_id FROM mentions UNION ALL SELECT target, target_text, event_id FROM mentions)
SELECT code, lower(trim(text)) AS phrase, count(DISTINCT event_id) AS events, count(*) AS mentions
FROM sides WHERE starts_with(code, '---') GROUP BY ALL;
COMMENT ON VIEW unresolved_actors IS 'Phrases that name actors and that no dictionary entry covers (code ---, with a role where that is known), with the events that they cost.';
-- example: SELECT * FROM unresolved_actors ORDER BY events DESC LIMIT 10

CREATE OR REPLACE VIEW family_counts AS
SELECT a.language, left(m.code, 2) AS root, count(DISTINCT m.event_id) AS events
FROM mentions m JOIN articles a USING (article_id)
GROUP BY ALL;
COMMENT ON VIEW family_counts IS 'Events by language of the articles and CAMEO root.';
-- example: SELECT * FROM family_counts ORDER BY events DESC

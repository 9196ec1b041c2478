-- Events, runs or articles whose counts or outcome are not what is there.
SELECT 'events' AS what, e.event_id AS id FROM events e
JOIN (SELECT event_id, count(*) AS mentions, count(DISTINCT article_id) AS articles, count(DISTINCT story) AS stories FROM mentions JOIN articles USING (article_id) GROUP BY event_id) m USING (event_id)
WHERE (e.mentions, e.articles, e.stories) <> (m.mentions, m.articles, m.stories)
UNION ALL SELECT 'runs', run_id FROM runs WHERE articles <> coded + empty + rejected
UNION ALL SELECT 'articles', article_id FROM articles WHERE (outcome = 'coded') <> (article_id IN (SELECT article_id FROM mentions))

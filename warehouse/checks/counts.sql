-- Events, runs or articles whose counts, actors, code or outcome are not those of what is there.
SELECT 'events' AS what, e.event_id AS id FROM events e
JOIN (SELECT event_id, count(*) AS mentions, count(DISTINCT article_id) AS articles, count(DISTINCT story) AS stories, greatest(1, count(DISTINCT publisher)) AS publishers, max(confidence) AS confidence,
             string_agg(DISTINCT language, ',' ORDER BY language) AS languages
      FROM mentions JOIN articles USING (article_id) GROUP BY event_id) m USING (event_id)
WHERE (e.mentions, e.articles, e.stories, e.publishers, e.confidence, e.languages) <> (m.mentions, m.articles, m.stories, m.publishers, m.confidence, m.languages)
UNION ALL SELECT DISTINCT 'events', event_id FROM events e JOIN mentions m USING (event_id)
WHERE e.code <> m.code OR e.source IS DISTINCT FROM m.source OR e.target IS DISTINCT FROM m.target
UNION ALL SELECT 'events', event_id FROM events e JOIN codes c USING (code) WHERE e.root <> c.root OR e.quad_class <> c.quad_class OR e.goldstein IS DISTINCT FROM c.goldstein
UNION ALL SELECT 'runs', run_id FROM runs WHERE articles <> coded + empty + rejected
UNION ALL SELECT 'articles', article_id FROM articles WHERE (outcome = 'coded') <> (article_id IN (SELECT article_id FROM mentions))

-- Ids that stand twice.
SELECT 'articles' AS what, article_id AS id FROM articles GROUP BY article_id HAVING count(*) > 1
UNION ALL SELECT 'sentences', article_id || ' ' || sentence FROM sentences GROUP BY article_id, sentence HAVING count(*) > 1
UNION ALL SELECT 'mentions', mention_id FROM mentions GROUP BY mention_id HAVING count(*) > 1
UNION ALL SELECT 'events', event_id FROM events GROUP BY event_id HAVING count(*) > 1
UNION ALL SELECT 'actors', code FROM actors GROUP BY code HAVING count(*) > 1

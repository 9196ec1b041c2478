-- Sentences, mentions or stretches without their article, or mentions without their sentence or event.
SELECT 'sentences' AS what, article_id AS id FROM sentences ANTI JOIN articles USING (article_id)
UNION ALL SELECT 'unparsed', article_id FROM unparsed ANTI JOIN articles USING (article_id)
UNION ALL SELECT 'bands', article_id FROM bands ANTI JOIN articles USING (article_id)
UNION ALL SELECT 'mentions', mention_id FROM mentions ANTI JOIN sentences USING (article_id, sentence)
UNION ALL SELECT 'mentions', mention_id FROM mentions ANTI JOIN events USING (event_id)
UNION ALL SELECT 'events', event_id FROM events ANTI JOIN mentions USING (event_id)

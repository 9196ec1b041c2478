-- Rows that refer to what is not there: sentences, mentions or stretches without article, articles without sentence, mentions without sentence or event, events without mention, files without text.
SELECT 'sentences' AS what, article_id AS id FROM sentences ANTI JOIN articles USING (article_id)
UNION ALL SELECT 'unparsed', article_id FROM unparsed ANTI JOIN articles USING (article_id)
UNION ALL SELECT 'bands', article_id FROM bands ANTI JOIN articles USING (article_id)
UNION ALL SELECT 'mentions', mention_id FROM mentions ANTI JOIN sentences USING (article_id, sentence)
UNION ALL SELECT 'mentions', mention_id FROM mentions ANTI JOIN events USING (event_id)
UNION ALL SELECT 'past_mentions', mention_id FROM past_mentions ANTI JOIN articles USING (article_id)
UNION ALL SELECT 'past_codings', article_id FROM past_codings ANTI JOIN articles USING (article_id)
UNION ALL SELECT 'articles', article_id FROM articles ANTI JOIN sentences USING (article_id)
UNION ALL SELECT 'articles', article_id FROM articles ANTI JOIN packages USING (package)
UNION ALL SELECT 'events', event_id FROM events ANTI JOIN mentions USING (event_id)
UNION ALL SELECT 'events', e.event_id FROM events e ANTI JOIN mentions m ON m.mention_id = e.first_mention AND m.event_id = e.event_id
UNION ALL SELECT 'dictionary_files', file FROM dictionary_files ANTI JOIN dictionary_texts USING (text_hash)

CREATE OR REPLACE VIEW events_with_text AS
SELECT e.*, m.article_id, m.sentence, m.trigger, m.trigger_start, m.stack, m.entries, m.source_text, m.target_text, p.text AS sentence_text, a.language, a.title, a.url, a.publisher
FROM events e
JOIN mentions m ON m.mention_id = e.first_mention
JOIN articles a USING (article_id)
JOIN sentences p USING (article_id, sentence);
COMMENT ON VIEW events_with_text IS 'Events with the words, the sentence and the article of their first mention.';
-- example: SELECT event_date, source, code, target, sentence_text FROM events_with_text WHERE root = '13' AND target_country = 'EGY' ORDER BY event_date DESC LIMIT 10

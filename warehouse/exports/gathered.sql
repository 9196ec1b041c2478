-- The rows that a large window reads, taken out of the warehouse in one pass over each table: the small windows within it then read only these.
-- `gathered_events` is made in export.py. Each table is read past a short list of ids; a join of whole rows would have to keep them all.
CREATE OR REPLACE TEMP TABLE gathered_mentions AS
SELECT mention_id, event_id, article_id, sentence, source_text, target_text, source_start, source_end, target_start, target_end, trigger, trigger_start, stack, entries, confidence, parser_version, dictionaries
FROM mentions WHERE event_id IN (SELECT event_id FROM gathered_events);

CREATE OR REPLACE TEMP TABLE gathered_articles AS
SELECT article_id, language, published, title, url, canonical_url, publisher, length(text) AS characters
FROM articles WHERE article_id IN (SELECT article_id FROM gathered_mentions);

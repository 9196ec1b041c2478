-- Spans that do not cut the recorded words out of the stored text.
SELECT 'sentences' AS what, s.article_id || ' ' || s.sentence AS id FROM sentences s JOIN articles a USING (article_id) WHERE a.text[s.span_start + 1 : s.span_end] <> s.text
UNION ALL SELECT 'trigger', mention_id FROM mentions m JOIN articles a USING (article_id) WHERE a.text[m.trigger_start + 1 : m.trigger_end] <> m.trigger
UNION ALL SELECT 'source', mention_id FROM mentions m JOIN articles a USING (article_id) WHERE a.text[m.source_start + 1 : m.source_end] <> m.source_text
UNION ALL SELECT 'target', mention_id FROM mentions m JOIN articles a USING (article_id) WHERE a.text[m.target_start + 1 : m.target_end] <> m.target_text

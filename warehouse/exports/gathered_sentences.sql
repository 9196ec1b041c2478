-- The sentences of the first mentions, for the formats that have them.
CREATE OR REPLACE TEMP TABLE gathered_sentences AS
SELECT article_id, sentence, text, span_start, span_end
FROM sentences SEMI JOIN gathered_mentions USING (article_id, sentence);

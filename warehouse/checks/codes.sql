-- Mentions with a code that the ontology lacks, or with an actor that is not among the actors.
SELECT 'code' AS what, mention_id AS id FROM mentions ANTI JOIN codes USING (code)
UNION ALL SELECT 'source', mention_id FROM mentions m ANTI JOIN actors a ON a.code = m.source WHERE m.source IS NOT NULL
UNION ALL SELECT 'target', mention_id FROM mentions m ANTI JOIN actors a ON a.code = m.target WHERE m.target IS NOT NULL

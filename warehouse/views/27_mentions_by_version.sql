CREATE OR REPLACE VIEW mentions_by_version AS
SELECT *, NULL AS replaced_by FROM mentions UNION ALL BY NAME SELECT * FROM past_mentions;
COMMENT ON VIEW mentions_by_version IS 'Mentions as the present and all earlier dictionaries coded them, by the column dictionaries; replaced_by is NULL for the present coding.';
-- example: SELECT dictionaries, count(*) AS mentions FROM mentions_by_version GROUP BY ALL

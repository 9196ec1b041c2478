-- Stories that are not named after an article of theirs, or whose day is not its day.
SELECT 'stories' AS what, a.article_id AS id FROM articles a LEFT JOIN articles s ON s.article_id = a.story
WHERE s.article_id IS NULL OR s.story <> a.story OR s.published IS DISTINCT FROM a.story_day

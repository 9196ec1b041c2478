CREATE OR REPLACE VIEW events_with_text AS
SELECT e.*, s.text AS source_text, t.text AS target_text, p.text AS sentence_text, a.language, a.title, a.url, a.publisher
FROM events e
JOIN articles a USING (article_id)
JOIN sentences p USING (article_id, sentence)
LEFT JOIN event_actors s ON s.event_id = e.event_id AND s.side = 'source'
LEFT JOIN event_actors t ON t.event_id = e.event_id AND t.side = 'target';
COMMENT ON VIEW events_with_text IS 'Events with their actors'' words, their sentence and their article.';

CREATE OR REPLACE VIEW daily_dyads AS
SELECT e.event_date, s.country AS source_country, t.country AS target_country, e.quad_class,
       count(*) AS events, avg(e.goldstein) AS goldstein_mean, sum(e.goldstein) AS goldstein_sum
FROM events e
JOIN event_actors s ON s.event_id = e.event_id AND s.side = 'source' AND s.country <> ''
JOIN event_actors t ON t.event_id = e.event_id AND t.side = 'target' AND t.country <> ''
GROUP BY ALL;
COMMENT ON VIEW daily_dyads IS 'Events a day between two countries or bodies, by quad class.';

CREATE OR REPLACE VIEW family_counts AS
SELECT a.language, e.root, count(*) AS events
FROM events e JOIN articles a USING (article_id)
GROUP BY ALL;
COMMENT ON VIEW family_counts IS 'Events by language and CAMEO root.';

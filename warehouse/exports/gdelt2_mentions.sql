-- GDELT 2.0 mentions: tab-separated, no header, 16 columns; a row for each statement of an event in the file beside it.
SELECT
    number_of(e.event_id) AS GLOBALEVENTID,  -- As in the events.
    day_number(coalesce(first.published, e.event_date)) * CAST(1000000 AS BIGINT) AS EventTimeDate,  -- DATEADDED of the event.
    day_number(coalesce(a.published, e.event_date)) * CAST(1000000 AS BIGINT) AS MentionTimeDate,  -- YYYYMMDDHHMMSS of the day that the article was published (midnight).
    CASE WHEN coalesce(a.url, '') <> '' THEN 1 ELSE 2 END AS MentionType,  -- 1 the article has an address, 2 it has none.
    plain(coalesce(nullif(regexp_extract(a.canonical_url, '^https?://([^/?]+)', 1), ''), a.publisher)) AS MentionSourceName,  -- Domain of the address, or the publisher.
    coalesce(plain_url(nullif(a.url, '')), plain(a.article_id)) AS MentionIdentifier,  -- The address, or the id that the source gave the article.
    m.sentence + 1 AS SentenceID,  -- The sentence, from 1.
    coalesce(m.source_start, -1) AS Actor1CharOffset,  -- First character of the source in the article's text, from 0; -1 where the text names nobody.
    coalesce(m.target_start, -1) AS Actor2CharOffset,  -- The same of the target.
    m.trigger_start AS ActionCharOffset,  -- The same of the word that evokes the act.
    1 AS InRawText,  -- 1: Marsad reads the text as it came.
    CAST(least(100, greatest(10, round(m.confidence * 100))) AS INTEGER) AS Confidence,  -- Percent, not below 10.
    a.characters AS MentionDocLen,  -- Characters of the article's text.
    CAST(NULL AS DOUBLE) AS MentionDocTone,  -- Empty: Marsad does not measure tone.
    '' AS MentionDocTranslationInfo,  -- Empty: nothing is translated, Arabic is coded in Arabic.
    '' AS Extras  -- Empty.
FROM chosen e
JOIN gathered_mentions m ON m.event_id = e.event_id
JOIN gathered_articles a ON a.article_id = m.article_id
JOIN gathered_mentions f ON f.mention_id = e.first_mention
JOIN gathered_articles first ON first.article_id = f.article_id

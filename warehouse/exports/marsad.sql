-- Marsad's own columns: an event with the words, the sentence and the article of its first mention.
SELECT
    event_id,  -- The same source, target, code, day and place give the same id: 16 hex digits.
    event_date,  -- The first day of the period in which it happened: as the text tells, else the day the story was first published.
    date_precision,  -- day, week (from Monday), month, year, or article: nothing is said, and the date is the story's.
    code,  -- CAMEO 1.1b3; text, for its leading zero counts.
    label,  -- What the code means.
    root,  -- The first two digits of the code.
    quad_class,  -- 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict, as CAMEO and ICEWS count them.
    goldstein,  -- Goldstein scale of the code, -10 to 10.
    source,  -- Who acts: CAMEO actor code, --- at the beginning where no entry covers the phrase, empty where the text names nobody.
    source_party.name AS source_name,  -- What the code means, in English.
    source_country,  -- The state or international body of the source, empty where the code names none.
    source_text,  -- The words that name the source.
    target,  -- Whom it is done to; as source.
    target_party.name AS target_name,  -- As source_name.
    target_country,  -- As source_country.
    target_text,  -- As source_text.
    place,  -- Where it happened, as the text names it.
    place_country,  -- The country of the place.
    latitude,  -- Degrees north.
    longitude,  -- Degrees east.
    mentions,  -- How often it is stated.
    articles,  -- In how many articles.
    stories,  -- In how many stories: copies of a text count once.
    publishers,  -- By how many publishers.
    confidence,  -- The highest of its mentions, 0 to 1.
    mention_id,  -- The first mention, which all that follows belongs to.
    trigger,  -- The word that evokes the act.
    stack,  -- The acts as they are stacked in the sentence: refuse(appeal(aid.military)).
    entries,  -- The dictionary entries that licensed the event, file:line; in CSV with semicolons.
    sentence,  -- The number of the sentence in the article, from 0.
    p.text AS sentence_text,  -- The sentence as it stands in the article.
    article_id,  -- The id that the source gave.
    language,  -- ISO 639-1.
    published,  -- The day of publication.
    title,  -- The headline.
    url,  -- The address as the source gave it.
    publisher,  -- The medium.
    told.parser_version,  -- The models that parsed the sentence.
    dictionaries  -- The hash of the dictionaries that coded it.
FROM told JOIN gathered_sentences p USING (article_id, sentence)

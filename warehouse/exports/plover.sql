-- PLOVER: JSON lines, the fields of the specification's draft 0.7.
SELECT
    event_id AS id,  -- Marsad's event_id, 16 hex digits.
    strftime(event_date, '%Y-%m-%d') AS "date",  -- Day of the event; the first day where the text tells a week, month or year.
    CASE WHEN source IS NULL THEN [] ELSE [plover_actor(source_party, source_text)] END AS source,  -- Who acts: code (ISO country, or IGO, NGO, ISM, IMG, MNC), sector (one or two of three letters; media are JRN, health MED), actor_text as it stands in the article, identifier_text in English.
    CASE WHEN target IS NULL THEN [] ELSE [plover_actor(target_party, target_text)] END AS recip,  -- To whom; as source.
    string_split(plover, '/') AS event,  -- PLOVER events: two where the CAMEO code may be either.
    mode,  -- PLOVER mode, null where the code has none.
    contexts AS context,  -- PLOVER contexts.
    quad_class AS quad_code,  -- 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict, as CAMEO counts.
    goldstein AS event_scale,  -- Goldstein scale of the CAMEO code, -10 to 10.
    [trigger] AS event_text,  -- The word that evokes the act.
    CASE WHEN gdelt_place > 0 THEN {'name': place_name, 'latitude': latitude, 'longitude': longitude, 'cc3': place_country} END AS event_loc,  -- Where it happened, null where the text does not say.
    p.text AS "text",  -- The sentence of the first mention.
    {'sequence': sentence + 1, 'start': p.span_start, 'end': p.span_end} AS text_info,  -- Number of that sentence, from 1, and its characters in the article's text.
    {'citation': article_id, 'url': url, 'title': title, 'language': language, 'publication': publisher, 'coder': 'Marsad', 'codebook': 'CAMEO 1.1b3, by crosswalk'} AS cite_info,  -- The article: id, address, headline, language (ISO 639-1), medium.
    code AS cameo,  -- The CAMEO code that was coded.
    confidence  -- 0 to 1.
FROM told JOIN gathered_sentences p USING (article_id, sentence)

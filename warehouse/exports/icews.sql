-- ICEWS: tab-separated, a header, 20 columns.
SELECT
    number_of(event_id) AS "Event ID",  -- The first 15 hex digits of Marsad's event_id as a number: `marsad explain $(printf %015x N)` shows the event.
    event_date AS "Event Date",  -- Day of the event, YYYY-MM-DD; the first day where the text tells a week, month or year.
    plain(coalesce(CASE WHEN source NOT LIKE '---%' THEN source_party.name END, source_text)) AS "Source Name",  -- What the source's code means in English; the article's own words where no entry covers them.
    source_party.sectors AS "Source Sectors",  -- Its roles, with commas.
    source_party.country_name AS "Source Country",  -- English name of its country (CLDR).
    label AS "Event Text",  -- What the CAMEO code means.
    code AS "CAMEO Code",  -- Text, for its leading zero counts.
    goldstein AS "Intensity",  -- Goldstein scale, -10 to 10; ICEWS gives some codes another value.
    plain(coalesce(CASE WHEN target NOT LIKE '---%' THEN target_party.name END, target_text)) AS "Target Name",  -- As Source Name.
    target_party.sectors AS "Target Sectors",  -- As Source Sectors.
    target_party.country_name AS "Target Country",  -- As Source Country.
    number_of(sha256(article_id)) AS "Story ID",  -- A number made from the id of the article with the first mention.
    sentence + 1 AS "Sentence Number",  -- The sentence of the first mention, from 1.
    plain(publisher) AS "Publisher",  -- The medium of that article.
    plain(place) AS "City",  -- Where it happened, as the text names it.
    '' AS "District",  -- Empty.
    '' AS "Province",  -- Empty.
    (SELECT any_value(n.name) FROM meanings n WHERE n.code = place_country) AS "Country",  -- Country of the place, in English.
    latitude AS "Latitude",  -- Degrees north.
    longitude AS "Longitude"  -- Degrees east.
FROM told

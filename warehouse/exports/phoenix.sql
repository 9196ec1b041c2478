-- Phoenix: tab-separated, no header, 26 columns.
SELECT
    event_id AS EventID,  -- Marsad's event_id, 16 hex digits.
    day_number(event_date) AS "Date",  -- Day of the event, YYYYMMDD; the first day where the text tells a week, month or year.
    year(event_date) AS "Year",  -- YYYY.
    month(event_date) AS "Month",  -- From 1.
    day(event_date) AS "Day",  -- From 1.
    coalesce(source, '---') AS SourceActorFull,  -- CAMEO code of the source, --- where no entry covers the phrase or the text names nobody.
    left(SourceActorFull, 3) AS SourceActorEntity,  -- Its first three letters: a country, or IGO, NGO, IMG, MNC ...
    substr(SourceActorFull, 4, 3) AS SourceActorRole,  -- Letters four to six.
    array_to_string(regexp_extract_all(substr(SourceActorFull, 7), '.{1,3}'), ';') AS SourceActorAttribute,  -- The rest, three by three, with semicolons.
    coalesce(target, '---') AS TargetActorFull,  -- As SourceActorFull.
    left(TargetActorFull, 3) AS TargetActorEntity,  -- As SourceActorEntity.
    substr(TargetActorFull, 4, 3) AS TargetActorRole,  -- As SourceActorRole.
    array_to_string(regexp_extract_all(substr(TargetActorFull, 7), '.{1,3}'), ';') AS TargetActorAttribute,  -- As SourceActorAttribute.
    code AS EventCode,  -- CAMEO code; text, for its leading zero counts.
    root AS EventRootCode,  -- Its first two digits.
    penta_class AS PentaClass,  -- 0 statement, 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
    goldstein AS GoldsteinScore,  -- -10 to 10; empty for the seven codes to which no table gives a value.
    '' AS Issues,  -- Empty.
    latitude AS Lat,  -- Degrees north.
    longitude AS Lon,  -- Degrees east.
    plain(place) AS LocationName,  -- Where it happened, as the text names it.
    '' AS StateName,  -- Empty.
    place_country AS CountryCode,  -- Country of the place, three letters.
    plain(article_id) || '_' || (sentence + 1) AS SentenceID,  -- Article and sentence (from 1) of the first mention.
    plain_url(url) AS URLs,  -- Address of that article.
    plain(publisher) AS NewsSources  -- Its medium.
FROM told

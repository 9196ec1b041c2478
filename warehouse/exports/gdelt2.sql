-- GDELT 2.0 events: tab-separated, no header, 61 columns; its mentions are the file beside it.
SELECT
    number_of(event_id) AS GLOBALEVENTID,  -- The first 15 hex digits of Marsad's event_id as a number: `marsad explain $(printf %015x N)` shows the event.
    day_number(event_date) AS SQLDATE,  -- Day of the event, YYYYMMDD; the first day where the text tells a week, month or year.
    year(event_date) * 100 + month(event_date) AS MonthYear,  -- YYYYMM.
    year(event_date) AS Year,  -- YYYY.
    CAST(year(event_date) + ((month(event_date) - 1) * 30 + day(event_date)) / 365 AS DECIMAL(9, 4)) AS FractionDate,  -- Year and part of it, as GDELT reckons: months of 30 days, years of 365.
    source_party.gdelt_code AS Actor1Code,  -- CAMEO code of the source, empty where no entry covers the phrase or the text names nobody; ROM, TMP, MTN and IMY where ISO has ROU, TLS, MNE and IMN.
    plain(source_party.gdelt_name) AS Actor1Name,  -- English name of the country, or of the organisation, group or role, in capitals.
    source_party.gdelt_country AS Actor1CountryCode,  -- Country or region in the code, as GDELT spells it.
    source_party.known_group AS Actor1KnownGroupCode,  -- Organisation or group in the code, three letters.
    '' AS Actor1EthnicCode,  -- Empty: Marsad's codes do not tell ethnic groups from other groups.
    '' AS Actor1Religion1Code,  -- Empty, as EthnicCode.
    '' AS Actor1Religion2Code,  -- Empty, as EthnicCode.
    source_party.roles[1] AS Actor1Type1Code,  -- First role in the code: GOV, MIL, OPP, IGO ...
    source_party.roles[2] AS Actor1Type2Code,  -- Second role.
    source_party.roles[3] AS Actor1Type3Code,  -- Third role.
    target_party.gdelt_code AS Actor2Code,  -- CAMEO code of the target, empty where no entry covers the phrase or the text names nobody; ROM, TMP, MTN and IMY where ISO has ROU, TLS, MNE and IMN.
    plain(target_party.gdelt_name) AS Actor2Name,  -- English name of the country, or of the organisation, group or role, in capitals.
    target_party.gdelt_country AS Actor2CountryCode,  -- Country or region in the code, as GDELT spells it.
    target_party.known_group AS Actor2KnownGroupCode,  -- Organisation or group in the code, three letters.
    '' AS Actor2EthnicCode,  -- Empty: Marsad's codes do not tell ethnic groups from other groups.
    '' AS Actor2Religion1Code,  -- Empty, as EthnicCode.
    '' AS Actor2Religion2Code,  -- Empty, as EthnicCode.
    target_party.roles[1] AS Actor2Type1Code,  -- First role in the code: GOV, MIL, OPP, IGO ...
    target_party.roles[2] AS Actor2Type2Code,  -- Second role.
    target_party.roles[3] AS Actor2Type3Code,  -- Third role.
    CAST(sentence = 0 AS INTEGER) AS IsRootEvent,  -- 1 where the first mention stands in its article's first sentence.
    code AS EventCode,  -- CAMEO code; text, for its leading zero counts.
    base AS EventBaseCode,  -- The first three digits.
    root AS EventRootCode,  -- The first two digits.
    quad_gdelt AS QuadClass,  -- 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict, as GDELT counts: roots 06 to 09 in 2, 10 to 14 in 3.
    goldstein AS GoldsteinScale,  -- -10 to 10; empty for the seven codes to which no table gives a value.
    mentions AS NumMentions,  -- How often the event is stated.
    publishers AS NumSources,  -- By how many publishers.
    articles AS NumArticles,  -- In how many articles.
    CAST(NULL AS DOUBLE) AS AvgTone,  -- Empty: Marsad does not measure tone.
    0 AS Actor1Geo_Type,  -- 0: Marsad does not say where an actor is.
    '' AS Actor1Geo_FullName,  -- Empty.
    '' AS Actor1Geo_CountryCode,  -- Empty.
    '' AS Actor1Geo_ADM1Code,  -- Empty.
    '' AS Actor1Geo_ADM2Code,  -- Empty.
    CAST(NULL AS DOUBLE) AS Actor1Geo_Lat,  -- Empty.
    CAST(NULL AS DOUBLE) AS Actor1Geo_Long,  -- Empty.
    '' AS Actor1Geo_FeatureID,  -- Empty.
    0 AS Actor2Geo_Type,  -- 0: Marsad does not say where an actor is.
    '' AS Actor2Geo_FullName,  -- Empty.
    '' AS Actor2Geo_CountryCode,  -- Empty.
    '' AS Actor2Geo_ADM1Code,  -- Empty.
    '' AS Actor2Geo_ADM2Code,  -- Empty.
    CAST(NULL AS DOUBLE) AS Actor2Geo_Lat,  -- Empty.
    CAST(NULL AS DOUBLE) AS Actor2Geo_Long,  -- Empty.
    '' AS Actor2Geo_FeatureID,  -- Empty.
    gdelt_place AS ActionGeo_Type,  -- 1 a country, 3 a place in the United States, 4 a place elsewhere, 0 where the text names no place.
    plain(place_name) AS ActionGeo_FullName,  -- The place as the text names it, or the country.
    fips AS ActionGeo_CountryCode,  -- Country of the place, FIPS 10-4.
    '' AS ActionGeo_ADM1Code,  -- Empty.
    '' AS ActionGeo_ADM2Code,  -- Empty.
    latitude AS ActionGeo_Lat,  -- Degrees north.
    longitude AS ActionGeo_Long,  -- Degrees east.
    '' AS ActionGeo_FeatureID,  -- Empty.
    day_number(coalesce(published, event_date)) * CAST(1000000 AS BIGINT) AS DATEADDED,  -- YYYYMMDDHHMMSS of the day that the first mention was published (midnight), never the time of the export.
    plain_url(url) AS SOURCEURL  -- Address of the article with the first mention.
FROM told

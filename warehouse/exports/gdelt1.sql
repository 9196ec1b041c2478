-- GDELT 1.0 events: tab-separated, no header, 58 columns.
SELECT * EXCLUDE (Actor1Geo_ADM2Code, Actor2Geo_ADM2Code, ActionGeo_ADM2Code) REPLACE (
    DATEADDED // 1000000 AS DATEADDED  -- YYYYMMDD, the day that the first mention was published, never that of the export.
) FROM gdelt2

-- What the formats are made from: `told`, the chosen events with the words, the article and the actors of their first mention.
-- The temporary tables `chosen` (rows of events), `gathered_...` (gathered.sql) and `meanings` (role and country codes in English) are made in export.py.

-- Formats without quoting have no place for line breaks and tabs; a quotation mark would open a quoted field in many a reader.
CREATE TEMP MACRO plain(words) AS replace(regexp_replace(words, '[\x{00}-\x{20}\x{7F}-\x{9F}\x{2028}\x{2029}]+', ' ', 'g'), '"', '''');
CREATE TEMP MACRO plain_url(url) AS replace(regexp_replace(url, '[\x{00}-\x{20}\x{7F}-\x{9F}\x{2028}\x{2029}]+', '%20', 'g'), '"', '%22');
-- Fifteen hex digits fit a signed integer of 64 bits, and `marsad explain` finds the event by them (printf %015x).
CREATE TEMP MACRO number_of(id) AS CAST('0x' || left(id, 15) AS BIGINT);
CREATE TEMP MACRO day_number(day) AS year(day) * 10000 + month(day) * 100 + day(day);
-- GDELT keeps codes that ISO has given up since.
CREATE TEMP MACRO gdelt_country(code) AS CASE code WHEN 'ROU' THEN 'ROM' WHEN 'TLS' THEN 'TMP' WHEN 'MNE' THEN 'MTN' WHEN 'IMN' THEN 'IMY' ELSE code END;

CREATE TEMP TABLE parties AS
SELECT code, name, country, country_name, known_group, roles,
       replace(gdelt_country(left(code, 3)) || substr(code, 4), '---', '') AS gdelt_code,
       upper(CASE WHEN country <> '' AND known_group = '' THEN country_name WHEN code = '---' THEN '' ELSE name END) AS gdelt_name,
       gdelt_country(country) AS gdelt_country,
       (SELECT string_agg(m.name, ', ' ORDER BY list_position(roles, m.code)) FROM meanings m WHERE list_contains(roles, m.code)) AS sectors,
       CASE WHEN country <> '' THEN country
            ELSE list_extract(list_transform(list_filter(roles, lambda role: role IN ('IGO', 'NGO', 'IMG', 'MNC', 'NGM')), lambda role: CASE role WHEN 'NGM' THEN 'ISM' ELSE role END), 1) END AS plover_code,
       list_transform(list_filter(roles, lambda role: role NOT IN ('IGO', 'NGO', 'IMG', 'MNC', 'NGM')),
                      lambda role: CASE role WHEN 'MED' THEN 'JRN' WHEN 'HLH' THEN 'MED' WHEN 'INS' THEN 'REB' WHEN 'SEP' THEN 'REB' ELSE role END) AS plover_sectors
FROM actors;

CREATE TEMP VIEW told AS
SELECT e.*, c.label, c.base, c.quad_gdelt, c.penta_class, c.plover, c.mode, c.contexts,
       m.mention_id, m.sentence, m.source_text, m.target_text, m.source_start, m.source_end, m.target_start, m.target_end, m.trigger, m.stack, m.entries, m.parser_version, m.dictionaries,
       a.article_id, a.language, a.published, a.title, a.url, a.publisher, s AS source_party, t AS target_party, f.fips,
       CASE WHEN coalesce(e.place, '') <> '' THEN CASE e.place_country WHEN 'USA' THEN 3 ELSE 4 END WHEN coalesce(e.place_country, '') <> '' THEN 1 ELSE 0 END AS gdelt_place,
       coalesce(nullif(e.place, ''), (SELECT any_value(n.name) FROM meanings n WHERE n.code = e.place_country)) AS place_name
FROM chosen e
JOIN codes c ON c.code = e.code
JOIN gathered_mentions m ON m.mention_id = e.first_mention
JOIN gathered_articles a ON a.article_id = m.article_id
LEFT JOIN parties s ON s.code = e.source
LEFT JOIN parties t ON t.code = e.target
LEFT JOIN fips f ON f.country = e.place_country;
CREATE TEMP MACRO plover_actor(party, words) AS {'code': party.plover_code, 'sector': nullif(array_to_string(party.plover_sectors[1:2], ''), ''), 'actor_text': words, 'identifier_text': CASE WHEN party.code <> '---' THEN party.name END};

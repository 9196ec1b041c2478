-- A mention is one statement of an event in one article; an event is all mentions of the same source, target, code, day and place.
-- The large tables have no keys: an index of ten million ids costs a gigabyte, and the loader and warehouse/checks keep them unique.
ALTER TABLE events RENAME TO old_events;
ALTER TABLE articles RENAME TO old_articles;
ALTER TABLE sentences RENAME TO old_sentences;
ALTER TABLE unparsed RENAME TO old_unparsed;
ALTER TABLE rejected RENAME TO old_rejected;
DROP VIEW IF EXISTS events_with_text;
DROP VIEW IF EXISTS daily_dyads;
DROP VIEW IF EXISTS family_counts;

CREATE TABLE articles (
    article_id VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    published DATE,
    title VARCHAR,
    url VARCHAR,
    canonical_url VARCHAR,
    publisher VARCHAR,
    origin VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    text_hash VARCHAR NOT NULL,
    dateline VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('coded', 'empty')),
    story VARCHAR NOT NULL,
    story_day DATE,
    signature BLOB,
    parser_version VARCHAR NOT NULL,
    dictionaries VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    coding VARCHAR NOT NULL,
    package BIGINT NOT NULL
);
COMMENT ON TABLE articles IS 'Articles that were parsed. Spans elsewhere are characters of text.';
COMMENT ON COLUMN articles.article_id IS 'The id that the source gave.';
COMMENT ON COLUMN articles.language IS 'ISO 639-1.';
COMMENT ON COLUMN articles.published IS 'The day of publication, NULL where the source does not say.';
COMMENT ON COLUMN articles.title IS 'The headline, if the source gives one apart from the text.';
COMMENT ON COLUMN articles.url IS 'The address as the source gave it.';
COMMENT ON COLUMN articles.canonical_url IS 'The address without what varies between links to one page (scheme, www, tracking parameters, fragment).';
COMMENT ON COLUMN articles.publisher IS 'The medium, as the source names it.';
COMMENT ON COLUMN articles.origin IS 'The file (and line) that the article came from.';
COMMENT ON COLUMN articles.text IS 'The text as it came.';
COMMENT ON COLUMN articles.text_hash IS 'SHA-256 of text, 32 hex digits.';
COMMENT ON COLUMN articles.dateline IS 'The dateline as it stands in the text, empty where there is none.';
COMMENT ON COLUMN articles.outcome IS 'coded: at least one mention of an event; empty: none.';
COMMENT ON COLUMN articles.story IS 'The article_id of the earliest copy of this text: articles with the same address, the same text or nearly the same text are one story.';
COMMENT ON COLUMN articles.story_day IS 'The day that copy was published.';
COMMENT ON COLUMN articles.signature IS 'MinHash of the text, 128 numbers of 32 bits, little endian; NULL for texts too short to be compared but for equality.';
COMMENT ON COLUMN articles.parser_version IS 'The models that parsed it.';
COMMENT ON COLUMN articles.dictionaries IS 'The hash of the dictionaries that coded it last.';
COMMENT ON COLUMN articles.digest IS 'Hash of the article and its parse; what has the same digest need not be loaded again.';
COMMENT ON COLUMN articles.coding IS 'Hash of its coding: the mentions, and the sentences put aside.';
COMMENT ON COLUMN articles.package IS 'The load package that brought this state.';

CREATE TABLE sentences (
    article_id VARCHAR NOT NULL,
    sentence INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    parser_version VARCHAR NOT NULL,
    parse JSON NOT NULL,
    discarded VARCHAR
);
COMMENT ON TABLE sentences IS 'Parsed sentences, so that an archive is coded again without parsing.';
COMMENT ON COLUMN sentences.article_id IS 'The article.';
COMMENT ON COLUMN sentences.sentence IS 'The number of the sentence in the article, from 0.';
COMMENT ON COLUMN sentences.span_start IS 'First character in the article''s text.';
COMMENT ON COLUMN sentences.span_end IS 'The character after the last.';
COMMENT ON COLUMN sentences.text IS 'The sentence as it stands in the article.';
COMMENT ON COLUMN sentences.parser_version IS 'The models that parsed it.';
COMMENT ON COLUMN sentences.parse IS 'One list a word: text, lemma, UPOS, features, head (index from 0, -1 the root), relation, start, end.';
COMMENT ON COLUMN sentences.discarded IS 'The reason and the entry that put the sentence aside as no event, or NULL.';

CREATE TABLE unparsed (
    article_id VARCHAR NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    reason VARCHAR NOT NULL
);
COMMENT ON TABLE unparsed IS 'Stretches of an article that were not parsed, and why.';
COMMENT ON COLUMN unparsed.article_id IS 'The article.';
COMMENT ON COLUMN unparsed.span_start IS 'First character in the article''s text.';
COMMENT ON COLUMN unparsed.span_end IS 'The character after the last.';
COMMENT ON COLUMN unparsed.reason IS 'Why it was not parsed, in one word.';

CREATE TABLE mentions (
    mention_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    sentence INTEGER NOT NULL,
    event_date DATE,
    date_precision VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    source VARCHAR,
    source_country VARCHAR,
    source_text VARCHAR,
    source_start INTEGER,
    source_end INTEGER,
    source_entries VARCHAR[],
    target VARCHAR,
    target_country VARCHAR,
    target_text VARCHAR,
    target_start INTEGER,
    target_end INTEGER,
    target_entries VARCHAR[],
    trigger VARCHAR NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    place VARCHAR,
    place_country VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    stack VARCHAR NOT NULL,
    entries VARCHAR[] NOT NULL,
    confidence DOUBLE NOT NULL,
    parser_version VARCHAR NOT NULL,
    dictionaries VARCHAR NOT NULL
);
COMMENT ON TABLE mentions IS 'One row for each time an article states an event, with the words and the dictionary entries that license it.';
COMMENT ON COLUMN mentions.mention_id IS 'The same article, parser, dictionaries and coding give the same id: 16 hex digits.';
COMMENT ON COLUMN mentions.event_id IS 'The event that is stated.';
COMMENT ON COLUMN mentions.article_id IS 'The article that states it.';
COMMENT ON COLUMN mentions.sentence IS 'The number of the sentence in the article, from 0.';
COMMENT ON COLUMN mentions.event_date IS 'The first day of the period in which the event happened: as its clause tells, else the day the article was published.';
COMMENT ON COLUMN mentions.date_precision IS 'How long that period is: day, week (from Monday), month, year; article: nothing is said, and the date is the article''s.';
COMMENT ON COLUMN mentions.code IS 'CAMEO 1.1b3; text, for its leading zero counts.';
COMMENT ON COLUMN mentions.source IS 'Who acts: CAMEO actor code, --- at the beginning where no entry covers the phrase, NULL where the text names nobody.';
COMMENT ON COLUMN mentions.source_country IS 'The state or international body of the source, empty where the code names none.';
COMMENT ON COLUMN mentions.source_text IS 'The words that name the source.';
COMMENT ON COLUMN mentions.source_start IS 'First character of source_text in the article''s text.';
COMMENT ON COLUMN mentions.source_end IS 'The character after the last.';
COMMENT ON COLUMN mentions.source_entries IS 'The dictionary entries that gave the source, file:line.';
COMMENT ON COLUMN mentions.target IS 'Whom it is done to; as source.';
COMMENT ON COLUMN mentions.target_country IS 'As source_country.';
COMMENT ON COLUMN mentions.target_text IS 'The words that name the target.';
COMMENT ON COLUMN mentions.target_start IS 'First character of target_text in the article''s text.';
COMMENT ON COLUMN mentions.target_end IS 'The character after the last.';
COMMENT ON COLUMN mentions.target_entries IS 'The dictionary entries that gave the target, file:line.';
COMMENT ON COLUMN mentions.trigger IS 'The word that evokes the act.';
COMMENT ON COLUMN mentions.trigger_start IS 'First character of trigger in the article''s text.';
COMMENT ON COLUMN mentions.trigger_end IS 'The character after the last.';
COMMENT ON COLUMN mentions.place IS 'Where it happened, as the text names it, NULL where it does not.';
COMMENT ON COLUMN mentions.place_country IS 'The country of the place.';
COMMENT ON COLUMN mentions.latitude IS 'Degrees north, NULL where not known.';
COMMENT ON COLUMN mentions.longitude IS 'Degrees east, NULL where not known.';
COMMENT ON COLUMN mentions.stack IS 'The acts as they are stacked in the sentence: refuse(appeal(aid.military)).';
COMMENT ON COLUMN mentions.entries IS 'The dictionary entries that licensed the event, file:line.';
COMMENT ON COLUMN mentions.confidence IS '0 to 1; lower where an actor was found outside the clause or a rule had to guess.';
COMMENT ON COLUMN mentions.parser_version IS 'The models that parsed the sentence.';
COMMENT ON COLUMN mentions.dictionaries IS 'The hash of the dictionaries that coded it.';

CREATE TABLE past_mentions AS SELECT *, '' AS replaced_by FROM mentions;
COMMENT ON TABLE past_mentions IS 'Mentions as earlier dictionaries coded them, moved here when an article is coded again; `marsad recode --prune` deletes them.';
COMMENT ON COLUMN past_mentions.mention_id IS 'The same article, parser, dictionaries and coding give the same id: 16 hex digits.';
COMMENT ON COLUMN past_mentions.event_id IS 'The event that is stated.';
COMMENT ON COLUMN past_mentions.article_id IS 'The article that states it.';
COMMENT ON COLUMN past_mentions.sentence IS 'The number of the sentence in the article, from 0.';
COMMENT ON COLUMN past_mentions.event_date IS 'The first day of the period in which the event happened: as its clause tells, else the day the article was published.';
COMMENT ON COLUMN past_mentions.date_precision IS 'How long that period is: day, week (from Monday), month, year; article: nothing is said, and the date is the article''s.';
COMMENT ON COLUMN past_mentions.code IS 'CAMEO 1.1b3; text, for its leading zero counts.';
COMMENT ON COLUMN past_mentions.source IS 'Who acts: CAMEO actor code, --- at the beginning where no entry covers the phrase, NULL where the text names nobody.';
COMMENT ON COLUMN past_mentions.source_country IS 'The state or international body of the source, empty where the code names none.';
COMMENT ON COLUMN past_mentions.source_text IS 'The words that name the source.';
COMMENT ON COLUMN past_mentions.source_start IS 'First character of source_text in the article''s text.';
COMMENT ON COLUMN past_mentions.source_end IS 'The character after the last.';
COMMENT ON COLUMN past_mentions.source_entries IS 'The dictionary entries that gave the source, file:line.';
COMMENT ON COLUMN past_mentions.target IS 'Whom it is done to; as source.';
COMMENT ON COLUMN past_mentions.target_country IS 'As source_country.';
COMMENT ON COLUMN past_mentions.target_text IS 'The words that name the target.';
COMMENT ON COLUMN past_mentions.target_start IS 'First character of target_text in the article''s text.';
COMMENT ON COLUMN past_mentions.target_end IS 'The character after the last.';
COMMENT ON COLUMN past_mentions.target_entries IS 'The dictionary entries that gave the target, file:line.';
COMMENT ON COLUMN past_mentions.trigger IS 'The word that evokes the act.';
COMMENT ON COLUMN past_mentions.trigger_start IS 'First character of trigger in the article''s text.';
COMMENT ON COLUMN past_mentions.trigger_end IS 'The character after the last.';
COMMENT ON COLUMN past_mentions.place IS 'Where it happened, as the text names it, NULL where it does not.';
COMMENT ON COLUMN past_mentions.place_country IS 'The country of the place.';
COMMENT ON COLUMN past_mentions.latitude IS 'Degrees north, NULL where not known.';
COMMENT ON COLUMN past_mentions.longitude IS 'Degrees east, NULL where not known.';
COMMENT ON COLUMN past_mentions.stack IS 'The acts as they are stacked in the sentence: refuse(appeal(aid.military)).';
COMMENT ON COLUMN past_mentions.entries IS 'The dictionary entries that licensed the event, file:line.';
COMMENT ON COLUMN past_mentions.confidence IS '0 to 1; lower where an actor was found outside the clause or a rule had to guess.';
COMMENT ON COLUMN past_mentions.parser_version IS 'The models that parsed the sentence.';
COMMENT ON COLUMN past_mentions.dictionaries IS 'The hash of the dictionaries that coded it.';
COMMENT ON COLUMN past_mentions.replaced_by IS 'The hash of the dictionaries whose coding took their place.';

CREATE TABLE past_codings (
    article_id VARCHAR NOT NULL,
    dictionaries VARCHAR NOT NULL,
    replaced_by VARCHAR NOT NULL
);
COMMENT ON TABLE past_codings IS 'Which article was coded by which dictionaries before, whether they found a mention in it or not.';
COMMENT ON COLUMN past_codings.article_id IS 'The article.';
COMMENT ON COLUMN past_codings.dictionaries IS 'The hash of the dictionaries that coded it.';
COMMENT ON COLUMN past_codings.replaced_by IS 'The hash of the dictionaries whose coding took its place.';

CREATE TABLE events (
    event_id VARCHAR NOT NULL,
    event_date DATE,
    date_precision VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    root VARCHAR NOT NULL,
    quad_class TINYINT NOT NULL,
    goldstein DOUBLE,
    source VARCHAR,
    source_country VARCHAR,
    target VARCHAR,
    target_country VARCHAR,
    place VARCHAR,
    place_country VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    languages VARCHAR NOT NULL,
    mentions INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    stories INTEGER NOT NULL,
    publishers INTEGER NOT NULL,
    confidence DOUBLE NOT NULL,
    first_mention VARCHAR NOT NULL
);
COMMENT ON TABLE events IS 'What happened: the mentions of the same source, target, code, day and place, put together. A copy of a text tells the events of the original.';
COMMENT ON COLUMN events.event_id IS 'The same source, target, code, day and place give the same id: 16 hex digits.';
COMMENT ON COLUMN events.event_date IS 'The first day of the period in which it happened: as the text tells, else the day the story was first published.';
COMMENT ON COLUMN events.date_precision IS 'day, week (from Monday), month, year, or article: nothing is said, and the date is the story''s.';
COMMENT ON COLUMN events.code IS 'CAMEO 1.1b3; text, for its leading zero counts.';
COMMENT ON COLUMN events.root IS 'The first two digits of the code.';
COMMENT ON COLUMN events.quad_class IS '1 verbal and 2 material cooperation, 3 verbal and 4 material conflict, as CAMEO and ICEWS count them.';
COMMENT ON COLUMN events.goldstein IS 'Goldstein scale of the code, -10 to 10.';
COMMENT ON COLUMN events.source IS 'Who acts: CAMEO actor code, --- at the beginning where no entry covers the phrase, NULL where the text names nobody.';
COMMENT ON COLUMN events.source_country IS 'The state or international body of the source, empty where the code names none.';
COMMENT ON COLUMN events.target IS 'Whom it is done to; as source.';
COMMENT ON COLUMN events.target_country IS 'As source_country.';
COMMENT ON COLUMN events.place IS 'Where it happened, as the text names it, NULL where it does not.';
COMMENT ON COLUMN events.place_country IS 'The country of the place.';
COMMENT ON COLUMN events.latitude IS 'Degrees north, NULL where not known.';
COMMENT ON COLUMN events.longitude IS 'Degrees east, NULL where not known.';
COMMENT ON COLUMN events.languages IS 'The languages of the articles that state it, in order, with commas: ar, en or ar,en.';
COMMENT ON COLUMN events.mentions IS 'How often it is stated.';
COMMENT ON COLUMN events.articles IS 'In how many articles.';
COMMENT ON COLUMN events.stories IS 'In how many stories: copies of a text count once.';
COMMENT ON COLUMN events.publishers IS 'By how many publishers.';
COMMENT ON COLUMN events.confidence IS 'The highest of its mentions.';
COMMENT ON COLUMN events.first_mention IS 'The mention_id of the first statement: by day of publication, article and place in the text.';

CREATE TABLE actors (
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR NOT NULL,
    country_name VARCHAR NOT NULL,
    known_group VARCHAR NOT NULL,
    roles VARCHAR[] NOT NULL
);
COMMENT ON TABLE actors IS 'The actor codes that stand in events, taken apart.';
COMMENT ON COLUMN actors.code IS 'CAMEO actor code (1.1b3, chapter 3).';
COMMENT ON COLUMN actors.name IS 'What it means, in English.';
COMMENT ON COLUMN actors.country IS 'The state or region that it belongs to, three letters, or empty.';
COMMENT ON COLUMN actors.country_name IS 'The English name of that, or empty.';
COMMENT ON COLUMN actors.known_group IS 'The code of the organisation or group, three letters, or empty.';
COMMENT ON COLUMN actors.roles IS 'Its role codes: GOV, MIL, OPP, IGO ..., three letters each.';

CREATE TABLE codes (
    code VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    root VARCHAR NOT NULL,
    base VARCHAR NOT NULL,
    quad_class TINYINT NOT NULL,
    penta_class TINYINT NOT NULL,
    goldstein DOUBLE,
    quad_gdelt TINYINT NOT NULL,
    plover VARCHAR,
    mode VARCHAR,
    contexts VARCHAR[] NOT NULL
);
COMMENT ON TABLE codes IS 'The CAMEO codes (1.1b3), as the ontology that coded last has them; one that it no longer has stays as it was.';
COMMENT ON COLUMN codes.code IS 'Two to four digits; text.';
COMMENT ON COLUMN codes.label IS 'What it means.';
COMMENT ON COLUMN codes.root IS 'Its first two digits.';
COMMENT ON COLUMN codes.base IS 'Its first three digits.';
COMMENT ON COLUMN codes.quad_class IS '1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.';
COMMENT ON COLUMN codes.penta_class IS '0 statement, 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict, as Phoenix counts them.';
COMMENT ON COLUMN codes.goldstein IS 'Goldstein scale, -10 to 10.';
COMMENT ON COLUMN codes.quad_gdelt IS 'The class as GDELT counts it: root 09 in 2, root 14 in 3.';
COMMENT ON COLUMN codes.plover IS 'The PLOVER event type.';
COMMENT ON COLUMN codes.mode IS 'The PLOVER mode.';
COMMENT ON COLUMN codes.contexts IS 'The PLOVER contexts.';

CREATE TABLE bands (
    band UBIGINT NOT NULL,
    published DATE,
    article_id VARCHAR NOT NULL
);
COMMENT ON TABLE bands IS 'Parts of the MinHash signatures, hashed: articles that share one may be copies of each other.';
COMMENT ON COLUMN bands.band IS 'Hash of eight numbers of a signature and of their place in it.';
COMMENT ON COLUMN bands.published IS 'As articles.published.';
COMMENT ON COLUMN bands.article_id IS 'The article.';

CREATE TABLE packages (
    package BIGINT NOT NULL,
    digest VARCHAR NOT NULL,
    articles INTEGER NOT NULL,
    sentences INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    rejected INTEGER NOT NULL
);
COMMENT ON TABLE packages IS 'The ledger of load packages: a package is loaded when its row is here, committed with its data.';
COMMENT ON COLUMN packages.package IS 'Numbered from 1 as they were loaded; 0 is what was there before there were packages.';
COMMENT ON COLUMN packages.digest IS 'Hash of what the package holds.';
COMMENT ON COLUMN packages.articles IS 'Articles that it brought or changed.';
COMMENT ON COLUMN packages.sentences IS 'Sentences of these.';
COMMENT ON COLUMN packages.mentions IS 'Mentions of events in these.';
COMMENT ON COLUMN packages.rejected IS 'Articles that were rejected with it.';

CREATE TABLE rejected (
    origin VARCHAR NOT NULL,
    line INTEGER NOT NULL,
    article_id VARCHAR,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL
);
COMMENT ON TABLE rejected IS 'What was not coded, and why.';
COMMENT ON COLUMN rejected.origin IS 'The file or address.';
COMMENT ON COLUMN rejected.line IS 'The line there, from 1; 0 is the whole.';
COMMENT ON COLUMN rejected.article_id IS 'The id, where it has one.';
COMMENT ON COLUMN rejected.reason IS 'Why, in one word.';
COMMENT ON COLUMN rejected.detail IS 'Why, in a sentence.';

CREATE TABLE feeds (
    url VARCHAR NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    asked_at TIMESTAMP NOT NULL,
    status INTEGER,
    articles INTEGER NOT NULL,
    detail VARCHAR
);
COMMENT ON TABLE feeds IS 'What each feed answered when it was asked last.';
COMMENT ON COLUMN feeds.url IS 'Its address.';
COMMENT ON COLUMN feeds.etag IS 'The ETag it gave, to be sent next time.';
COMMENT ON COLUMN feeds.last_modified IS 'The Last-Modified it gave, to be sent next time.';
COMMENT ON COLUMN feeds.asked_at IS 'When, UTC.';
COMMENT ON COLUMN feeds.status IS 'HTTP status, NULL where there was no answer.';
COMMENT ON COLUMN feeds.articles IS 'Articles that this answer brought.';
COMMENT ON COLUMN feeds.detail IS 'What went wrong, if anything.';

CREATE TABLE dictionary_files (
    dictionaries VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    text_hash VARCHAR NOT NULL
);
COMMENT ON TABLE dictionary_files IS 'The files of each version of the dictionaries that coded something.';
COMMENT ON COLUMN dictionary_files.dictionaries IS 'The hash of the version.';
COMMENT ON COLUMN dictionary_files.file IS 'The file, as entries cite it.';
COMMENT ON COLUMN dictionary_files.text_hash IS 'SHA-256 of its text, 32 hex digits.';

CREATE TABLE dictionary_texts (
    text_hash VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);
COMMENT ON TABLE dictionary_texts IS 'The texts of dictionary files, each kept once, so that old codings can be explained.';
COMMENT ON COLUMN dictionary_texts.text_hash IS 'SHA-256 of the text, 32 hex digits.';
COMMENT ON COLUMN dictionary_texts.text IS 'The file.';

COMMENT ON TABLE schema_migrations IS 'The migrations that this file has had.';
COMMENT ON COLUMN schema_migrations.version IS 'Its number.';
COMMENT ON COLUMN schema_migrations.name IS 'Its name.';
COMMENT ON COLUMN runs.run_id IS 'Made from what was read and the versions.';
COMMENT ON COLUMN runs.finished_at IS 'When it ended first, UTC.';
COMMENT ON COLUMN runs.marsad_version IS 'The version of Marsad.';
COMMENT ON COLUMN runs.dictionaries IS 'The hash of the dictionaries.';
COMMENT ON COLUMN runs.parsers IS 'The versions of the models, with commas.';
COMMENT ON COLUMN runs.articles IS 'Articles read.';
COMMENT ON COLUMN runs.coded IS 'Articles with an event.';
COMMENT ON COLUMN runs.empty IS 'Articles without.';
COMMENT ON COLUMN runs.rejected IS 'Articles rejected.';
COMMENT ON COLUMN runs.sentences IS 'Sentences parsed.';
COMMENT ON COLUMN runs.events IS 'Mentions of events coded.';

INSERT INTO articles
SELECT article_id, language, published, title, url, NULL, publisher, origin, text, text_hash, dateline, outcome, article_id, published, NULL,
       coalesce((SELECT any_value(s.parser_version) FROM old_sentences s WHERE s.article_id = a.article_id), ''),
       coalesce((SELECT any_value(e.dictionaries) FROM old_events e WHERE e.article_id = a.article_id), ''), '', '', 0
FROM old_articles a;
INSERT INTO sentences SELECT article_id, sentence, span_start, span_end, text, parser_version, parse, discarded FROM old_sentences;
INSERT INTO unparsed SELECT article_id, span_start, span_end, reason FROM old_unparsed;
INSERT INTO rejected SELECT origin, line, article_id, reason, detail FROM old_rejected;
INSERT INTO mentions
SELECT e.event_id, '', e.article_id, e.sentence, e.event_date, coalesce(e.date_precision, 'article'), e.code,
       e.source, s.country, s.text, s.span_start, s.span_end, s.entries, e.target, t.country, t.text, t.span_start, t.span_end, t.entries,
       e.trigger, e.trigger_start, e.trigger_end, NULL, NULL, NULL, NULL, e.stack, e.entries, e.confidence, e.parser_version, e.dictionaries
FROM old_events e
LEFT JOIN event_actors s ON s.event_id = e.event_id AND s.side = 'source'
LEFT JOIN event_actors t ON t.event_id = e.event_id AND t.side = 'target';
INSERT INTO codes SELECT DISTINCT code, '', root, left(code, 3), quad_class, 0, goldstein, quad_class, NULL, NULL, CAST([] AS VARCHAR[]) FROM old_events;
INSERT INTO packages SELECT 0, '', count(*), (SELECT count(*) FROM sentences), (SELECT count(*) FROM mentions), (SELECT count(*) FROM rejected) FROM articles HAVING count(*) > 0;
DROP TABLE event_actors;
DROP TABLE old_events;
DROP TABLE old_articles;
DROP TABLE old_sentences;
DROP TABLE old_unparsed;
DROP TABLE old_rejected;

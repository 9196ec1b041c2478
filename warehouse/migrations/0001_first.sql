-- Articles in, events out: what was read, how it was parsed, what was coded, what was put aside and why.
CREATE TABLE articles (
    article_id VARCHAR PRIMARY KEY,
    language VARCHAR NOT NULL,
    published DATE,
    title VARCHAR,
    url VARCHAR,
    publisher VARCHAR,
    origin VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    text_hash VARCHAR NOT NULL,
    dateline VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('coded', 'empty'))
);
COMMENT ON TABLE articles IS 'Articles that were parsed. Spans elsewhere are characters of text.';
COMMENT ON COLUMN articles.origin IS 'The file (and line) that the article came from.';
COMMENT ON COLUMN articles.dateline IS 'The dateline as it stands in the text, empty where there is none.';
COMMENT ON COLUMN articles.outcome IS 'coded: at least one event; empty: none.';

CREATE TABLE sentences (
    article_id VARCHAR NOT NULL,
    sentence INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    parser_version VARCHAR NOT NULL,
    parse JSON NOT NULL,
    discarded VARCHAR,
    PRIMARY KEY (article_id, sentence)
);
COMMENT ON TABLE sentences IS 'Parsed sentences, so that an archive is coded again without parsing.';
COMMENT ON COLUMN sentences.parse IS 'One list a word: text, lemma, UPOS, features, head (index from 0, -1 the root), relation, start, end.';
COMMENT ON COLUMN sentences.discarded IS 'The reason and the entry that put the sentence aside as no event, or NULL.';

CREATE TABLE unparsed (
    article_id VARCHAR NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (article_id, span_start)
);
COMMENT ON TABLE unparsed IS 'Stretches of an article that were not parsed, and why.';

CREATE TABLE events (
    event_id VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    sentence INTEGER NOT NULL,
    event_date DATE,
    code VARCHAR NOT NULL,
    root VARCHAR NOT NULL,
    quad_class TINYINT NOT NULL,
    goldstein DOUBLE,
    source VARCHAR,
    target VARCHAR,
    trigger VARCHAR NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    stack VARCHAR NOT NULL,
    entries VARCHAR[] NOT NULL,
    confidence DOUBLE NOT NULL,
    parser_version VARCHAR NOT NULL,
    dictionaries VARCHAR NOT NULL
);
COMMENT ON TABLE events IS 'Coded events. The same article, parser and dictionaries give the same event_id.';
COMMENT ON COLUMN events.code IS 'CAMEO 1.1b3; text, for its leading zero counts.';
COMMENT ON COLUMN events.quad_class IS '1 verbal and 2 material cooperation, 3 verbal and 4 material conflict, as CAMEO and ICEWS count them.';
COMMENT ON COLUMN events.event_date IS 'The day the article was published.';
COMMENT ON COLUMN events.stack IS 'The acts as they are stacked in the sentence: refuse(appeal(aid.military)).';
COMMENT ON COLUMN events.entries IS 'The dictionary entries that licensed the event, file:line.';
COMMENT ON COLUMN events.dictionaries IS 'The hash of the dictionaries that coded it.';

CREATE TABLE event_actors (
    event_id VARCHAR NOT NULL,
    side VARCHAR NOT NULL CHECK (side IN ('source', 'target')),
    code VARCHAR NOT NULL,
    country VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    entries VARCHAR[] NOT NULL,
    PRIMARY KEY (event_id, side)
);
COMMENT ON TABLE event_actors IS 'The phrases that name the source and the target of each event; code --- where no entry covers the phrase.';

CREATE TABLE rejected (
    origin VARCHAR NOT NULL,
    line INTEGER NOT NULL,
    article_id VARCHAR,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    PRIMARY KEY (origin, line, reason)
);
COMMENT ON TABLE rejected IS 'What was not coded, and why.';

CREATE TABLE runs (
    run_id VARCHAR PRIMARY KEY,
    finished_at TIMESTAMP NOT NULL,
    marsad_version VARCHAR NOT NULL,
    dictionaries VARCHAR NOT NULL,
    parsers VARCHAR NOT NULL,
    articles INTEGER NOT NULL,
    coded INTEGER NOT NULL,
    empty INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    sentences INTEGER NOT NULL,
    events INTEGER NOT NULL
);
COMMENT ON TABLE runs IS 'One row for each distinct run: the same sources with the same versions are the same run. articles = coded + empty + rejected.';

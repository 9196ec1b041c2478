-- What was asked of the web and answered is a ledger, a row a request; the table feeds, which nothing ever wrote, becomes a view of it.
DROP TABLE feeds;
CREATE TABLE fetches (
    url VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('feed', 'page', 'item', 'list', 'robots')),
    feed VARCHAR,
    asked_at TIMESTAMP NOT NULL,
    seconds DOUBLE NOT NULL,
    status INTEGER,
    bytes BIGINT NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    final_url VARCHAR,
    stamp VARCHAR,
    wait_until TIMESTAMP,
    entries INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    settled BOOLEAN NOT NULL,
    reason VARCHAR,
    detail VARCHAR
);
COMMENT ON TABLE fetches IS 'The ledger of the web: what was asked, when, and what was answered; also what was put off. Entered when the articles that came of it are loaded.';
COMMENT ON COLUMN fetches.url IS 'The address that was asked.';
COMMENT ON COLUMN fetches.kind IS 'feed; page (an article); item (an article whose text the feed itself holds); list (a sitemap or list of addresses); robots (robots.txt).';
COMMENT ON COLUMN fetches.feed IS 'The feed or list that led there, NULL for what was named itself.';
COMMENT ON COLUMN fetches.asked_at IS 'When, UTC.';
COMMENT ON COLUMN fetches.seconds IS 'How long it took, with redirects and the pauses that the host wants.';
COMMENT ON COLUMN fetches.status IS 'HTTP status, NULL where there was no answer or nothing was asked.';
COMMENT ON COLUMN fetches.bytes IS 'Size of the answer after decompression.';
COMMENT ON COLUMN fetches.etag IS 'The ETag, to be sent next time; NULL too where not everything that a feed listed could be had.';
COMMENT ON COLUMN fetches.last_modified IS 'The Last-Modified, as etag.';
COMMENT ON COLUMN fetches.final_url IS 'The address that answered, after redirects.';
COMMENT ON COLUMN fetches.stamp IS 'What changes when the feed or list tells of a change of the article.';
COMMENT ON COLUMN fetches.wait_until IS 'Until when the host asked to be left alone (Retry-After), UTC.';
COMMENT ON COLUMN fetches.entries IS 'Of a feed or list: how many items it held.';
COMMENT ON COLUMN fetches.articles IS 'How many articles came of it.';
COMMENT ON COLUMN fetches.settled IS 'Whether it need not be tried again while the stamp stays: it was had, or is not to be had.';
COMMENT ON COLUMN fetches.reason IS 'Why it brought nothing, or not all, in one word; NULL where all went well.';
COMMENT ON COLUMN fetches.detail IS 'Why, in a sentence.';

ALTER TABLE articles ADD COLUMN country VARCHAR;
ALTER TABLE articles ADD COLUMN byline VARCHAR;
ALTER TABLE articles ADD COLUMN published_at VARCHAR;
ALTER TABLE articles ADD COLUMN published_from VARCHAR;
ALTER TABLE articles ADD COLUMN language_confidence DOUBLE;
ALTER TABLE articles ADD COLUMN licence VARCHAR;
COMMENT ON COLUMN articles.origin IS 'The file (and line) that the article came from; of several the first in the order of the alphabet.';
COMMENT ON COLUMN articles.country IS 'The publisher''s country, three letters, as the feeds file or the source says.';
COMMENT ON COLUMN articles.byline IS 'The authors, as the source names them.';
COMMENT ON COLUMN articles.published_at IS 'The time of publication in its own zone, ISO 8601 (CAST to TIMESTAMPTZ to compute with it); NULL where only the day is known.';
COMMENT ON COLUMN articles.published_from IS 'How the day or time was found: feed, sitemap, json-ld, meta, time (elements of the page), page (its text or address), file, gdelt, warc (the day it was crawled).';
COMMENT ON COLUMN articles.language_confidence IS 'How sure the identification of the language is, 0 to 1; NULL where the source says which it is.';
COMMENT ON COLUMN articles.licence IS 'The licence or copyright note of the source, if it gives one.';

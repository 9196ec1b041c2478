-- An event has the date that its words tell; what was coded before has the article's.
ALTER TABLE events ADD COLUMN date_precision VARCHAR DEFAULT 'article';
COMMENT ON COLUMN events.event_date IS 'The first day of the period in which the event happened: as its clause tells, else the day the article was published.';
COMMENT ON COLUMN events.date_precision IS 'How long that period is: day, week (from Monday), month, year; article: nothing is said, and the date is the article''s.';

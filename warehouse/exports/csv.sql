-- CSV (RFC 4180, UTF-8) with a header: an event with the words, the sentence and the article of its first mention.
SELECT * REPLACE (array_to_string(entries, '; ') AS entries) FROM marsad

-- The baseline of the search measurements: SQLite's own full-text index as one would set it up, with facets in SQL.
-- CROSS JOIN keeps the planner from reading whole tables for a handful of hits: the baseline is meant to be a good one.

-- name: schema
CREATE TABLE spoken_by (
    id INTEGER PRIMARY KEY, key TEXT, speaker TEXT, name TEXT, forum TEXT, day TEXT
);
CREATE TABLE about (turn INTEGER, topic TEXT, PRIMARY KEY (turn, topic)) WITHOUT ROWID;
CREATE VIRTUAL TABLE spoken USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2');

-- name: hits
SELECT t.key, t.name, t.forum, t.day, best.snippet
FROM (
    SELECT rowid AS id, rank AS place, snippet(spoken, 0, '[', ']', '…', 40) AS snippet
    FROM spoken WHERE spoken MATCH :match ORDER BY rank LIMIT 10
) AS best JOIN spoken_by AS t ON t.id = best.id ORDER BY best.place;

-- name: filtered_hits
SELECT t.key, t.name, t.forum, t.day, snippet(spoken, 0, '[', ']', '…', 40)
FROM spoken JOIN spoken_by AS t ON t.id = spoken.rowid
WHERE spoken MATCH :match AND t.speaker = :speaker AND t.day BETWEEN :first AND :last ORDER BY rank LIMIT 10;

-- name: clear
DELETE FROM temp.found;

-- name: found
INSERT INTO temp.found SELECT rowid FROM spoken WHERE spoken MATCH :match;

-- name: filtered_found
INSERT INTO temp.found SELECT t.id FROM spoken JOIN spoken_by AS t ON t.id = spoken.rowid
WHERE spoken MATCH :match AND t.speaker = :speaker AND t.day BETWEEN :first AND :last;

-- name: total
SELECT count(*) FROM temp.found;

-- name: speakers
SELECT speaker, count(*) FROM temp.found CROSS JOIN spoken_by USING (id) GROUP BY speaker;

-- name: filtered_speakers
SELECT t.speaker, count(*) FROM spoken JOIN spoken_by AS t ON t.id = spoken.rowid
WHERE spoken MATCH :match AND t.day BETWEEN :first AND :last GROUP BY t.speaker;

-- name: forums
SELECT forum, count(*) FROM temp.found CROSS JOIN spoken_by USING (id) GROUP BY forum;

-- name: topics
SELECT topic, count(*) FROM temp.found CROSS JOIN about ON about.turn = found.id GROUP BY topic;

-- The log is append-only truth; what is due, taught and liked are tables of their own that no learner overwrites.
-- Moments are ISO 8601 in UTC, so that their texts sort. `record` is the whole record as JSON.
-- A turn's number is the one in its id and is never given twice, also after forgetting.
CREATE TABLE turn (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    speaker TEXT,
    outcome TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX turn_speaker ON turn (speaker);
CREATE TABLE due (id TEXT PRIMARY KEY, at TEXT, speaker TEXT, record TEXT NOT NULL) STRICT;
CREATE TABLE fired (number INTEGER PRIMARY KEY, id TEXT NOT NULL, at TEXT NOT NULL, speaker TEXT, record TEXT NOT NULL) STRICT;
CREATE TABLE preference (key TEXT PRIMARY KEY, speaker TEXT NOT NULL, source TEXT NOT NULL, record TEXT NOT NULL) STRICT;
CREATE TABLE taught (key TEXT PRIMARY KEY, speaker TEXT NOT NULL, record TEXT NOT NULL) STRICT;
CREATE TABLE event (number INTEGER PRIMARY KEY, at TEXT NOT NULL, record TEXT NOT NULL) STRICT;
CREATE TABLE change (number INTEGER PRIMARY KEY, at TEXT NOT NULL, entity_id TEXT NOT NULL, state TEXT NOT NULL, moved_by TEXT NOT NULL) STRICT;
CREATE INDEX change_entity ON change (entity_id, number);
CREATE TABLE interrupt (number INTEGER PRIMARY KEY, at TEXT NOT NULL) STRICT;
CREATE TABLE answer (number INTEGER PRIMARY KEY, at TEXT NOT NULL, turn TEXT NOT NULL, value TEXT NOT NULL) STRICT;
-- What was forgotten, so that nothing brings it back: `last_turn` is the last turn before the forgetting.
CREATE TABLE tombstone (number INTEGER PRIMARY KEY, what TEXT NOT NULL, value TEXT NOT NULL, removed INTEGER NOT NULL, last_turn INTEGER NOT NULL) STRICT;

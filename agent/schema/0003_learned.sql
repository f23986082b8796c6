-- What learners make of the log: each table can be dropped and made anew. One transaction replaces them all, as one policy; its version changes where what is served does.
CREATE TABLE rewrite (speaker TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (speaker, source, target)) STRICT;
CREATE TABLE signal (number INTEGER PRIMARY KEY, turn TEXT NOT NULL, record TEXT NOT NULL) STRICT;
CREATE INDEX signal_turn ON signal (turn);
CREATE TABLE failure (turn TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TABLE label (turn TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TABLE rephrase (turn TEXT PRIMARY KEY, first TEXT NOT NULL, probability REAL NOT NULL) STRICT;
-- The home as it was when the learners last ran: its names, and where a replay begins.
CREATE TABLE home (number INTEGER PRIMARY KEY CHECK (number = 1), at TEXT NOT NULL, record TEXT NOT NULL) STRICT;
CREATE TABLE policy (version INTEGER PRIMARY KEY, at TEXT NOT NULL, digest TEXT NOT NULL) STRICT;

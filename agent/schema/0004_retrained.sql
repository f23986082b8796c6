-- What the reading was retrained to from the labels: made of the log like all that is learned, and dropped by any forgetting that may touch it.
CREATE TABLE retrained (number INTEGER PRIMARY KEY CHECK (number = 1), at TEXT NOT NULL, record TEXT NOT NULL) STRICT;

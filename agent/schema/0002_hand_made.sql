-- What people did by hand is counted as habit too: `last_change` is the last change before the forgetting.
ALTER TABLE tombstone ADD COLUMN last_change INTEGER NOT NULL DEFAULT 0;

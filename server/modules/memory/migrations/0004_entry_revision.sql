-- An entry tells its revision itself: lists and searches need not ask its head.
ALTER TABLE memory_entries ADD COLUMN revision bigint NOT NULL DEFAULT 0;

UPDATE memory_entries SET revision = (SELECT h.revision FROM memory_heads h
    WHERE h.user_id = memory_entries.user_id AND h.id = memory_entries.id);

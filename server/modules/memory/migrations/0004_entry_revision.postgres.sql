-- An entry tells its revision itself: lists and searches need not ask its head.
ALTER TABLE memory_entries ADD COLUMN revision bigint NOT NULL DEFAULT 0;

-- The rows of all persons are changed: for this moment the owner of the tables sees them.
ALTER TABLE memory_heads NO FORCE ROW LEVEL SECURITY;
ALTER TABLE memory_entries NO FORCE ROW LEVEL SECURITY;

UPDATE memory_entries e SET revision = h.revision FROM memory_heads h
    WHERE h.user_id = e.user_id AND h.id = e.id AND h.created_at = e.created_at;

ALTER TABLE memory_heads FORCE ROW LEVEL SECURITY;
ALTER TABLE memory_entries FORCE ROW LEVEL SECURITY;

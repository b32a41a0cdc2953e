-- What a change of many memories did, for a day, so that it can be taken back at once.
CREATE TABLE memory_undos (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id)
);

-- `version` says what the memory was; without one it went into the trash. `revision` is what it had after the change.
CREATE TABLE memory_undo_items (
    user_id uuid NOT NULL,
    undo_id uuid NOT NULL,
    memory_id uuid NOT NULL,
    revision bigint NOT NULL,
    version bigint,
    PRIMARY KEY (user_id, undo_id, memory_id)
);

ALTER TABLE memory_undos ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON memory_undos
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

ALTER TABLE memory_undo_items ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON memory_undo_items
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

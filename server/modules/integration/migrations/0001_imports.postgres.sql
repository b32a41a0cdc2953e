-- Imports of exports from other programs: what was read, how far it is, what has become of it.
CREATE TABLE imports (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    state text NOT NULL,
    name text NOT NULL,
    asked_format text NOT NULL,
    time_zone text NOT NULL,
    date_order text NOT NULL,
    level bigint NOT NULL,
    bytes bigint NOT NULL,
    summary json NOT NULL,
    done bigint NOT NULL,
    stored bigint NOT NULL,
    already_there bigint NOT NULL,
    refused bigint NOT NULL,
    reason text,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (user_id, id)
);

-- Which messages have been imported: what tells each from all others, so that a later export adds only what is new.
-- `revision` is what its memory was stored under; 0: it is not stored yet.
CREATE TABLE import_messages (
    user_id uuid NOT NULL,
    fingerprint uuid NOT NULL,
    import_id uuid NOT NULL,
    memory_id uuid NOT NULL,
    revision bigint NOT NULL,
    PRIMARY KEY (user_id, fingerprint)
);

CREATE INDEX import_messages_import ON import_messages (user_id, import_id);

ALTER TABLE imports ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON imports
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

ALTER TABLE import_messages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON import_messages
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

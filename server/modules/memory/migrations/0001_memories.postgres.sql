-- The three tables that decide everything (docs/adr/0006), for PostgreSQL (docs/adr/0010): entries by month; rows of
-- one person only are seen, whatever a statement asks for. json, not jsonb: what was told comes back as it went.

-- Counted up in every change; the epoch names the history that revisions count in.
CREATE TABLE person_state (
    user_id uuid PRIMARY KEY,
    revision bigint NOT NULL,
    epoch bigint NOT NULL,
    memory_count bigint NOT NULL,
    trash_count bigint NOT NULL
);

-- One row per memory, also of a purged one: idempotency, sync order, tombstones, and the way to the entry.
CREATE TABLE memory_heads (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    revision bigint NOT NULL,
    deleted_at timestamptz,
    body_hash bytea NOT NULL,
    PRIMARY KEY (user_id, id)
);

CREATE UNIQUE INDEX memory_heads_revision ON memory_heads (user_id, revision);

CREATE TABLE memory_entries (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    author_id uuid NOT NULL,
    title text,
    content text NOT NULL,
    classification text NOT NULL,
    classified_by text NOT NULL,
    confidence_score double precision NOT NULL,
    reasoning text,
    source text NOT NULL,
    context text,
    tags json NOT NULL,
    emotional_context text,
    level bigint NOT NULL,
    metadata json NOT NULL,
    attachments json NOT NULL,
    thread_id uuid,
    reply_to uuid,
    import_id uuid,
    updated_at timestamptz NOT NULL,
    occurred_at timestamptz,
    remind_at timestamptz,
    pinned boolean NOT NULL,
    trashed_at timestamptz,
    sealed bytea,
    sealed_algorithm text,
    key_id uuid,
    language text NOT NULL,
    utc_offset_minutes bigint,
    PRIMARY KEY (user_id, created_at, id)
) PARTITION BY RANGE (created_at);

-- For a month that has no partition yet; create_monthly_partition() takes its rows out again.
CREATE TABLE memory_entries_default PARTITION OF memory_entries DEFAULT;
ALTER TABLE memory_entries_default ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- What a memory said before it was changed.
CREATE TABLE memory_versions (
    user_id uuid NOT NULL,
    memory_id uuid NOT NULL,
    version bigint NOT NULL,
    replaced_at timestamptz NOT NULL,
    body json,
    sealed bytea,
    sealed_algorithm text,
    key_id uuid,
    PRIMARY KEY (user_id, memory_id, version)
);

ALTER TABLE person_state ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON person_state
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

ALTER TABLE memory_heads ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON memory_heads
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

ALTER TABLE memory_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON memory_entries
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

ALTER TABLE memory_versions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON memory_versions
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

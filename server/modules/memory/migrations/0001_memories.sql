-- The three tables that decide everything (docs/adr/0006). Rows of one person only are seen through user_id.

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
) WITHOUT ROWID;

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
    tags jsonb NOT NULL,
    emotional_context text,
    level bigint NOT NULL,
    metadata jsonb NOT NULL,
    attachments jsonb NOT NULL,
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
);

-- What a memory said before it was changed.
CREATE TABLE memory_versions (
    user_id uuid NOT NULL,
    memory_id uuid NOT NULL,
    version bigint NOT NULL,
    replaced_at timestamptz NOT NULL,
    body jsonb,
    sealed bytea,
    sealed_algorithm text,
    key_id uuid,
    PRIMARY KEY (user_id, memory_id, version)
);

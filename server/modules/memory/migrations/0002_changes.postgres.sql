-- Memories can be changed, deleted and brought back.

ALTER TABLE memory_entries ADD COLUMN version bigint NOT NULL DEFAULT 1;

CREATE INDEX memory_entries_trash ON memory_entries (user_id, created_at, id) WHERE trashed_at IS NOT NULL;

-- What a memory said before it was changed: its row as it was. Nothing has been written to the first form.
DROP TABLE memory_versions;

CREATE TABLE memory_versions (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    version bigint NOT NULL,
    replaced_at timestamptz NOT NULL,
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
    PRIMARY KEY (user_id, id, version)
);

ALTER TABLE memory_versions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON memory_versions
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

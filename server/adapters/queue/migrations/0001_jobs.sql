-- What is to be done after an answer was given. Of nobody: whoever does it sees all of them, and nothing in them was
-- said by a person. A lease of 0: nobody has claimed it. The key of a job without one is a new id.

CREATE TABLE jobs (
    kind text NOT NULL,
    owner_id uuid NOT NULL,
    key text NOT NULL,
    revision bigint NOT NULL,
    details text NOT NULL,
    due_at timestamptz NOT NULL,
    attempts bigint NOT NULL,
    lease bigint NOT NULL,
    puts bigint NOT NULL,
    reason text,
    PRIMARY KEY (kind, owner_id, key)
) WITHOUT ROWID;

CREATE INDEX jobs_due ON jobs (kind, due_at);

CREATE TABLE dead_jobs (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    owner_id uuid NOT NULL,
    key text NOT NULL,
    revision bigint NOT NULL,
    details text NOT NULL,
    attempts bigint NOT NULL,
    reason text NOT NULL,
    died_at timestamptz NOT NULL
);

CREATE INDEX dead_jobs_died ON dead_jobs (died_at);

CREATE TABLE paused_job_kinds (
    kind text PRIMARY KEY
);

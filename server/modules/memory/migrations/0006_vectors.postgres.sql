-- What memories mean: a vector of a model for each passage of their texts. `revision` counts the vectors of a person,
-- apart from the changes of memories; text_hash tells what text it was made of; a vector is 32-bit floats,
-- little-endian.
CREATE TABLE memory_vectors (
    user_id uuid NOT NULL,
    revision bigint NOT NULL,
    passage bigint NOT NULL,
    memory_id uuid NOT NULL,
    model text NOT NULL,
    text_hash bytea NOT NULL,
    vector bytea NOT NULL,
    PRIMARY KEY (user_id, revision, passage)
);
CREATE INDEX memory_vectors_of_memory ON memory_vectors (user_id, memory_id);

CREATE TABLE memory_vector_state (
    user_id uuid PRIMARY KEY,
    revision bigint NOT NULL
);

-- Up to which revision of person_state the memories have their vectors.
CREATE TABLE memory_vector_models (
    user_id uuid NOT NULL,
    model text NOT NULL,
    through bigint NOT NULL,
    PRIMARY KEY (user_id, model)
);

ALTER TABLE memory_vectors ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON memory_vectors
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

ALTER TABLE memory_vector_state ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON memory_vector_state
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

ALTER TABLE memory_vector_models ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON memory_vector_models
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

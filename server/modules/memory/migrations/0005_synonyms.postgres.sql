-- The words that mean the same to one person: families, a JSON array of arrays of texts.
CREATE TABLE memory_synonyms (
    user_id uuid PRIMARY KEY,
    families json NOT NULL
);

ALTER TABLE memory_synonyms ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON memory_synonyms
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

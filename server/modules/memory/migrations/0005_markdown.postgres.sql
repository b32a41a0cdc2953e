-- Up to which of a person's changes the Markdown files tell.
CREATE TABLE markdown_state (
    user_id uuid PRIMARY KEY,
    revision bigint NOT NULL
);

ALTER TABLE markdown_state ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_only ON markdown_state
    USING (user_id = NULLIF(current_setting('app.current_user_id', true), '')::uuid);

-- Up to which of a person's changes the Markdown files tell.
CREATE TABLE markdown_state (
    user_id uuid PRIMARY KEY,
    revision bigint NOT NULL
);

-- The words that mean the same to one person: families, a JSON array of arrays of texts.
CREATE TABLE memory_synonyms (
    user_id uuid PRIMARY KEY,
    families jsonb NOT NULL
);

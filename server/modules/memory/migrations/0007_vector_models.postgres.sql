-- How many dimensions a model's vectors have, and the first revision of a memory that it made nothing of; 0: not known,
-- none.
ALTER TABLE memory_vector_models ADD COLUMN dims bigint NOT NULL DEFAULT 0;
ALTER TABLE memory_vector_models ADD COLUMN refused bigint NOT NULL DEFAULT 0;

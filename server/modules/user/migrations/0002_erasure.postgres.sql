-- When an account that its person wants gone is erased; NULL: it stays.
ALTER TABLE users ADD COLUMN erase_at timestamptz;

-- People, where they are signed in, and who may join. Outside row-level security: sign-in comes before the owner is
-- known.
CREATE TABLE users (
    id uuid PRIMARY KEY,
    phone_number text NOT NULL UNIQUE,
    name text,
    email text UNIQUE,
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    last_login timestamptz,
    is_active boolean NOT NULL,
    is_verified boolean NOT NULL,
    security_level bigint NOT NULL DEFAULT 1 CHECK (security_level BETWEEN 1 AND 4),
    role text NOT NULL,
    locale text,
    time_zone text,
    preferences json NOT NULL,
    metadata json NOT NULL
);

CREATE TABLE user_sessions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    generation bigint NOT NULL,
    rotated_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    elevated_until timestamptz,
    ip_address text,
    user_agent text
);

CREATE INDEX user_sessions_user_id ON user_sessions (user_id);

CREATE TABLE invites (
    id uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE,
    kind text NOT NULL,
    created_by uuid REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_by uuid REFERENCES users (id) ON DELETE SET NULL,
    used_at timestamptz
);

-- What every database of engram stands on; run by its owner before the modules' steps, each time anew.

CREATE TABLE IF NOT EXISTS schema_migrations (
    module text NOT NULL,
    number bigint NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    PRIMARY KEY (module, number)
);

-- The role that everything but a change of the schema runs as.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'engram_app') THEN
        CREATE ROLE engram_app NOLOGIN NOBYPASSRLS;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'engram_app' AND (rolsuper OR rolbypassrls)) THEN
        RAISE EXCEPTION 'the role engram_app would see everybody''s rows' USING
            ERRCODE = 'invalid_authorization_specification',
            HINT = 'Run as a superuser: ALTER ROLE engram_app NOSUPERUSER NOBYPASSRLS';
    END IF;
    IF NOT pg_has_role(current_user, 'engram_app', 'MEMBER') THEN
        EXECUTE format('GRANT engram_app TO %I', current_user);
    END IF;
END
$$;

-- Whose rows the rest of the transaction may see; null: nobody's.
CREATE OR REPLACE FUNCTION set_current_user_id(user_uuid uuid) RETURNS text LANGUAGE sql AS
$$ SELECT set_config('app.current_user_id', coalesce(user_uuid::text, ''), true) $$;

-- Makes the partition of a table (by range of created_at, with a partition NAME_default) for a month of UTC, and moves
-- into it what the default partition holds of that month. Nobody reads a partition but through its parent: there is no
-- policy and no grant on it.
CREATE OR REPLACE FUNCTION create_monthly_partition(table_name text, start_date date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    schema_name text;
    partition_name text := table_name || '_' || to_char(start_date, 'YYYY_MM');
    default_name text := table_name || '_default';
    from_time timestamptz := date_trunc('month', start_date::timestamp) AT TIME ZONE 'UTC';
    to_time timestamptz := (date_trunc('month', start_date::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    SELECT n.nspname INTO schema_name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname = table_name AND c.relkind = 'p' AND pg_get_userbyid(c.relowner) = current_user;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no partitioned table %', table_name USING ERRCODE = 'undefined_table';
    END IF;
    IF to_regclass(format('%I.%I', schema_name, partition_name)) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('LOCK TABLE %I.%I IN SHARE UPDATE EXCLUSIVE MODE', schema_name, table_name);
    EXECUTE format('LOCK TABLE %I.%I IN ACCESS EXCLUSIVE MODE', schema_name, default_name);
    EXECUTE format('CREATE TABLE %1$I.%2$I (LIKE %1$I.%3$I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', schema_name,
                   partition_name, table_name);
    -- The rows of all persons are moved: for this moment the owner sees them.
    EXECUTE format('ALTER TABLE %I.%I NO FORCE ROW LEVEL SECURITY', schema_name, default_name);
    EXECUTE format(
        'WITH moved AS (DELETE FROM %1$I.%2$I WHERE created_at >= %4$L AND created_at < %5$L RETURNING *) '
        'INSERT INTO %1$I.%3$I SELECT * FROM moved', schema_name, default_name, partition_name, from_time, to_time);
    EXECUTE format('ALTER TABLE %I.%I FORCE ROW LEVEL SECURITY', schema_name, default_name);
    EXECUTE format('ALTER TABLE %1$I.%2$I ATTACH PARTITION %1$I.%3$I FOR VALUES FROM (%4$L) TO (%5$L)', schema_name,
                   table_name, partition_name, from_time, to_time);
    EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', schema_name,
                   partition_name);
END
$$;
REVOKE ALL ON FUNCTION create_monthly_partition(text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION create_monthly_partition(text, date) TO engram_app;

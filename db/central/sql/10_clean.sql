-- Roles and schemas; what an earlier version left of functions and types goes, so that no old right or signature stays.
DO $$ BEGIN
  CREATE ROLE cc_owner NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
  CREATE ROLE cc_laptop NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

CREATE SCHEMA IF NOT EXISTS priv;
CREATE SCHEMA IF NOT EXISTS api_v1;

DO $$ DECLARE word text; BEGIN
  FOR word IN
    SELECT format('DROP FUNCTION IF EXISTS %I.%I(%s) CASCADE', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('priv', 'api_v1')
    UNION ALL
    SELECT format('DROP POLICY IF EXISTS %I ON priv.%I', policyname, tablename) FROM pg_policies WHERE schemaname = 'priv'
  LOOP
    EXECUTE word;
  END LOOP;
END $$;
DROP TYPE IF EXISTS priv.envelope CASCADE;
DROP TYPE IF EXISTS priv.told CASCADE;

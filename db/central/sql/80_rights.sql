-- The owner without login owns everything; row security is forced as a second line; laptops may call api_v1.

DO $$ DECLARE word text; BEGIN
  FOR word IN
    SELECT format('ALTER SCHEMA %I OWNER TO cc_owner', nspname) FROM pg_namespace WHERE nspname IN ('priv', 'api_v1')
    UNION ALL
    SELECT format('ALTER TABLE priv.%I OWNER TO cc_owner', relname) FROM pg_class
      WHERE relnamespace = 'priv'::regnamespace AND relkind = 'r'
    UNION ALL
    SELECT format('ALTER FUNCTION %s OWNER TO cc_owner', p.oid::regprocedure) FROM pg_proc p
      WHERE pronamespace IN ('priv'::regnamespace, 'api_v1'::regnamespace)
    UNION ALL
    SELECT format('ALTER TYPE priv.told OWNER TO cc_owner')
    UNION ALL
    -- The functions that laptops call run as the owner, and not longer or wider than they must.
    SELECT format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on '
                  'SET statement_timeout = ''20s'' SET lock_timeout = ''5s'' SET enable_seqscan = off '
                  'SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off '
                  -- What is switched off counts as dear, and dear plans would be compiled: dearer than running them.
                  'SET jit = off SET plan_cache_mode = force_custom_plan',
                  p.oid::regprocedure) FROM pg_proc p WHERE pronamespace = 'api_v1'::regnamespace
    UNION ALL
    SELECT format('ALTER TABLE priv.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', relname) FROM pg_class
      WHERE relnamespace = 'priv'::regnamespace AND relkind = 'r'
    UNION ALL
    SELECT format('CREATE POLICY of_the_organisation ON priv.%I '
                  'USING (org_id = (SELECT priv.org()) OR (SELECT priv.is_operator()))', table_name)
      FROM information_schema.columns
      WHERE table_schema = 'priv' AND column_name = 'org_id' AND table_name <> 'login'
  LOOP
    EXECUTE word;
  END LOOP;
END $$;

CREATE POLICY of_the_login ON priv.login USING (login = session_user OR (SELECT priv.is_operator()));
CREATE POLICY for_all ON priv.route FOR SELECT USING (true);
CREATE POLICY for_all ON priv.protocol FOR SELECT USING (true);
CREATE POLICY of_the_operator ON priv.route USING ((SELECT priv.is_operator()));
CREATE POLICY of_the_operator ON priv.protocol USING ((SELECT priv.is_operator()));
CREATE POLICY of_the_operator ON priv.alembic_version USING ((SELECT priv.is_operator()));

REVOKE ALL ON SCHEMA priv, api_v1 FROM PUBLIC, cc_laptop;
REVOKE ALL ON ALL TABLES IN SCHEMA priv FROM PUBLIC, cc_laptop;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA priv, api_v1 FROM PUBLIC, cc_laptop;
GRANT USAGE ON SCHEMA api_v1 TO cc_laptop;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api_v1 TO cc_laptop;

-- Takes from PUBLIC what a laptop's own SQL could use against the server or to look around in it. It may run again, and
-- must after an upgrade of the server; where the installing user is no superuser, what it may not revoke stays, and
-- the doctor says so. The owner role keeps it, for operators who are no superusers.

-- What of the catalogue stands open to everyone and should not.
CREATE FUNCTION priv.open_doors() RETURNS TABLE (kind text, name text, closing text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT 'function', p.oid::regprocedure::text, format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', p.oid::regprocedure)
    FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f'
      AND (p.proname ~ '^(lo_|loread$|lowrite$|pg_sleep|pg_read_|pg_ls_|pg_stat_|pg_notify|pg_get_(func|view|trigger|'
                       'constraint|rule|index|publ|part|stat|backend|wal|catalog|multi|object)|pg_terminate_|'
                       'pg_cancel_|pg_lock_|pg_prepared_|pg_export_|pg_(relation|table|total_relation|indexes|database|'
                       'tablespace)_size|pg_current_(log|wal|xact)|pg_rotate_|pg_create_|pg_drop_|pg_logical_|'
                       'pg_replication_|pg_wal|pg_switch_|pg_backup|pg_promote|pg_reload_|pg_config|pg_hba_|pg_ident|'
                       'pg_show_|pg_log_|pg_blocking_|pg_safe_|pg_cursor|pg_listening_|pg_describe_|pg_identify_|'
                       'pg_last_|pg_xact_|pg_import_|pg_restore_|pg_clear_|txid_|currtid)'
           OR p.proname ~ '(advisory|_to_xml)')
      AND has_function_privilege('public', p.oid, 'EXECUTE')
  UNION ALL
  SELECT 'relation', c.oid::regclass::text, format('REVOKE ALL ON %s FROM PUBLIC', c.oid::regclass)
    FROM pg_class c
    WHERE c.relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      AND c.relkind IN ('r', 'v') AND c.relname <> 'pg_database'
      AND EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee = 0)
  UNION ALL
  SELECT 'language', l.lanname, format('REVOKE ALL ON LANGUAGE %I FROM PUBLIC', l.lanname)
    FROM pg_language l WHERE l.lanpltrusted AND has_language_privilege('public', l.oid, 'USAGE')
  UNION ALL
  SELECT 'schema', 'public', 'REVOKE ALL ON SCHEMA public FROM PUBLIC'
    FROM pg_namespace n WHERE n.nspname = 'public'
      AND (has_schema_privilege('public', n.oid, 'CREATE') OR has_schema_privilege('public', n.oid, 'USAGE'))
  UNION ALL
  -- Also the databases that every server has: nothing in them is closed but their door.
  SELECT 'database', d.datname, format('REVOKE ALL ON DATABASE %I FROM PUBLIC', d.datname)
    FROM pg_database d WHERE (d.datistemplate OR d.datname IN ('postgres', current_database()))
      AND (has_database_privilege('public', d.oid, 'CONNECT') OR has_database_privilege('public', d.oid, 'TEMPORARY'))
$$;

DO $$ DECLARE door record; BEGIN
  FOR door IN SELECT * FROM priv.open_doors() LOOP
    BEGIN
      EXECUTE door.closing;
      IF door.kind IN ('function', 'relation', 'language') THEN
        EXECUTE replace(replace(replace(door.closing, 'REVOKE ALL', CASE door.kind WHEN 'relation' THEN 'GRANT SELECT' ELSE 'GRANT USAGE' END),
                                'REVOKE', 'GRANT'), 'FROM PUBLIC', 'TO cc_owner');
      END IF;
    EXCEPTION WHEN insufficient_privilege OR object_not_in_prerequisite_state THEN NULL;
    END;
  END LOOP;
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM cc_laptop', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO cc_laptop', current_database());
END $$;
ALTER FUNCTION priv.open_doors() OWNER TO cc_owner;
REVOKE ALL ON FUNCTION priv.open_doors() FROM PUBLIC;

-- What stands open or is not as it must be; each row is a finding of the doctor. It runs with its caller's rights.

CREATE FUNCTION priv.findings() RETURNS TABLE (part text, told text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT 'roles', f.told FROM (
    SELECT 'role ' || r.rolname || ' may do more than it should' FROM pg_roles r
    WHERE (r.rolname IN ('cc_owner', 'cc_laptop') AND r.rolcanlogin
           OR (r.rolname IN ('cc_owner', 'cc_laptop') OR EXISTS (SELECT FROM priv.login l WHERE l.login = r.rolname))
              AND (r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolbypassrls OR r.rolreplication))
    UNION ALL
    SELECT 'laptop ' || r.rolname || ' has no limit of connections' FROM pg_roles r
    WHERE EXISTS (SELECT FROM priv.login l WHERE l.login = r.rolname) AND (r.rolconnlimit < 1 OR r.rolconnlimit > 4)
    UNION ALL
    SELECT 'laptop ' || r.rolname || ' is a member of ' || g.rolname
    FROM pg_roles r JOIN pg_auth_members m ON m.member = r.oid JOIN pg_roles g ON g.oid = m.roleid
    WHERE EXISTS (SELECT FROM priv.login l WHERE l.login = r.rolname) AND g.rolname <> 'cc_laptop'
    UNION ALL
    SELECT 'revoked laptop ' || r.rolname || ' may log in'
    FROM pg_roles r JOIN priv.login l ON l.login = r.rolname
    JOIN priv.principal p ON p.org_id = l.org_id AND p.enrolment = l.enrolment
    WHERE p.revoked_at IS NOT NULL AND r.rolcanlogin) f(told);
  RETURN QUERY SELECT 'owner', f.told FROM (
    SELECT c.oid::regclass || ' does not belong to cc_owner' FROM pg_class c
    WHERE c.relnamespace IN ('priv'::regnamespace, 'api_v1'::regnamespace) AND c.relkind IN ('r', 'v', 'S', 'm', 'p')
      AND c.relowner <> 'cc_owner'::regrole
    UNION ALL
    SELECT p.oid::regprocedure || ' does not belong to cc_owner' FROM pg_proc p
    WHERE p.pronamespace IN ('priv'::regnamespace, 'api_v1'::regnamespace) AND p.proowner <> 'cc_owner'::regrole) f(told);
  RETURN QUERY SELECT 'rights', f.told FROM (
    SELECT c.oid::regclass || ' is open to ' || coalesce(r.rolname, 'everyone')
    FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE c.relnamespace IN ('priv'::regnamespace, 'api_v1'::regnamespace) AND a.grantee NOT IN (c.relowner, 'cc_owner'::regrole)
      AND NOT coalesce(r.rolsuper, false)
    UNION ALL
    SELECT t.attrelid::regclass || '.' || t.attname || ' is open to ' || coalesce(r.rolname, 'everyone')
    FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid
    CROSS JOIN LATERAL aclexplode(t.attacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE c.relnamespace IN ('priv'::regnamespace, 'api_v1'::regnamespace) AND a.grantee <> c.relowner
    UNION ALL
    SELECT p.oid::regprocedure || ' is open to ' || coalesce(r.rolname, 'everyone')
    FROM pg_proc p CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE p.pronamespace IN ('priv'::regnamespace, 'api_v1'::regnamespace) AND a.grantee <> p.proowner AND NOT coalesce(r.rolsuper, false)
      AND NOT (p.pronamespace = 'api_v1'::regnamespace AND coalesce(r.rolname = 'cc_laptop', false))
    UNION ALL
    SELECT 'schema ' || n.nspname || ' is open to ' || coalesce(r.rolname, 'everyone')
    FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE n.oid IN ('priv'::regnamespace, 'api_v1'::regnamespace) AND a.grantee <> n.nspowner AND NOT coalesce(r.rolsuper, false)
      AND NOT (n.nspname = 'api_v1' AND coalesce(r.rolname = 'cc_laptop', false) AND a.privilege_type = 'USAGE')) f(told);
  RETURN QUERY SELECT 'functions', f.told FROM (
    SELECT p.oid::regprocedure || ' does not pin its settings' FROM pg_proc p
    WHERE p.pronamespace IN ('priv'::regnamespace, 'api_v1'::regnamespace)
      AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (p.proconfig), false)
    UNION ALL
    SELECT p.oid::regprocedure || ' runs with the rights of its caller, or with row security off' FROM pg_proc p
    WHERE p.pronamespace = 'api_v1'::regnamespace
      AND NOT (p.prosecdef AND coalesce('row_security=on' = ANY (p.proconfig), false))
    UNION ALL
    SELECT p.oid::regprocedure || ' runs with the rights of its owner' FROM pg_proc p
    WHERE p.pronamespace = 'priv'::regnamespace AND p.prosecdef) f(told);
  RETURN QUERY SELECT 'row security', f.told FROM (
    SELECT c.oid::regclass || ' does not force row security' FROM pg_class c
    WHERE c.relnamespace = 'priv'::regnamespace AND c.relkind = 'r'
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity
               AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
    UNION ALL
    SELECT c.oid::regclass || ' is a view' FROM pg_class c
    WHERE c.relnamespace IN ('priv'::regnamespace, 'api_v1'::regnamespace) AND c.relkind IN ('v', 'm')) f(told);
  RETURN QUERY SELECT 'history', f.told FROM (
    SELECT c.relname || ' may be changed: a trigger is missing or off'
    FROM (VALUES ('event'), ('audit'), ('erasure')) AS c(relname)
    WHERE 2 <> (SELECT count(*) FROM pg_trigger t
                WHERE t.tgrelid = ('priv.' || c.relname)::regclass AND t.tgenabled IN ('O', 'A')
                  AND t.tgname IN ('keep_history', 'keep_all_history')
                  AND t.tgfoid = 'priv.keep_history()'::regprocedure)) f(told);
  RETURN QUERY SELECT 'hardening', f.told FROM (
    SELECT kind || ' ' || name || ' is open to everyone' FROM priv.open_doors()
    UNION ALL
    SELECT 'database ' || d.datname || ' lets laptops in' FROM pg_database d
    WHERE d.datallowconn AND d.datname <> current_database()
      AND has_database_privilege('cc_laptop', d.oid, 'CONNECT')) f(told);
  RETURN QUERY SELECT 'encryption', f.told FROM (
    SELECT 'the server offers no TLS' WHERE current_setting('ssl') <> 'on'
      AND current_setting('listen_addresses') NOT IN ('', 'localhost', '127.0.0.1', '::1')
    UNION ALL
    SELECT 'passwords are kept as ' || current_setting('password_encryption')
    WHERE current_setting('password_encryption') <> 'scram-sha-256'
    UNION ALL
    SELECT 'pg_hba.conf line ' || h.line_number || ' lets in without TLS or SCRAM' FROM pg_hba_file_rules h
    WHERE h.type IN ('host', 'hostnossl', 'hostssl') AND h.auth_method <> 'reject'
      AND coalesce(h.address, '') NOT IN ('127.0.0.1', '::1', 'localhost')
      AND (h.type <> 'hostssl' OR h.auth_method NOT IN ('scram-sha-256', 'cert'))) f(told);
END $$;
ALTER FUNCTION priv.findings() OWNER TO cc_owner;
REVOKE ALL ON FUNCTION priv.findings() FROM PUBLIC;

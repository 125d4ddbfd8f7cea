-- History is only added to; an erased event becomes a tombstone, which is all that the trigger lets through.

-- The text that stays of an erased event: its envelope without what it said, as erasing.py writes it.
CREATE FUNCTION priv.tombstone(p_wire text, p_reason text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
  SELECT format('{"at":%s,"body":{"reason":%s},"by":%s,"case":%s,"device":%s,"id":%s,"kind":"Tombstone","logical":%s,'
                '"role":%s,"seq":%s,"site":%s,"to":%s,"version":%s,"was":%s}',
                w -> 'at', to_jsonb(p_reason), w -> 'by', w -> 'case', w -> 'device', w -> 'id', w -> 'logical',
                w -> 'role', w -> 'seq', w -> 'site', w -> 'to', w -> 'version', w -> 'kind')
  -- PostgreSQL keeps no NUL in text.
  FROM (SELECT replace(p_wire, '\u0000', '\u0020')::jsonb AS w) told
$$;

CREATE FUNCTION priv.keep_history() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'event' THEN
    IF NEW.erased AND NOT OLD.erased
       AND to_jsonb(NEW) - '{wire,erased}'::text[] = to_jsonb(OLD) - '{wire,erased}'::text[]
       AND NEW.wire = priv.tombstone(OLD.wire, (SELECT x.reason FROM priv.erasure x
                                                WHERE x.org_id = OLD.org_id AND x.case_id = OLD.case_id)) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'history is only added to';
END $$;

DO $$ DECLARE name text; BEGIN
  FOREACH name IN ARRAY ARRAY['event', 'audit', 'erasure'] LOOP
    EXECUTE format('CREATE TRIGGER keep_history BEFORE UPDATE OR DELETE ON priv.%I '
                   'FOR EACH ROW EXECUTE FUNCTION priv.keep_history()', name);
    EXECUTE format('CREATE TRIGGER keep_all_history BEFORE TRUNCATE ON priv.%I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION priv.keep_history()', name);
  END LOOP;
END $$;

-- Notes what was done to an enrolment, a lease or history.
CREATE FUNCTION priv.note(p_org text, p_act text, p_by text, p_subject text, p_detail text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO priv.audit (org_id, audit_id, at, act, by, subject, detail)
    VALUES (p_org, gen_random_uuid()::text, clock_timestamp(), p_act, p_by, p_subject, p_detail)
$$;

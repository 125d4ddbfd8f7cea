-- The book of leases: at most one lives per case, and each grant has a higher epoch than those before.

-- Keeps the book; returns why it may not be, or an empty text.
CREATE FUNCTION priv.lease_kept(me priv.principal, told priv.told) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE added bigint;
BEGIN
  IF told.kind <> 'LeaseGranted' THEN
    -- An agent gives back what is the agent's own.
    UPDATE priv.lease SET ended = true
      WHERE org_id = me.org_id AND lease_id = told.lease AND case_id = told."case" AND NOT ended
        AND (me.role <> 'agent' OR agent_id = me.person);
    GET DIAGNOSTICS added = ROW_COUNT;
    IF added > 0 THEN
      PERFORM priv.note(me.org_id, 'lease ended', me.person, told."case", told.lease);
    END IF;
    RETURN '';
  END IF;
  -- Nobody may dial under an expired lease, but clocks differ.
  UPDATE priv.lease SET ended = true
    WHERE org_id = me.org_id AND case_id = told."case" AND NOT ended
      AND expires_at <= clock_timestamp() - interval '5 minutes';
  IF EXISTS (SELECT FROM priv.lease WHERE org_id = me.org_id AND case_id = told."case" AND NOT ended) THEN
    RETURN 'leased';
  ELSIF EXISTS (SELECT FROM priv.lease
                WHERE org_id = me.org_id AND case_id = told."case" AND epoch >= told.epoch) THEN
    RETURN 'epoch';
  END IF;
  INSERT INTO priv.lease (org_id, lease_id, case_id, agent_id, expires_at, ended, epoch)
    VALUES (me.org_id, told.lease, told."case", told."to", told.expires_at, false, told.epoch)
    ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS added = ROW_COUNT;
  IF added = 0 THEN
    RETURN 'leased';
  END IF;
  PERFORM priv.note(me.org_id, 'lease granted', me.person, told."case", told."to" || ' ' || told.lease);
  RETURN '';
END $$;

-- Keeps the book in the order of the batch, so that each event knows who held its case when it was its turn.
CREATE FUNCTION priv.leases_kept(me priv.principal, p_told priv.told[]) RETURNS priv.told[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE told priv.told; kept priv.told[] := '{}'; changed jsonb := '{}'; live priv.lease;
BEGIN
  FOR told IN SELECT * FROM unnest(p_told) t ORDER BY t.place LOOP
    IF told.answer IS NULL AND changed ? told."case" THEN
      told.holder := changed -> told."case" ->> 0;
      told.until := (changed -> told."case" ->> 1)::timestamptz;
    END IF;
    IF told.answer IS NULL AND told.kind IN ('LeaseGranted', 'LeaseEnded', 'LeaseReturned') THEN
      told.reason := priv.lease_kept(me, told);
      IF told.reason <> '' THEN
        told.answer := 'refused';
      END IF;
      SELECT * INTO live FROM priv.lease l
        WHERE l.org_id = me.org_id AND l.case_id = told."case" AND NOT l.ended;
      changed := changed || jsonb_build_object(told."case", jsonb_build_array(live.agent_id, live.expires_at));
    END IF;
    kept := kept || told;
  END LOOP;
  RETURN kept;
END $$;

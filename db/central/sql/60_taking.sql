-- Takes pushed events: what is stored already, what is refused, what is stored now.

-- Says of each event what is known before anything is written.
CREATE FUNCTION priv.judged(me priv.principal, p_told priv.told[]) RETURNS priv.told[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT array_agg(ROW(
      t.place, t.id, t.seq, t.wire, t.sha256, t.kind, t."case", t.site, t."to", t."by", t.role, t.device, t.at,
      t.lease, t.epoch, t.expires_at,
      CASE WHEN t.answer IS NOT NULL THEN t.answer
           WHEN k.mine AND e.sha256 = t.sha256 THEN 'have'
           WHEN k.mine AND (e.sha256 IS NOT NULL OR s.sha256 IS NOT NULL) THEN 'mismatch'
           WHEN o.why <> '' THEN 'refused' END,
      CASE WHEN t.answer IS NULL AND k.mine THEN coalesce(e.sha256, s.sha256, '') ELSE '' END,
      CASE WHEN t.answer IS NOT NULL THEN t.reason
           WHEN k.mine AND (e.sha256 IS NOT NULL OR s.sha256 IS NOT NULL) THEN '' ELSE o.why END,
      coalesce(r.rule, 'office'), l.agent_id, l.expires_at, x.reason)::priv.told)
  FROM unnest(p_told) t
  CROSS JOIN LATERAL (SELECT (t.device, t."by") IS NOT DISTINCT FROM (me.device, me.person) AS mine) k
  -- Two look-ups by their own index: joined by OR they would read all that this person ever said.
  -- With a limit each is one look-up per event: without, the planner takes ten events for granted and reads all that
  -- is there for each of them.
  LEFT JOIN LATERAL (SELECT v.sha256 FROM priv.event v
                     WHERE v.org_id = me.org_id AND v.agent_id = me.person AND v.event_id = t.id LIMIT 1) e ON true
  LEFT JOIN LATERAL (SELECT v.sha256 FROM priv.event v
                     WHERE v.org_id = me.org_id AND v.device = me.device AND v.seq = t.seq
                       -- Written so that it can only be looked up by device and number.
                       AND v.agent_id || '' = me.person LIMIT 1) s ON true
  LEFT JOIN LATERAL (SELECT v.rule, v.rank FROM priv.route v WHERE v.kind = t.kind LIMIT 1) r ON true
  LEFT JOIN LATERAL (SELECT v.agent_id, v.expires_at FROM priv.lease v
                     WHERE v.org_id = me.org_id AND v.case_id = t."case" AND NOT v.ended LIMIT 1) l ON t."case" <> ''
  -- The two last kinds say that a person was erased, and where nothing is left; they hold nothing of the person.
  LEFT JOIN LATERAL (SELECT v.reason FROM priv.erasure v
                     WHERE v.org_id = me.org_id AND v.case_id = t."case" LIMIT 1) x
    ON t."case" <> '' AND t.kind NOT IN ('SubjectErased', 'PurgeDone')
  CROSS JOIN LATERAL (SELECT array_position(ARRAY['agent', 'supervisor', 'coordinator'], me.role) - 1 AS mine) rank
  CROSS JOIN LATERAL (SELECT CASE
    WHEN NOT k.mine OR t.role IS DISTINCT FROM me.role THEN 'not yours'
    WHEN rank.mine < coalesce(r.rank, 0) THEN 'role'
    -- A late event of a lease that is over still counts as an attempt.
    WHEN rank.mine = 0 AND t."case" <> '' AND NOT EXISTS (
      SELECT FROM priv.lease h WHERE h.org_id = me.org_id AND h.case_id = t."case" AND h.agent_id = me.person)
      THEN 'case'
    WHEN rank.mine = 1 AND (t.site <> me.site OR t."case" <> '' AND EXISTS (
      SELECT FROM priv.event c WHERE c.org_id = me.org_id AND c.case_id = t."case" AND c.case_id <> ''
        AND c.kind = 'CaseOpened' AND c.site <> me.site)) THEN 'site'
    ELSE '' END AS why OFFSET 0) o
$$;

-- Stores what nothing speaks against, delivers it, and returns all of the batch with what became of it.
CREATE FUNCTION priv.take(me priv.principal, p_told priv.told[]) RETURNS priv.told[]
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  told priv.told[] := priv.judged(me, p_told);
  boxes text[]; events text[]; stored bigint; size bigint; erased priv.told;
BEGIN
  IF EXISTS (SELECT FROM unnest(told) t
             WHERE t.answer IS NULL AND t.kind IN ('LeaseGranted', 'LeaseEnded', 'LeaseReturned')) THEN
    told := priv.leases_kept(me, told);
  END IF;
  INSERT INTO priv.event (org_id, agent_id, event_id, device, seq, kind, case_id, site, occurred_at, recorded_at,
                          clock_suspect, sha256, wire, late, erased)
    SELECT me.org_id, me.person, t.id, me.device, t.seq, t.kind, t."case", t.site, t.at, clock_timestamp(),
           t.at > clock_timestamp() + interval '5 minutes', t.sha256,
           CASE WHEN t.erased IS NULL THEN t.wire ELSE priv.tombstone(t.wire, t.erased) END,
           me.role = 'agent' AND t."case" <> ''
             AND (t.holder IS DISTINCT FROM me.person OR t.at > t.until + interval '5 minutes'),
           t.erased IS NOT NULL
    FROM unnest(told) t WHERE t.answer IS NULL;
  GET DIAGNOSTICS stored = ROW_COUNT;
  IF stored = 0 THEN
    RETURN told;
  END IF;
  SELECT array_agg(r.box ORDER BY r.place), array_agg(r.event_id ORDER BY r.place)
    INTO boxes, events FROM priv.routed(me, told) r;
  FOR erased IN SELECT * FROM unnest(told) t WHERE t.answer IS NULL AND t.rule = 'erased' ORDER BY t.place LOOP
    -- What this same batch tells of the case may have no number yet.
    SELECT boxes || array_agg(b), events || array_fill(erased.id, ARRAY[count(*)::int]) INTO boxes, events
      FROM (SELECT unnest(priv.erasure_routed(me, erased)) UNION
            SELECT r.box FROM priv.routed(me, told) r JOIN unnest(told) t ON t.place = r.place
              WHERE t."case" = erased."case") found(b);
    PERFORM priv.erase(me.org_id, erased."case", erased.wire::jsonb #>> '{body,reason}', me.person);
  END LOOP;
  SELECT sum(octet_length(t.wire)) INTO size FROM unnest(told) t WHERE t.answer IS NULL;
  PERFORM priv.used(me, stored, size);
  PERFORM priv.deliver(me.org_id, array_fill(me.person, ARRAY[cardinality(events)]), boxes, events);
  RETURN told;
END $$;

-- Tells whether all of a batch is stored already, byte for byte: a replay, of which nothing need be read.
CREATE FUNCTION priv.all_stored(me priv.principal, p_batch jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- Most batches are new, and their first event tells.
  IF NOT EXISTS (SELECT FROM priv.event v WHERE v.org_id = me.org_id AND v.agent_id = me.person
                   AND v.event_id = p_batch #>> '{0,id}') THEN
    RETURN false;
  END IF;
  RETURN (
    SELECT bool_and(coalesce(e.device = me.device AND e.seq::text = w.seq AND e.sha256 = w.sha
                             AND encode(sha256(convert_to(w.wire, 'UTF8')), 'hex') = w.sha, false))
    FROM (SELECT i.value ->> 'id' AS id, i.value ->> 'seq' AS seq, i.value ->> 'wire' AS wire,
                 i.value ->> 'sha256' AS sha
          FROM jsonb_array_elements(p_batch) AS i(value) OFFSET 0) w
    LEFT JOIN LATERAL (SELECT v.device, v.seq, v.sha256 FROM priv.event v
                       WHERE v.org_id = me.org_id AND v.agent_id = me.person AND v.event_id = w.id LIMIT 1) e ON true);
END $$;

-- Takes a batch of new events with which nothing is wrong or special, in one statement; false, and nothing done, for
-- any other. What it lets through `judged` would let through too.
CREATE FUNCTION priv.take_plain(me priv.principal, p_batch jsonb, p_largest int) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mine int := array_position(ARRAY['agent', 'supervisor', 'coordinator'], me.role) - 1;
  rules jsonb := (SELECT jsonb_object_agg(r.kind, r.rule) FROM priv.route r);
  above jsonb := (SELECT coalesce(jsonb_agg(r.kind), '[]') FROM priv.route r WHERE r.rank > mine OR r.rule = 'erased');
  told priv.told[]; size bigint; stored bigint; boxes text[]; events text[];
BEGIN
  WITH told AS MATERIALIZED (
    SELECT t.place, t.id, t.seq, t.wire, t.sha256, t.kind, t."case", t.site, t."to", t.at,
           coalesce(rules ->> t.kind, 'office') AS rule, l.agent_id AS holder, l.expires_at AS until
    FROM priv.read_each(p_batch, 0, p_largest) t
    LEFT JOIN LATERAL (SELECT v.agent_id, v.expires_at FROM priv.lease v
                       WHERE v.org_id = me.org_id AND v.case_id = t."case" AND NOT v.ended LIMIT 1) l ON t."case" <> ''
    WHERE t.answer IS NULL AND t.device = me.device AND t."by" = me.person AND t.role = me.role
      AND t.lease IS NULL AND NOT above ? t.kind
      AND (t."case" = '' OR NOT EXISTS (
        SELECT FROM priv.erasure v WHERE v.org_id = me.org_id AND v.case_id = t."case"))
      AND (mine > 0 OR t."case" = '' OR EXISTS (
        SELECT FROM priv.lease h WHERE h.org_id = me.org_id AND h.case_id = t."case" AND h.agent_id = me.person))
      AND (mine <> 1 OR t.site = me.site AND (t."case" = '' OR NOT EXISTS (
        SELECT FROM priv.event c WHERE c.org_id = me.org_id AND c.case_id = t."case" AND c.case_id <> ''
          AND c.kind = 'CaseOpened' AND c.site <> me.site)))
  ), stored AS (
    INSERT INTO priv.event (org_id, agent_id, event_id, device, seq, kind, case_id, site, occurred_at, recorded_at,
                            clock_suspect, sha256, wire, late, erased)
      SELECT me.org_id, me.person, t.id, me.device, t.seq, t.kind, t."case", t.site, t.at, clock_timestamp(),
             t.at > clock_timestamp() + interval '5 minutes', t.sha256, t.wire,
             mine = 0 AND t."case" <> ''
               AND (t.holder IS DISTINCT FROM me.person OR t.at > t.until + interval '5 minutes'), false
      FROM told t WHERE jsonb_array_length(p_batch) = (SELECT count(*) FROM told))
  SELECT count(*), sum(octet_length(t.wire)),
         array_agg(ROW(t.place, t.id, t.seq, NULL, NULL, t.kind, t."case", t.site, t."to", me.person, me.role,
                       me.device, NULL, NULL, NULL, NULL, NULL, NULL, NULL, t.rule, t.holder, NULL, NULL)::priv.told)
    INTO stored, size, told FROM told t;
  IF stored = 0 OR stored <> jsonb_array_length(p_batch) THEN
    RAISE EXCEPTION 'not plain' USING ERRCODE = '22000';
  END IF;
  SELECT array_agg(r.box ORDER BY r.place), array_agg(r.event_id ORDER BY r.place)
    INTO boxes, events FROM priv.routed(me, told) r;
  PERFORM priv.used(me, stored, size);
  PERFORM priv.deliver(me.org_id, array_fill(me.person, ARRAY[cardinality(events)]), boxes, events);
  RETURN true;
EXCEPTION WHEN data_exception OR program_limit_exceeded OR unique_violation THEN
  RETURN false;
END $$;

-- Replaces what is held of a case by tombstones, and remembers it for what comes late and for a restored backup.
CREATE FUNCTION priv.erase(p_org text, p_case text, p_reason text, p_by text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_case = '' THEN
    RETURN;
  END IF;
  INSERT INTO priv.erasure (org_id, case_id, reason, by, at)
    VALUES (p_org, p_case, coalesce(p_reason, ''), p_by, clock_timestamp()) ON CONFLICT DO NOTHING;
  PERFORM priv.erase_again(p_org, p_case);
  PERFORM priv.note(p_org, 'erased', p_by, p_case, coalesce(p_reason, ''));
END $$;

CREATE FUNCTION priv.erase_again(p_org text, p_case text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  UPDATE priv.event e SET erased = true, wire = priv.tombstone(e.wire, x.reason)
    FROM priv.erasure x
    WHERE x.org_id = p_org AND x.case_id = p_case AND e.org_id = p_org AND e.case_id = p_case AND e.case_id <> ''
      AND NOT e.erased AND e.kind NOT IN ('SubjectErased', 'PurgeDone')
$$;

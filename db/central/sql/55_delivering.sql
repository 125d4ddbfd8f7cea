-- Mailboxes: where an event goes, and its gapless number there.

-- Where events go, by the rule of routing.py; `place` is their order.
CREATE FUNCTION priv.routed(me priv.principal, p_told priv.told[])
RETURNS TABLE (box text, place bigint, event_id text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
    -- The rules exclude each other, so nothing is told twice to one mailbox.
    SELECT b.name, t.place, t.id
    FROM unnest(p_told) t
    LEFT JOIN priv.mailbox m ON m.org_id = me.org_id AND m.name = 'site:' || t.site
    CROSS JOIN LATERAL (
      SELECT 'org' AS name WHERE t.rule = 'organisation'
      UNION ALL
      SELECT o.name FROM priv.mailbox o
        WHERE t.rule IN ('campaign', 'offices') AND o.org_id = me.org_id
          AND (t.rule = 'campaign' OR NOT starts_with(o.name, 'agent:'))
      UNION ALL
      SELECT coalesce(m.name, 'org') WHERE t.rule NOT IN ('organisation', 'campaign', 'offices')
      UNION ALL
      SELECT 'agent:' || t."to" WHERE t.rule = 'addressee' AND t."to" <> ''
      UNION ALL
      SELECT 'agent:' || t.holder
        WHERE t.rule = 'office_and_holder' AND t.holder IS NOT NULL AND NOT (t."by" = t.holder AND t.role = 'agent')
    ) b
    WHERE t.answer IS NULL AND t.rule <> 'erased';
END $$;

-- An erasure goes to the office and to every mailbox that was ever told of the case.
CREATE FUNCTION priv.erasure_routed(me priv.principal, told priv.told) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT array_agg(DISTINCT name) FROM (
    SELECT d.mailbox AS name
      FROM priv.event e
      JOIN priv.delivery d ON d.org_id = e.org_id AND d.agent_id = e.agent_id AND d.event_id = e.event_id
      WHERE e.org_id = me.org_id AND e.case_id = told."case" AND e.case_id <> ''
        AND d.mailbox IN (SELECT m.name FROM priv.mailbox m WHERE m.org_id = me.org_id)
    UNION
    SELECT coalesce((SELECT m.name FROM priv.mailbox m WHERE m.org_id = me.org_id AND m.name = 'site:' || told.site),
                    'org')) found
$$;

-- Adds events to mailboxes: counters move in one fixed order, so two pushes never wait for each other, and as the last
-- step, so that the order of the numbers is the order of the commits.
CREATE FUNCTION priv.deliver(p_org text, p_agents text[], p_boxes text[], p_events text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE sack record; last bigint; names text[] := '{}'; firsts bigint[] := '{}';
BEGIN
  INSERT INTO priv.mailbox (org_id, name, n)
    SELECT DISTINCT p_org, b, 0 FROM unnest(p_boxes) b ORDER BY 2 ON CONFLICT DO NOTHING;
  FOR sack IN SELECT b AS name, count(*) AS size FROM unnest(p_boxes) b GROUP BY b ORDER BY b COLLATE "C" LOOP
    UPDATE priv.mailbox SET n = n + sack.size WHERE org_id = p_org AND name = sack.name RETURNING n INTO last;
    names := names || sack.name;
    firsts := firsts || last - sack.size;
  END LOOP;
  IF cardinality(names) = 1 THEN
    -- Most batches go to one office only: nothing to sort.
    INSERT INTO priv.delivery (org_id, mailbox, n, agent_id, event_id)
      SELECT p_org, names[1], firsts[1] + u.place, u.agent, u.event
      FROM unnest(p_agents, p_events) WITH ORDINALITY AS u(agent, event, place);
    RETURN;
  END IF;
  INSERT INTO priv.delivery (org_id, mailbox, n, agent_id, event_id)
    SELECT p_org, u.box, f.first + row_number() OVER (PARTITION BY u.box ORDER BY u.place), u.agent, u.event
    FROM unnest(p_agents, p_boxes, p_events) WITH ORDINALITY AS u(agent, box, event, place)
    JOIN unnest(names, firsts) AS f(name, first) ON f.name = u.box;
END $$;

-- Makes a mailbox and fills it with what its readers missed: campaigns and forms, for an office also the roster, and
-- for a site all that happened there. Saying it twice changes nothing.
CREATE FUNCTION priv.open_mailbox(p_org text, p_name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE agents text[]; events text[];
BEGIN
  -- Pushes hold the same row for sharing, so none slips between the look back and the new mailbox.
  PERFORM FROM priv.organisation WHERE org_id = p_org FOR UPDATE;
  INSERT INTO priv.mailbox (org_id, name, n) VALUES (p_org, p_name, 0) ON CONFLICT DO NOTHING;
  SELECT array_agg(e.agent_id ORDER BY e.recorded_at, e.device, e.seq),
         array_agg(e.event_id ORDER BY e.recorded_at, e.device, e.seq) INTO agents, events
    FROM priv.event e LEFT JOIN priv.route r ON r.kind = e.kind
    WHERE e.org_id = p_org AND NOT e.erased
      AND (r.rule = 'campaign' OR r.rule = 'offices' AND NOT starts_with(p_name, 'agent:')
           OR p_name = 'site:' || e.site AND coalesce(r.rule, '') NOT IN ('campaign', 'organisation', 'offices'))
      AND NOT EXISTS (SELECT FROM priv.delivery d WHERE d.org_id = p_org AND d.mailbox = p_name
                        AND d.agent_id = e.agent_id AND d.event_id = e.event_id);
  IF events IS NOT NULL THEN
    PERFORM priv.deliver(p_org, agents, array_fill(p_name, ARRAY[cardinality(events)]), events);
  END IF;
END $$;

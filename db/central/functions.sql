-- The four calls of central and what they stand on. Run by the owner after every migration; each statement may run again.
-- Nobody but the owner has rights on the tables: laptops get EXECUTE on api_v1 and nothing else.

CREATE SCHEMA IF NOT EXISTS api_v1;

CREATE OR REPLACE FUNCTION priv.keep_history() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'history is only added to';
END $$;

CREATE OR REPLACE TRIGGER keep_history BEFORE UPDATE OR DELETE ON priv.event
  FOR EACH ROW EXECUTE FUNCTION priv.keep_history();
CREATE OR REPLACE TRIGGER keep_all_history BEFORE TRUNCATE ON priv.event
  FOR EACH STATEMENT EXECUTE FUNCTION priv.keep_history();

-- The enrolment of a device; the epoch of its store never stands in an event and so proves the device.
CREATE OR REPLACE FUNCTION priv.me(p_org text, p_device text, p_epoch text) RETURNS priv.principal
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE found priv.principal;
BEGIN
  SELECT * INTO found FROM priv.principal
    WHERE org_id = p_org AND device = p_device AND p_device <> '' AND db_epoch = p_epoch AND revoked_at IS NULL;
  IF found.device IS NULL THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'CC001';
  END IF;
  RETURN found;
END $$;

CREATE OR REPLACE FUNCTION priv.reader(p_org text, p_device text, p_epoch text, p_mailbox text) RETURNS priv.principal
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE me priv.principal := priv.me(p_org, p_device, p_epoch);
BEGIN
  -- A coordinator reads all offices, also those that came after the enrolment.
  IF NOT me.mailboxes::jsonb ? p_mailbox AND NOT (me.role = 'coordinator' AND NOT starts_with(p_mailbox, 'agent:')) THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'CC001';
  END IF;
  RETURN me;
END $$;

-- Last sequence number, count and rolling hash of what is held of a device.
CREATE OR REPLACE FUNCTION priv.holds(me priv.principal, OUT durable_seq bigint, OUT count bigint, OUT rolling text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(max(seq), 0), count(*),
         encode(sha256(convert_to(coalesce(string_agg(seq || ':' || sha256 || ';', '' ORDER BY seq), ''), 'UTF8')), 'hex')
  FROM priv.event
  WHERE org_id = me.org_id AND agent_id = me.person AND device = me.device
$$;

DO $$ BEGIN
  CREATE TYPE priv.envelope AS (
    id text, kind text, "case" text, site text, "to" text, "by" text, role text, device text, at timestamptz,
    version int, seq bigint, logical bigint, lease text, expires_at timestamptz
  );
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- The envelope of an event, and of its body only what the book of leases needs; NULL when it is not what it says.
CREATE OR REPLACE FUNCTION priv.opened(p_wire text, p_sha256 text) RETURNS priv.envelope
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE told priv.envelope; body jsonb;
BEGIN
  IF encode(sha256(convert_to(p_wire, 'UTF8')), 'hex') IS DISTINCT FROM p_sha256 THEN
    RETURN NULL;
  END IF;
  SELECT x.id, x.kind, x."case", x.site, x."to", x."by", x.role, x.device, x.at, x.version, x.seq, x.logical, x.body
    INTO told.id, told.kind, told."case", told.site, told."to", told."by", told.role, told.device, told.at,
         told.version, told.seq, told.logical, body
    -- PostgreSQL keeps no NUL in text; the wire itself is stored as it came.
    FROM jsonb_to_record(replace(p_wire, '\u0000', '\u0020')::jsonb) AS x(
      id text, kind text, "case" text, site text, "to" text, "by" text, role text, device text, at timestamptz,
      version int, seq bigint, logical bigint, body jsonb);
  IF told.kind IN ('LeaseGranted', 'LeaseEnded', 'LeaseReturned') THEN
    told.lease := body ->> 'lease';
    told.expires_at := body ->> 'expires_at';
    IF told.lease IS NULL OR told.kind = 'LeaseGranted'
       AND (told.expires_at IS NULL OR told."case" = '' OR told."to" = '') THEN
      RETURN NULL;
    END IF;
  END IF;
  IF told.id IS NULL OR told.kind IS NULL OR told."case" IS NULL OR told.site IS NULL OR told."to" IS NULL
     OR told."by" IS NULL OR told.role IS NULL OR told.device IS NULL OR told.at IS NULL OR told.version IS NULL
     OR jsonb_typeof(body) IS DISTINCT FROM 'object' OR coalesce(told.seq, 0) NOT BETWEEN 1 AND 4611686018427387903
     OR coalesce(told.logical, -1) NOT BETWEEN 0 AND 4611686018427387903 THEN
    RETURN NULL;
  END IF;
  -- What nests deeper than any event could not be read by the laptops it is delivered to.
  IF length(p_wire) - length(translate(p_wire, '[{', '')) > 100 AND jsonb_path_exists(body, '$.**{100 to last}') THEN
    RETURN NULL;
  END IF;
  RETURN told;
EXCEPTION WHEN data_exception OR program_limit_exceeded OR statement_too_complex THEN
  RETURN NULL;
END $$;

-- Keeps the book of leases; false when another lease of the case lives.
CREATE OR REPLACE FUNCTION priv.lease_kept(me priv.principal, told priv.envelope) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE added bigint;
BEGIN
  IF told.kind IN ('LeaseEnded', 'LeaseReturned') THEN
    -- An agent gives back what is the agent's own.
    UPDATE priv.lease SET ended = true
      WHERE org_id = me.org_id AND lease_id = told.lease AND case_id = told."case"
        AND (me.role <> 'agent' OR agent_id = me.person);
  END IF;
  IF told.kind <> 'LeaseGranted' THEN
    RETURN true;
  END IF;
  UPDATE priv.lease SET ended = true
    WHERE org_id = me.org_id AND case_id = told."case" AND NOT ended
      AND expires_at <= clock_timestamp() - interval '5 minutes';
  INSERT INTO priv.lease (org_id, lease_id, case_id, agent_id, expires_at, ended)
    VALUES (me.org_id, told.lease, told."case", told."to", told.expires_at, false)
    ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS added = ROW_COUNT;
  RETURN added = 1;
END $$;

-- Why a device may not say this, or an empty text.
CREATE OR REPLACE FUNCTION priv.objection(me priv.principal, told priv.envelope) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE mine int := array_position(ARRAY['agent', 'supervisor', 'coordinator'], me.role) - 1;
BEGIN
  IF (told.device, told."by", told.role) IS DISTINCT FROM (me.device, me.person, me.role) THEN
    RETURN 'not yours';
  END IF;
  IF mine < coalesce((SELECT rank FROM priv.route WHERE kind = told.kind), 0) THEN
    RETURN 'role';
  END IF;
  -- A late event of a lease that is over still counts as an attempt.
  IF mine = 0 AND told."case" <> '' AND NOT EXISTS (
    SELECT FROM priv.lease WHERE org_id = me.org_id AND case_id = told."case" AND agent_id = me.person) THEN
    RETURN 'case';
  END IF;
  IF mine = 1 AND told.site <> me.site THEN
    RETURN 'site';
  END IF;
  RETURN '';
END $$;

-- Where an event goes; the rule is that of routing.py.
CREATE OR REPLACE FUNCTION priv.addressees(me priv.principal, told priv.envelope, holder text) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  rule text := coalesce((SELECT r.rule FROM priv.route r WHERE r.kind = told.kind), 'office');
  office text := 'site:' || told.site;
  boxes text[];
BEGIN
  IF rule = 'organisation' THEN
    RETURN ARRAY['org'];
  ELSIF rule IN ('campaign', 'offices') THEN
    RETURN ARRAY(SELECT name FROM priv.mailbox
                 WHERE org_id = me.org_id AND (rule = 'campaign' OR NOT starts_with(name, 'agent:')));
  END IF;
  IF NOT EXISTS (SELECT FROM priv.mailbox WHERE org_id = me.org_id AND name = office) THEN
    office := 'org';
  END IF;
  boxes := ARRAY[office];
  IF rule = 'addressee' AND told."to" <> '' THEN
    boxes := boxes || ('agent:' || told."to");
  ELSIF rule = 'office_and_holder' AND holder IS NOT NULL AND NOT (told."by" = holder AND told.role = 'agent') THEN
    boxes := boxes || ('agent:' || holder);
  END IF;
  RETURN boxes;
END $$;

-- Adds events to mailboxes: counters move in one fixed order, so two pushes never wait for each other.
CREATE OR REPLACE FUNCTION priv.deliver(me priv.principal, p_boxes text[], p_events text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE sack record; last bigint;
BEGIN
  INSERT INTO priv.mailbox (org_id, name, n)
    SELECT DISTINCT me.org_id, b, 0 FROM unnest(p_boxes) AS b ORDER BY 2 ON CONFLICT DO NOTHING;
  FOR sack IN SELECT b AS name, count(*) AS size FROM unnest(p_boxes) AS b GROUP BY b ORDER BY b COLLATE "C" LOOP
    UPDATE priv.mailbox SET n = n + sack.size WHERE org_id = me.org_id AND name = sack.name RETURNING n INTO last;
    INSERT INTO priv.delivery (org_id, mailbox, n, agent_id, event_id)
      SELECT me.org_id, sack.name, last - sack.size + row_number() OVER (ORDER BY u.place), me.person, u.event
      FROM unnest(p_boxes, p_events) WITH ORDINALITY AS u(box, event, place) WHERE u.box = sack.name;
  END LOOP;
END $$;

-- Stores one event. `boxes` is NULL when nothing is to be delivered.
CREATE OR REPLACE FUNCTION priv.take(me priv.principal, p_id text, p_seq bigint, p_wire text, p_sha256 text,
                                     OUT answer text, OUT sha text, OUT why text, OUT boxes text[])
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE told priv.envelope := priv.opened(p_wire, p_sha256); holder text; added bigint;
BEGIN
  answer := 'refused'; sha := ''; why := '';
  IF told IS NULL OR told.id IS DISTINCT FROM p_id OR told.seq IS DISTINCT FROM p_seq THEN
    why := 'malformed';
    RETURN;
  END IF;
  IF (told.device, told."by") IS NOT DISTINCT FROM (me.device, me.person) THEN
    SELECT CASE WHEN bool_or(e.event_id = p_id AND e.sha256 = p_sha256) THEN 'have' ELSE 'mismatch' END, min(e.sha256)
      INTO answer, sha
      -- Two look-ups by their own index: joined by OR they would read all that this person ever said.
      FROM (SELECT event_id, sha256 FROM priv.event
              WHERE org_id = me.org_id AND agent_id = me.person AND event_id = p_id
            UNION ALL
            SELECT event_id, sha256 FROM priv.event
              WHERE org_id = me.org_id AND device = me.device AND seq = p_seq) e
      HAVING count(*) > 0;
    IF answer IS NOT NULL THEN
      sha := CASE answer WHEN 'have' THEN p_sha256 ELSE sha END;
      RETURN;
    END IF;
    answer := 'refused'; sha := '';
  END IF;
  why := priv.objection(me, told);
  SELECT l.agent_id INTO holder FROM priv.lease l
    WHERE l.org_id = me.org_id AND l.case_id = told."case" AND told."case" <> '' AND NOT l.ended;
  IF why = '' AND NOT priv.lease_kept(me, told) THEN
    why := 'leased';
  END IF;
  IF why <> '' THEN
    RETURN;
  END IF;
  INSERT INTO priv.event (org_id, agent_id, event_id, device, seq, kind, case_id, site, occurred_at, recorded_at,
                          clock_suspect, sha256, wire)
    VALUES (me.org_id, me.person, p_id, me.device, p_seq, told.kind, told."case", told.site, told.at,
            clock_timestamp(), told.at > clock_timestamp() + interval '5 minutes', p_sha256, p_wire);
  answer := 'have'; sha := p_sha256;
  boxes := priv.addressees(me, told, holder);
END $$;

-- A plan made while a table is empty is kept for the session and then reads all of it through the wrong index (1,000
-- events took 2 s after the first 8,000), so each question is planned afresh; and as every question has its index,
-- reading whole tables is switched off.
CREATE OR REPLACE FUNCTION api_v1.hello(p_org text, p_person text, p_role text, p_device text, p_epoch text,
                                        p_protocol int) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on
  SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE me priv.principal; held record;
BEGIN
  -- The first hello binds an unused enrolment of this person and role to the device.
  IF p_device <> '' AND NOT EXISTS (SELECT FROM priv.principal WHERE org_id = p_org AND device = p_device) THEN
    UPDATE priv.principal SET device = p_device, db_epoch = p_epoch
      WHERE (org_id, enrolment) = (
        SELECT org_id, enrolment FROM priv.principal
        WHERE org_id = p_org AND person = p_person AND role = p_role AND device = '' AND revoked_at IS NULL
        ORDER BY enrolment LIMIT 1 FOR UPDATE SKIP LOCKED);
  END IF;
  me := priv.me(p_org, p_device, p_epoch);
  held := priv.holds(me);
  RETURN jsonb_build_object(
    'verdict', CASE WHEN p_protocol >= 1 THEN 'ok' ELSE 'read_only' END,
    'server_time', clock_timestamp(),
    'restore_epoch', (SELECT restore_epoch FROM priv.organisation WHERE org_id = me.org_id),
    'mailboxes', (SELECT coalesce(jsonb_object_agg(name, n), '{}') FROM priv.mailbox
                  WHERE org_id = me.org_id AND me.mailboxes::jsonb ? name),
    'count', held.count, 'rolling', held.rolling);
END $$;

CREATE OR REPLACE FUNCTION api_v1.push(p_org text, p_device text, p_epoch text, p_batch jsonb)
RETURNS TABLE (event_id text, answer text, sha256 text, reason text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on
  SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE me priv.principal := priv.me(p_org, p_device, p_epoch); item jsonb; taken record; boxes text[]; events text[];
BEGIN
  IF jsonb_array_length(p_batch) > 5000 OR length(p_batch::text) > 8000000 THEN
    RAISE EXCEPTION 'too much in one call' USING ERRCODE = '54000';
  END IF;
  -- A new mailbox is filled by the owner under the other side of this lock, so no event falls between.
  PERFORM FROM priv.organisation WHERE org_id = me.org_id FOR SHARE;
  -- One push of a device after the other.
  PERFORM FROM priv.principal p WHERE p.org_id = me.org_id AND p.enrolment = me.enrolment FOR UPDATE;
  FOR item IN SELECT value FROM jsonb_array_elements(p_batch) LOOP
    taken := priv.take(me, item ->> 'id', (item ->> 'seq')::bigint, item ->> 'wire', item ->> 'sha256');
    boxes := boxes || taken.boxes;
    events := events || array_fill(item ->> 'id', ARRAY[coalesce(cardinality(taken.boxes), 0)]);
    event_id := item ->> 'id'; answer := taken.answer; sha256 := taken.sha; reason := taken.why;
    RETURN NEXT;
  END LOOP;
  PERFORM priv.deliver(me, boxes, events);
END $$;

CREATE OR REPLACE FUNCTION api_v1.pull(p_org text, p_device text, p_epoch text, p_mailbox text, p_after bigint, p_limit int)
RETURNS TABLE (n bigint, wire text, sha256 text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
  SET plan_cache_mode = force_custom_plan AS $$
DECLARE me priv.principal := priv.reader(p_org, p_device, p_epoch, p_mailbox);
BEGIN
  RETURN QUERY
    SELECT d.n, e.wire, e.sha256
    FROM priv.delivery d
    JOIN priv.event e ON e.org_id = d.org_id AND e.agent_id = d.agent_id AND e.event_id = d.event_id
    WHERE d.org_id = me.org_id AND d.mailbox = p_mailbox AND d.n > p_after
    ORDER BY d.n LIMIT least(p_limit, 5000);
END $$;

CREATE OR REPLACE FUNCTION api_v1.ack(p_org text, p_device text, p_epoch text, p_mailbox text, p_n bigint)
RETURNS TABLE (durable_seq bigint, count bigint, rolling text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET row_security = on
  SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE me priv.principal := priv.reader(p_org, p_device, p_epoch, p_mailbox);
BEGIN
  INSERT INTO priv.held AS h (org_id, device, mailbox, n) VALUES (me.org_id, me.device, p_mailbox, p_n)
    ON CONFLICT (org_id, device, mailbox) DO UPDATE SET n = greatest(h.n, excluded.n);
  RETURN QUERY SELECT * FROM priv.holds(me);
END $$;

DO $$ BEGIN
  CREATE ROLE cc_laptop NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

REVOKE ALL ON SCHEMA priv, api_v1 FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA priv FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA priv, api_v1 FROM PUBLIC;
GRANT USAGE ON SCHEMA api_v1 TO cc_laptop;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api_v1 TO cc_laptop;

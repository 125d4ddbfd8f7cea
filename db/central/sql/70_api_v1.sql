-- The calls of a laptop, and all that it may call. A plan made while a table is empty is kept for the session and then
-- reads all of it through the wrong index (1,000 events took 2 s after the first 8,000), so each question is planned
-- afresh; and as every question has its index, reading whole tables is switched off.

CREATE FUNCTION api_v1.hello(p_app text, p_protocol int, p_schema int, p_device text, p_epoch text, p_last_n jsonb)
RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE me priv.principal := priv.enrolled(); held record; box text;
BEGIN
  IF me.device = '' THEN
    PERFORM FROM priv.organisation WHERE org_id = me.org_id FOR UPDATE;
    SELECT * INTO me FROM priv.principal WHERE org_id = me.org_id AND enrolment = me.enrolment FOR UPDATE;
  END IF;
  IF me.device = '' THEN
    IF me.expires_at <= clock_timestamp() THEN
      RAISE EXCEPTION 'expired' USING ERRCODE = 'CC003';
    ELSIF me.name = '' THEN
      RAISE EXCEPTION 'not handed out' USING ERRCODE = 'CC007';
    ELSIF coalesce(p_device, '') = '' OR coalesce(p_epoch, '') = '' OR length(p_device || p_epoch) > 400 THEN
      RAISE EXCEPTION 'refused' USING ERRCODE = 'CC001';
    ELSIF EXISTS (SELECT FROM priv.principal WHERE org_id = me.org_id AND device = p_device) THEN
      RAISE EXCEPTION 'used' USING ERRCODE = 'CC002';
    END IF;
    UPDATE priv.principal SET device = p_device, db_epoch = p_epoch, bound_at = clock_timestamp()
      WHERE org_id = me.org_id AND enrolment = me.enrolment;
    PERFORM priv.note(me.org_id, 'bound', me.person, me.enrolment, p_device);
    FOR box IN SELECT value FROM jsonb_array_elements_text(me.mailboxes::jsonb) ORDER BY value LOOP
      PERFORM priv.open_mailbox(me.org_id, box);
    END LOOP;
  END IF;
  me := priv.me(p_device, p_epoch);
  UPDATE priv.principal SET seen_at = clock_timestamp(), app = left(coalesce(p_app, ''), 100)
    WHERE org_id = me.org_id AND enrolment = me.enrolment;
  held := priv.holds(me);
  RETURN jsonb_build_object(
    'verdict', priv.verdict(p_protocol),
    'server_time', clock_timestamp(),
    'restore_epoch', (SELECT restore_epoch FROM priv.organisation WHERE org_id = me.org_id),
    'mailboxes', (SELECT coalesce(jsonb_object_agg(name, n), '{}') FROM priv.mailbox
                  WHERE org_id = me.org_id AND me.mailboxes::jsonb ? name),
    'count', held.count, 'rolling', held.rolling, 'person', me.person, 'name', me.name);
END $$;

CREATE FUNCTION api_v1.push(p_device text, p_epoch text, p_batch jsonb)
RETURNS TABLE (event_id text, answer text, sha256 text, reason text) LANGUAGE plpgsql AS $$
DECLARE
  me priv.principal := priv.me(p_device, p_epoch);
BEGIN
  RETURN QUERY SELECT * FROM priv.pushed(me, p_batch);
END $$;

-- Hands in what another device recorded and could not send itself; its events stay its own.
CREATE FUNCTION api_v1.deposit(p_device text, p_epoch text, p_its_device text, p_its_epoch text, p_batch jsonb)
RETURNS TABLE (event_id text, answer text, sha256 text, reason text) LANGUAGE plpgsql AS $$
DECLARE
  me priv.principal := priv.me(p_device, p_epoch);
  its priv.principal;
BEGIN
  SELECT * INTO its FROM priv.principal p
    WHERE p.org_id = me.org_id AND p.device = p_its_device AND p.device <> '' AND p.db_epoch = p_its_epoch;
  IF its.enrolment IS NULL OR me.role = 'agent'
     OR me.role = 'supervisor' AND (its.site, its.role) <> (me.site, 'agent') THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'CC001';
  END IF;
  PERFORM priv.note(me.org_id, 'deposited', me.person, its.enrolment, p_its_device);
  RETURN QUERY SELECT * FROM priv.pushed(its, p_batch);
END $$;

CREATE FUNCTION priv.pushed(me priv.principal, p_batch jsonb)
RETURNS TABLE (event_id text, answer text, sha256 text, reason text) LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  largest int := CASE me.role WHEN 'agent' THEN 65536 ELSE 2097152 END;
  told priv.told[]; one priv.told; taken priv.told[] := '{}';
BEGIN
  IF jsonb_typeof(p_batch) = 'array' AND jsonb_array_length(p_batch) = 1 AND pg_column_size(p_batch) > 4194304 THEN
    -- An event larger than a call may be must not block those behind it.
    RETURN QUERY SELECT p_batch #>> '{0,id}', 'refused', '', 'size';
    RETURN;
  END IF;
  PERFORM priv.weigh(me, p_batch);
  -- A new mailbox is filled under the other side of this lock, so no event falls between.
  PERFORM FROM priv.organisation WHERE org_id = me.org_id FOR SHARE;
  -- One push of a device after the other.
  PERFORM FROM priv.principal p WHERE p.org_id = me.org_id AND p.enrolment = me.enrolment FOR NO KEY UPDATE;
  IF priv.all_stored(me, p_batch) OR priv.take_plain(me, p_batch, largest) THEN
    RETURN QUERY SELECT i.value ->> 'id', 'have', i.value ->> 'sha256', ''
      FROM jsonb_array_elements(p_batch) AS i(value);
    RETURN;
  END IF;
  told := priv.opened(p_batch, largest);
  IF (SELECT count(DISTINCT t.id) < count(*) OR count(DISTINCT t.seq) < count(t.seq) FROM unnest(told) t) THEN
    -- An event that comes twice in a batch is judged by what the first did.
    FOREACH one IN ARRAY told LOOP
      taken := taken || priv.take(me, ARRAY[one]);
    END LOOP;
  ELSE
    taken := priv.take(me, told);
  END IF;
  RETURN QUERY SELECT t.id, coalesce(t.answer, 'have'),
      CASE WHEN t.answer IS NULL THEN t.sha256 ELSE t.sha END, coalesce(t.reason, '')
    FROM unnest(taken) t ORDER BY t.place;
END $$;

CREATE FUNCTION api_v1.pull(p_device text, p_epoch text, p_mailbox text, p_after bigint, p_limit int)
RETURNS TABLE (n bigint, wire text, sha256 text, erased boolean) LANGUAGE plpgsql STABLE AS $$
DECLARE me priv.principal := priv.reader(p_device, p_epoch, p_mailbox);
BEGIN
  RETURN QUERY
    SELECT d.n, e.wire, e.sha256, e.erased
    FROM priv.delivery d
    JOIN priv.event e ON e.org_id = d.org_id AND e.agent_id = d.agent_id AND e.event_id = d.event_id
    WHERE d.org_id = me.org_id AND d.mailbox = p_mailbox AND d.n > p_after
    ORDER BY d.n LIMIT least(p_limit, 5000);
END $$;

CREATE FUNCTION api_v1.ack(p_device text, p_epoch text, p_mailbox text, p_n bigint)
RETURNS TABLE (durable_seq bigint, count bigint, rolling text) LANGUAGE plpgsql AS $$
DECLARE me priv.principal := priv.reader(p_device, p_epoch, p_mailbox);
BEGIN
  INSERT INTO priv.held AS h (org_id, device, mailbox, n) VALUES (me.org_id, me.device, p_mailbox, p_n)
    ON CONFLICT (org_id, device, mailbox) DO UPDATE SET n = greatest(h.n, excluded.n);
  -- After a push of this device that is under way, so that the doctor counts the same.
  PERFORM FROM priv.principal p WHERE p.org_id = me.org_id AND p.enrolment = me.enrolment FOR NO KEY UPDATE;
  SELECT * INTO durable_seq, count, rolling FROM priv.holds(me);
  UPDATE priv.principal p SET checked_at = clock_timestamp(), checked_count = ack.count, checked_rolling = ack.rolling
    WHERE p.org_id = me.org_id AND p.enrolment = me.enrolment AND p.checked_rolling <> ack.rolling;
  RETURN NEXT;
END $$;

-- What is held of this device, tombstones too, for a laptop whose counts differ.
CREATE FUNCTION api_v1.holds(p_device text, p_epoch text, p_after bigint, p_limit int)
RETURNS TABLE (seq bigint, sha256 text) LANGUAGE plpgsql STABLE AS $$
DECLARE me priv.principal := priv.me(p_device, p_epoch);
BEGIN
  RETURN QUERY
    SELECT e.seq, e.sha256 FROM priv.event e
    WHERE e.org_id = me.org_id AND e.agent_id = me.person AND e.device = me.device AND e.seq > p_after
    ORDER BY e.seq LIMIT least(p_limit, 5000);
END $$;

-- Hands a stock enrolment to a person. CC006: there is none that this office may hand out.
CREATE FUNCTION api_v1.hand(p_device text, p_epoch text, p_enrolment text, p_person text, p_name text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE me priv.principal := priv.me(p_device, p_epoch); stock priv.principal; box text := 'agent:' || p_person;
BEGIN
  IF me.role = 'agent' OR coalesce(p_person, '') = '' OR p_name IS NULL OR length(p_person || p_name) > 400 THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'CC001';
  END IF;
  PERFORM FROM priv.organisation WHERE org_id = me.org_id FOR UPDATE;
  SELECT * INTO stock FROM priv.principal WHERE org_id = me.org_id AND enrolment = p_enrolment FOR UPDATE;
  IF stock.enrolment IS NULL OR stock.revoked_at IS NOT NULL
     OR me.role = 'supervisor' AND ((stock.site, stock.role) <> (me.site, 'agent')
                                    OR priv.belongs_elsewhere(me, p_person)) THEN
    RAISE EXCEPTION 'unknown' USING ERRCODE = 'CC006';
  ELSIF stock.device <> '' THEN
    RAISE EXCEPTION 'used' USING ERRCODE = 'CC002';
  ELSIF stock.expires_at <= clock_timestamp() THEN
    RAISE EXCEPTION 'expired' USING ERRCODE = 'CC003';
  END IF;
  UPDATE priv.principal SET person = p_person, name = p_name,
      mailboxes = CASE stock.role WHEN 'agent' THEN jsonb_build_array(box)::text ELSE mailboxes END
    WHERE org_id = me.org_id AND enrolment = p_enrolment;
  PERFORM priv.note(me.org_id, 'handed', me.person, p_enrolment, p_person);
  IF stock.role = 'agent' THEN
    PERFORM priv.open_mailbox(me.org_id, box);
  END IF;
END $$;

-- Tells whether a person is enrolled, or was leased cases, outside a supervisor's site.
CREATE FUNCTION priv.belongs_elsewhere(me priv.principal, p_person text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM priv.principal p WHERE p.org_id = me.org_id AND p.person = p_person
                   AND (p.site <> me.site OR p.role <> 'agent'))
    OR EXISTS (SELECT FROM priv.delivery d
               JOIN priv.event e ON e.org_id = d.org_id AND e.agent_id = d.agent_id AND e.event_id = d.event_id
               WHERE d.org_id = me.org_id AND d.mailbox = 'agent:' || p_person AND e.kind = 'LeaseGranted'
                 AND e.site <> me.site)
$$;

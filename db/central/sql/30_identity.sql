-- Who speaks: the login role of the session, its enrolment, and the device that is bound to it.

CREATE FUNCTION priv.org() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT org_id FROM priv.login WHERE login = session_user
$$;

CREATE FUNCTION priv.is_operator() RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT pg_has_role(session_user, 'cc_owner', 'MEMBER')
$$;

-- The enrolment of this login. CC001: none; CC004: revoked.
CREATE FUNCTION priv.enrolled() RETURNS priv.principal
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE found priv.principal;
BEGIN
  -- A snapshot from before a revocation must not outlive it.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'CC001';
  END IF;
  SELECT p.* INTO found FROM priv.login l
    JOIN priv.principal p ON p.org_id = l.org_id AND p.enrolment = l.enrolment WHERE l.login = session_user;
  IF found.enrolment IS NULL THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'CC001';
  ELSIF found.revoked_at IS NOT NULL THEN
    RAISE EXCEPTION 'revoked' USING ERRCODE = 'CC004';
  END IF;
  RETURN found;
END $$;

-- The enrolment of this login and device; the epoch of the store never stands in an event and so proves the device.
CREATE FUNCTION priv.me(p_device text, p_epoch text) RETURNS priv.principal
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE found priv.principal := priv.enrolled();
BEGIN
  IF found.device = '' THEN
    RAISE EXCEPTION 'refused' USING ERRCODE = 'CC001';
  ELSIF (found.device, found.db_epoch) IS DISTINCT FROM (p_device, p_epoch) THEN
    RAISE EXCEPTION 'used' USING ERRCODE = 'CC002';
  END IF;
  RETURN found;
END $$;

CREATE FUNCTION priv.reader(p_device text, p_epoch text, p_mailbox text) RETURNS priv.principal
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE me priv.principal := priv.me(p_device, p_epoch);
BEGIN
  -- A coordinator reads all offices, also those that came after the enrolment.
  IF me.mailboxes::jsonb ? p_mailbox OR (me.role = 'coordinator' AND NOT starts_with(p_mailbox, 'agent:')) THEN
    RETURN me;
  END IF;
  RAISE EXCEPTION 'refused' USING ERRCODE = 'CC001';
END $$;

-- How far the events of a device are durable, their count and rolling hash.
CREATE FUNCTION priv.holds(me priv.principal, OUT durable_seq bigint, OUT count bigint, OUT rolling text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(CASE WHEN o.durability = 'commit' THEN max(e.seq) ELSE coalesce(
           min(e.seq) FILTER (WHERE o.durable_at IS NULL OR e.recorded_at > o.durable_at) - 1, max(e.seq)) END, 0),
         count(e.seq),
         encode(sha256(convert_to(coalesce(string_agg(e.seq || ':' || e.sha256 || ';', '' ORDER BY e.seq), ''), 'UTF8')),
                'hex')
  FROM priv.organisation o
  LEFT JOIN priv.event e ON e.org_id = o.org_id AND e.agent_id = me.person AND e.device = me.device
  WHERE o.org_id = me.org_id
  GROUP BY o.org_id, o.durability, o.durable_at
$$;

-- What a program may do that speaks a version of the protocol.
CREATE FUNCTION priv.verdict(p_protocol int) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN p_protocol >= newest THEN 'ok' WHEN p_protocol >= least THEN 'upgrade_soon' ELSE 'read_only' END
  FROM priv.protocol WHERE name = 'spoken'
$$;

-- How much a device may add in one call and in one day. 54000: too much in a call; CC005: too much today.
CREATE FUNCTION priv.weigh(me priv.principal, p_batch jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF jsonb_typeof(p_batch) IS DISTINCT FROM 'array' OR jsonb_array_length(p_batch) > 5000
     OR pg_column_size(p_batch) > 4194304 THEN
    RAISE EXCEPTION 'too much in one call' USING ERRCODE = '54000';
  END IF;
  IF EXISTS (SELECT FROM priv.usage u WHERE u.org_id = me.org_id AND u.enrolment = me.enrolment AND u.day = priv.today()
             AND (u.events >= me.daily_events OR u.bytes >= me.daily_bytes)) THEN
    RAISE EXCEPTION 'over the daily quota' USING ERRCODE = 'CC005';
  END IF;
END $$;

CREATE FUNCTION priv.today() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD')
$$;

-- Counts what was stored; the first time that a day's quota is reached is noted.
CREATE FUNCTION priv.used(me priv.principal, p_events bigint, p_bytes bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE now_used priv.usage;
BEGIN
  INSERT INTO priv.usage AS u (org_id, enrolment, day, events, bytes)
    VALUES (me.org_id, me.enrolment, priv.today(), p_events, p_bytes)
    ON CONFLICT (org_id, enrolment, day)
      DO UPDATE SET events = u.events + excluded.events, bytes = u.bytes + excluded.bytes
    RETURNING * INTO now_used;
  IF now_used.events >= me.daily_events OR now_used.bytes >= me.daily_bytes THEN
    PERFORM priv.note(me.org_id, 'quota reached', me.person, me.enrolment, now_used.events || ' events');
  END IF;
END $$;

-- Reads pushed events: what each says, and what becomes of it (`answer` is NULL while nothing speaks against it).

CREATE TYPE priv.told AS (
  place bigint, id text, seq bigint, wire text, sha256 text,
  kind text, "case" text, site text, "to" text, "by" text, role text, device text, at timestamptz,
  lease text, epoch bigint, expires_at timestamptz,
  answer text, sha text, reason text, rule text, holder text, until timestamptz, erased text
);

-- The events of a batch, in its order; raises when one of them is no JSON or holds a value that is none. OFFSET 0 keeps
-- each step from being worked out again for every value that is taken from it.
CREATE FUNCTION priv.read_each(p_batch jsonb, p_from bigint, p_largest int) RETURNS SETOF priv.told
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT x.place + p_from, x.id, x.seq, x.wire, x.sha, x.kind, x."case", x.site, x."to", x."by", x.role, x.device,
         x.at::timestamptz,
         x.book ->> 'lease', (x.book ->> 'epoch')::bigint, (x.book ->> 'expires_at')::timestamptz,
         CASE WHEN o.valid THEN NULL ELSE 'refused' END, '',
         CASE WHEN x.size > p_largest THEN 'size' WHEN o.valid THEN '' ELSE 'malformed' END,
         NULL, NULL, NULL::timestamptz, NULL
  FROM (
    SELECT j.place, j.id, j.seq, j.wire, j.sha, j.size,
           told ->> 'id' AS told_id, told ->> 'kind' AS kind, told ->> 'case' AS "case", told ->> 'site' AS site,
           told ->> 'to' AS "to", told ->> 'by' AS "by", told ->> 'role' AS role, told ->> 'device' AS device,
           told ->> 'at' AS at, (told ->> 'version')::int AS version, (told ->> 'seq')::bigint AS told_seq,
           (told ->> 'logical')::bigint AS logical, told -> 'body' AS body,
           -- Of its body central reads only what the book of leases needs.
           CASE WHEN told ->> 'kind' IN ('LeaseGranted', 'LeaseEnded', 'LeaseReturned') THEN told -> 'body' END AS book
    FROM (
      -- PostgreSQL keeps no NUL in text; the wire itself is stored as it came.
      SELECT w.*, octet_length(w.wire) AS size,
             CASE WHEN octet_length(w.wire) > p_largest THEN NULL WHEN strpos(w.wire, '\u0000') > 0
                  THEN replace(w.wire, '\u0000', '\u0020')::jsonb ELSE w.wire::jsonb END AS told
      FROM (
        SELECT i.place, i.value ->> 'id' AS id, (i.value ->> 'seq')::bigint AS seq, i.value ->> 'wire' AS wire,
               i.value ->> 'sha256' AS sha
        FROM jsonb_array_elements(p_batch) WITH ORDINALITY AS i(value, place) OFFSET 0) w OFFSET 0) j
    OFFSET 0) x
  CROSS JOIN LATERAL (SELECT (
    x.size <= p_largest AND encode(sha256(convert_to(x.wire, 'UTF8')), 'hex') = x.sha
    AND x.told_id = x.id AND x.told_seq = x.seq
    AND x.seq BETWEEN 1 AND 4611686018427387903 AND x.logical BETWEEN 0 AND 4611686018427387903
    -- A whole moment with its zone; whether it is one, its cast to timestamptz finds out.
    AND x.at LIKE '____-__-__T__:__:__%'
    AND (right(x.at, 1) = 'Z' OR right(x.at, 6) LIKE '+__:__' OR right(x.at, 6) LIKE '-__:__')
    AND x.kind IS NOT NULL AND x."case" IS NOT NULL AND x.site IS NOT NULL AND x."to" IS NOT NULL
    AND x."by" IS NOT NULL AND x.role IS NOT NULL AND x.device IS NOT NULL AND x.version IS NOT NULL
    AND jsonb_typeof(x.body) = 'object'
    AND (x.book IS NULL OR x.book ->> 'lease' IS NOT NULL)
    AND (x.kind <> 'LeaseGranted'
         OR num_nulls(x.book ->> 'epoch', x.book ->> 'expires_at') = 0 AND x."case" <> '' AND x."to" <> '')
    -- What nests deeper than any event could not be read by the laptops it is delivered to.
    AND NOT (2 * x.size - octet_length(replace(x.wire, '[', '')) - octet_length(replace(x.wire, '{', '')) > 100
             AND jsonb_path_exists(x.body, '$.**{100 to last}'))) IS TRUE AS valid OFFSET 0) o
$$;

CREATE FUNCTION priv.opened(p_batch jsonb, p_largest int) RETURNS priv.told[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE item jsonb; found priv.told[] := '{}'; bad priv.told;
BEGIN
  RETURN ARRAY(SELECT t::priv.told FROM priv.read_each(p_batch, 0, p_largest) t);
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
  -- One of them is no event: each by itself.
  FOR item IN SELECT value FROM jsonb_array_elements(p_batch) LOOP
    BEGIN
      found := found || ARRAY(
        SELECT t::priv.told FROM priv.read_each(jsonb_build_array(item), cardinality(found), p_largest) t);
    EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
      bad.place := cardinality(found) + 1; bad.id := item ->> 'id';
      bad.answer := 'refused'; bad.sha := ''; bad.reason := 'malformed';
      found := found || bad;
    END;
  END LOOP;
  RETURN found;
END $$;

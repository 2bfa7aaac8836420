-- The same rows a step as Pauta writes: events in a hash chain, the case, its
-- task, its record, the answer kept for a resend.  Bodies are of that size.
CREATE TABLE head(one int PRIMARY KEY, chain bytea NOT NULL);
INSERT INTO head VALUES(1, sha256(''));
CREATE TABLE events(seq bigserial PRIMARY KEY, kase int NOT NULL, prev bigint NOT NULL,
  op uuid NOT NULL, salt uuid NOT NULL, leaf bytea NOT NULL, chain bytea NOT NULL, body text NOT NULL);
CREATE TABLE cases(id int PRIMARY KEY, folio text NOT NULL UNIQUE, title text, office text, state int NOT NULL,
  updated bigint NOT NULL, n bigint NOT NULL, last_seq bigint NOT NULL, chain bytea NOT NULL, words text);
CREATE TABLE tasks(kase int, step text, row int, roles text, assignee text, since bigint, due bigint,
  PRIMARY KEY(kase, step, row));
CREATE TABLE records(kase int, seq bigint, record text, step text, at bigint, PRIMARY KEY(kase, seq));
CREATE TABLE answers(op uuid PRIMARY KEY, login text, answer text NOT NULL, at bigint);
INSERT INTO cases SELECT i, 'VID-2026-' || i, 'Jornada de vacunación', 'central', 0, 0, 0, 0, sha256(''),
  repeat('palabra ', 60) FROM generate_series(1, :cases) i;
INSERT INTO tasks SELECT i, '1.2', 0, ' video_producer ', 'b001', 0, 0 FROM generate_series(1, :cases) i;
INSERT INTO records SELECT i, 0, '1', '1.2', 0 FROM generate_series(1, :cases) i;

CREATE FUNCTION step_from(k int, c bytea, prev0 bigint) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
  o uuid := gen_random_uuid(); s uuid; l bytea; b text := repeat('x', 330); q bigint := prev0; i int;
BEGIN
  FOR i IN 1..2 LOOP
    s := gen_random_uuid();
    l := sha256(uuid_send(s) || convert_to(b, 'UTF8'));
    c := sha256(c || l);
    INSERT INTO events(kase, prev, op, salt, leaf, chain, body) VALUES(k, q, o, s, l, c, b) RETURNING seq INTO q;
  END LOOP;
  UPDATE cases SET n = n + 2, updated = updated + 1, last_seq = q, chain = c,
    words = repeat('palabra ', 60) WHERE id = k;
  DELETE FROM tasks WHERE kase = k;
  INSERT INTO tasks VALUES(k, '2.3', 0, ' video_producer ', 'b001', 0, 0);
  DELETE FROM records WHERE kase = k;
  INSERT INTO records VALUES(k, q, '1', '1.2', 0);
  INSERT INTO answers VALUES(o, 'b001', repeat('y', 120), 0);
  RETURN c;
END $$;
CREATE FUNCTION step(k int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE r record;
BEGIN
  SELECT chain, last_seq INTO r FROM cases WHERE id = k FOR UPDATE;
  PERFORM step_from(k, r.chain, r.last_seq);
END $$;
CREATE FUNCTION step_chain(k int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE r record; c bytea;
BEGIN
  SELECT last_seq INTO r FROM cases WHERE id = k FOR UPDATE;
  SELECT chain INTO c FROM head WHERE one = 1 FOR UPDATE;
  c := step_from(k, c, r.last_seq);
  UPDATE head SET chain = c WHERE one = 1;
END $$;

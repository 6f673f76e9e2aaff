-- Transactions that were signed, kept from before their first submission until 24 hours after, so that none is lost and none
-- is made twice. The same bytes may be submitted again and again; the digest is the identity that both sides know.
CREATE TABLE transactions (
    digest       bytea       PRIMARY KEY,
    -- The queue it stood in: its sender, or its gas coin where a sender pays with several in parallel.
    turn         bytea       NOT NULL,
    purpose      text        NOT NULL,
    -- What the purpose needs to know to draw consequences and to make the reply again. Never a secret.
    parameters   text        NOT NULL,
    bytes        bytea       NOT NULL,
    signature    bytea       NOT NULL,
    -- SHA-256 of method, path and Idempotency-Key; of the body that came with it.
    key_id       bytea,
    body_hash    bytea,
    state        text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'executed', 'failed', 'refused')),
    created_at   timestamptz NOT NULL DEFAULT now(),
    settled_at   timestamptz,
    gas_cost     bigint,
    error        text,
    reply_status integer,
    reply_body   bytea,
    -- The transaction that was built instead when this one was refused.
    replaced_by  bytea
);

CREATE UNIQUE INDEX transactions_key ON transactions (key_id) WHERE key_id IS NOT NULL;
-- Few at any time: what a start, and the sweeper, have to settle.
CREATE INDEX transactions_open ON transactions (created_at) WHERE state = 'open';
-- For removal by age; rows come in the order of time, so a block range index is as good and costs an insert nothing.
CREATE INDEX transactions_created ON transactions USING brin (created_at);

-- Kept answers of requests that made no transaction of their own, or several.
CREATE TABLE idempotency (
    key_id     bytea       PRIMARY KEY,
    body_hash  bytea       NOT NULL,
    status     integer     NOT NULL,
    body       bytea       NOT NULL,
    gas_cost   bigint,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idempotency_created ON idempotency USING brin (created_at);

-- What each batch that came through gave to whom, for a request with an Idempotency-Key: when its deadline comes before the last batch,
-- the retry answers for all of them. Removed after 24 hours, as kept answers are.
CREATE TABLE funded_requests (
    batch      uuid        PRIMARY KEY,
    -- SHA-256 of method, path and Idempotency-Key.
    request    bytea       NOT NULL,
    users      integer     NOT NULL,
    mist       bigint      NOT NULL,
    gas_mist   bigint      NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX funded_requests_request ON funded_requests (request);

-- Test users and their sealed keys.
CREATE TABLE users (
    -- Order of creation: GET /users lists by it, newest first.
    id            bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    address       bytea NOT NULL UNIQUE CHECK (length(address) = 32),
    variant       text NOT NULL CHECK (variant IN ('active', 'passive')),
    is_funded     boolean NOT NULL DEFAULT false,
    -- The key's 32-byte seed in an AES-256-GCM envelope that names its master key and is bound to the address.
    sealed_secret bytea NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now()
);

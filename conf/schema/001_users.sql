-- Test users and their sealed keys.

CREATE TABLE users (
    -- Order of creation: lists go by it, newest first.
    id            bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    address       bytea NOT NULL UNIQUE CHECK (length(address) = 32),
    variant       text NOT NULL CHECK (variant IN ('active', 'passive')),
    is_funded     boolean NOT NULL DEFAULT false,
    -- The funding batch that is under way for this user: set when its transaction is stored, cleared when its outcome is.
    funding_batch uuid,
    -- The key's 32-byte seed in an AES-256-GCM envelope that names its master key and is bound to the address.
    sealed_secret bytea NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now()
);

-- One per combination of filters of GET /users, each ending in the order of the list.
CREATE INDEX users_by_variant ON users (variant, id);
CREATE INDEX users_by_funding ON users (is_funded, id);
CREATE INDEX users_by_variant_and_funding ON users (variant, is_funded, id);

-- What POST /users/fund looks for, and what is under way; both are short lists among many users.
CREATE INDEX users_to_fund ON users (id) WHERE variant = 'active' AND NOT is_funded;
CREATE INDEX users_in_batch ON users (funding_batch) WHERE funding_batch IS NOT NULL;

-- How many there are, kept by whoever inserts or marks, so that no list has to count a million rows.
CREATE TABLE user_counts (
    variant   text NOT NULL,
    is_funded boolean NOT NULL,
    users     bigint NOT NULL CHECK (users >= 0),
    PRIMARY KEY (variant, is_funded)
);
INSERT INTO user_counts VALUES ('active', false, 0), ('active', true, 0), ('passive', false, 0), ('passive', true, 0);

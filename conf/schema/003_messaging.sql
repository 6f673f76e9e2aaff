-- Channels, and who may write to them: what the service made itself, what the feed saw, and what was read once. All of it is on
-- chain too; it is kept here so that neither a membership read nor a restart has to ask the node.

CREATE TABLE channels (
    id              bytea PRIMARY KEY CHECK (octet_length(id) = 32),
    initial_version bigint NOT NULL,            -- of the shared object: every send names it
    messages_table  bytea NOT NULL UNIQUE CHECK (octet_length(messages_table) = 32)
);

-- A MemberCap cannot be handed on, so rows are only ever added. Listed by owner, in order of id, as nodes list them.
CREATE TABLE member_caps (
    owner   bytea NOT NULL CHECK (octet_length(owner) = 32),
    id      bytea NOT NULL CHECK (octet_length(id) = 32),
    channel bytea NOT NULL CHECK (octet_length(channel) = 32),
    PRIMARY KEY (owner, id)
);

-- Addresses whose caps were all read from the chain: complete as of 'certain' (the feed adds what came since), and read at 'listed'.
CREATE TABLE membership_listings (
    owner   bytea PRIMARY KEY CHECK (octet_length(owner) = 32),
    certain timestamptz NOT NULL,
    listed  timestamptz NOT NULL
);

-- Where the feed stands: everything in checkpoints after 'since' and up to 'position' is in the tables above.
CREATE TABLE feed (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    since    timestamptz NOT NULL,
    position bigint NOT NULL
);

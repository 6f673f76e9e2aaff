-- The chain that users, channels and transactions of this database belong to: one row, written once.
CREATE TABLE network (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    chain_id text NOT NULL
);

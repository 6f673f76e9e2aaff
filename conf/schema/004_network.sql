-- The chain that users, channels and transactions of this database belong to: one row, written once.
CREATE TABLE network (
    only boolean PRIMARY KEY DEFAULT true CHECK (only),
    chain_id text NOT NULL
);

package suiload.transactions;

import suiload.sui.Backoff;
import suiload.sui.Node;

/** What every errand works with. */
record Tools(Node node, References references, Drafts drafts, Journal journal, Purposes purposes, Backoff backoff, Counts counts) {}

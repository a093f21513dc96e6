"""Search over turns: a query language that prints back, engines behind one protocol, an outbox that keeps the index true."""

"""Reading the record: each query fetches all it needs, ends its transaction, and returns frozen facts."""

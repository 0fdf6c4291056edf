"""The record: tables, store, history, operations and queries. The only place with SQL."""

"""The command line: the same engine from a terminal, with no Qt."""

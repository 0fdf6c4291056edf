"""The programme of faults: what the world can do to a file and to the app, done on purpose, and what came of it."""

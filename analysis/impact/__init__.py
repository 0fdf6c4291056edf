"""Methods that measure what changed; one family of methods a file."""

"""File safety: backups, restoring, checking, removing for good."""

"""Scripts that build the sample and the pictures; run as `python -m tools.NAME` from the root."""

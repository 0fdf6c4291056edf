"""The Readiness tab: barriers and enablers, and the case for the role."""

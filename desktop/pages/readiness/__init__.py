"""The factors section of the Readiness tab: barriers and enablers of a role."""

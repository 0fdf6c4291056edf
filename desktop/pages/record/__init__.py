"""The record of a role beside its factors: profile, case, staffing, notes, and what a commissioner will miss."""

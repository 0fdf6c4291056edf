"""The pages of the app, one folder a feature: `state` knows no Qt, `view` lays out, `page` wires the two to jobs."""

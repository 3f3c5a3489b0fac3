"""Show what changed between two briefings: one module a form, as for a briefing."""

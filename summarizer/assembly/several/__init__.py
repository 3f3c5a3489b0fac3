"""Several sources: copies, stories, and what more than one of them states."""

"""What the article leaves open: conflicts, silence, what nobody says."""

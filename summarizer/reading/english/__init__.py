"""English, read by the form of its sentences."""

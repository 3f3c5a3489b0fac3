"""Who an English text names: words, phrases, and who is who."""

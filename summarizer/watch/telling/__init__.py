"""What is told, to whom and when; that it is told once."""

"""Bring articles in: feeds, folders and lists of addresses, asked politely, each once."""

"""Who says what in an English text: the verb of saying, the speaker, the content."""

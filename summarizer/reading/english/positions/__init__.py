"""Who holds what in an English text: the holder, the act, the words, the target."""

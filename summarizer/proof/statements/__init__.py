"""Who says what: the words, the party, the form in which the article tells it."""

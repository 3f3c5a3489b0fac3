"""The words that every form shares, so that all of them say the same of an item."""

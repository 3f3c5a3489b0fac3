"""Drafted items of a user's own sections: what the article has of them, and what not."""

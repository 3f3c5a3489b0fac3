"""Articles that tell one affair, found as they arrive: stories that open, live and close."""

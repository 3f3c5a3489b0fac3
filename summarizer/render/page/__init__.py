"""What the page is made of: its templates, style and script, and what goes into them."""

"""Show a briefing: one module a form, all pure.

What a reader must not miss stands in each form: what was withheld and why, what
could not be read, and which model it was. What changed has the same forms in `changes`;
`words` is what all of them say alike.
"""

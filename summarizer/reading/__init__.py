"""Readers: what the form of an article's sentences shows, before anybody is asked.

Who is named, who says what, who asks whom, who was harmed. Readers propose; they judge
nobody's draft.
"""

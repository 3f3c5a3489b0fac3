"""Verdicts on drafts: supported, unconfirmed or refuted, each with why.

One module a section. A draft is refuted only by what the text shows to the contrary;
what this code does not understand is unconfirmed. Nothing is proposed here.
"""

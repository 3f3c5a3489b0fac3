"""Reading languages by their word lists alone, without a grammar in code.

English has one, in the modules beside this package; no other language is read by it.
What a language has no list for is not checked, and `unchecked` says so.
"""

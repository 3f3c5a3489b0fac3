"""What holds in any language: where words stand, what a number or a date means.

Word lists are data (`data/`, one file a language); this package holds the mechanism.
"""

"""The contract: what we publish (`briefing`) and what the model fills (`draft`).

Pydantic only. Nothing here reads a file, asks a model or checks a claim; the field
docstrings of `draft` are sent to the model as the descriptions of its fields.
"""

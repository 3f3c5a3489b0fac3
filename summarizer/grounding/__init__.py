"""Prove each draft item against its source, and compute what can be computed.

Pure: text and values in, values out. No model, no network, no clock.
"""

"""Tolls: rows of one count, what replaces and what holds another."""

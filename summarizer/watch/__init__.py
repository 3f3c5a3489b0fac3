"""Streams: what feeds and folders bring, told as stories, posted when something changed."""

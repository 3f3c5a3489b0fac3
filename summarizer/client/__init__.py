"""The only place that knows openai and instructor, and the embedded model's server."""

"""How a question is asked: the request, its answer in JSON, and what goes wrong."""

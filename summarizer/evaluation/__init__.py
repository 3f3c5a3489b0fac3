"""Run a model over gold sets, score its briefings, and compare two runs."""

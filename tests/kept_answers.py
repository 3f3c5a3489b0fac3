"""Print a journal without its briefings: the model's answers are all a replay needs."""

import sys

from summarizer.evaluation import journal


def main(path: str) -> int:
    """Print the journal at *path*, one line a document."""
    kept = journal.read(path)
    if kept is None or any(e.error for e in kept.entries):
        print(f"error: {path!r} is no journal of a whole run", file=sys.stderr)
        return 1
    print('{"made": ' + kept.made.model_dump_json() + "}")
    for entry in kept.entries:
        print(entry.model_copy(update={"briefing": None}).model_dump_json())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))

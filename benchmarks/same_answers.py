"""Give four programs the same five answers of a model, four of them false.

    python benchmarks/same_answers.py PYTHON PROGRAM

PROGRAM is one of docs/examples/compare; PYTHON has its library. A server on this machine
stands for the model and answers in the form that the library asks for. What the program
prints is what its library lets through. docs/sections.md has the table.
"""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples"
FIELDS = ("by", "target", "measure", "amount", "since")
ANSWERS = (
    # True.
    ("Varos froze $40 million of assets of Meridian Bank on Tuesday",
     ("Varos", "Meridian Bank", "froze", 40_000_000, "2025-03-04"),
     ("$40 million", "on Tuesday"), "P1"),
    # The sentence denies it.
    ("Tarland has not imposed any sanctions on Meridian Bank",
     ("Tarland", "Meridian Bank", "sanctions", None, None), (None, None), "P2"),
    # The two parties have changed places.
    ("The Eastern League imposed a travel ban on General Oto Kessel in January",
     ("Oto Kessel", "Eastern League", "travel ban", None, None), (None, None), "P2"),
    # Another figure: it was 12 million.
    ("Meridian Bank was fined 12 million crowns by the central bank in 2023",
     ("the central bank", "Meridian Bank", "fined", 120_000_000, None),
     ("120 million crowns", None), "P3"),
    # Words that stand nowhere.
    ("Varos seized the ships of Castor",
     ("Varos", "Castor", "seized", None, None), (None, None), "P3"),
)  # fmt: skip


def answer(program: str) -> str:
    """Write the answers in the form that a library asks its model for."""
    rows = [
        (quote, dict(zip(FIELDS, values, strict=True)), words, place)
        for quote, values, words, place in ANSWERS
    ]
    if program == "with_instructor.py":
        return json.dumps(
            {"tasks": [{**v, "substring_quotes": [q]} for q, v, *_ in rows]}
        )
    if program == "with_langextract.py":
        told = [
            {
                "sanction": q,
                "sanction_attributes": {n: str(x or "") for n, x in v.items()},
            }
            for q, v, *_ in rows
        ]
        return json.dumps({"extractions": told})
    if program == "with_contextgem.py":
        found = [{"value": v, "reference_paragraph_ids": [p]} for _, v, _, p in rows]
        return json.dumps([{"concept_id": "C0", "extracted_items": found}])
    copied = [
        {**v, "quote": q, "amount": amount or "", "since": since or ""}
        for q, v, (amount, since), _ in rows
    ]
    return json.dumps({"items": copied})


def main() -> None:
    """Serve the answers, and run the program."""
    python, program = sys.argv[1:]
    message = {"role": "assistant", "content": answer(program)}
    body = json.dumps(
        {
            "id": "c1",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }
    ).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environ = {
        **os.environ,
        "OPENAI_BASE_URL": f"http://127.0.0.1:{server.server_port}/v1",
        "OPENAI_API_KEY": "none",
        "SUMMARIZER_MODEL": "m",
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # ContextGem fetches prices otherwise
    }
    command = [python, str(EXAMPLES / "compare" / program)]
    subprocess.run(command, check=True, cwd=EXAMPLES, env=environ)  # noqa: S603  a program of ours


if __name__ == "__main__":
    main()

"""Archives: what a kill and 429s cost, here, in a plain loop and in LangExtract's batch.

200 invented articles; a scripted endpoint in this process takes 50 ms for an answer, answers
one request in twenty with 429, and counts. Each contestant runs as a program; when half of the
articles were answered it gets SIGKILL once, and the same command is given again until it
ends well, three times at most.

The plain loop is what many write: four at a time with the openai client and its own retries,
a line for each answer, and what has a line is not asked again. LangExtract is given all
articles in one call of `extract`, with its defaults, and what it returns is saved.

    python benchmarks/archives_compared.py [ARTICLES [PYTHON_WITH_LANGEXTRACT]]
"""

import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Event

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from endpoint import Answer, Endpoint, completion, error, serving
from killed import ANSWER, archive, asked

TRIES = 3

PLAIN = """
import asyncio, json, os, sys
from pathlib import Path
import openai

async def main():
    client = openai.AsyncOpenAI(api_key="none")
    out = Path("plain.jsonl")
    lines = out.read_text().splitlines() if out.exists() else []
    done = {json.loads(line)["id"] for line in lines}
    rows = [json.loads(line) for line in Path("in.jsonl").read_text().splitlines()]
    slots = asyncio.Semaphore(4)
    with out.open("a") as file:
        async def one(row):
            async with slots:
                made = await client.chat.completions.create(
                    model="m", messages=[{"role": "user", "content": row["text"]}])
            answer = made.choices[0].message.content
            file.write(json.dumps({"id": row["id"], "answer": answer}) + "\\n")
        todo = [one(row) for row in rows if row["id"] not in done]
        await asyncio.gather(*todo)
asyncio.run(main())
"""

LANGEXTRACT = """
import json, os
from pathlib import Path
import langextract as lx
from langextract import data, factory

rows = [json.loads(line) for line in Path("in.jsonl").read_text().splitlines()]
documents = [data.Document(text=row["text"], document_id=str(row["id"])) for row in rows]
example = data.ExampleData(text="Mali asked Peru for rice.", extractions=[
    data.Extraction(extraction_class="request", extraction_text="asked Peru for rice")])
model = factory.ModelConfig(model_id="m", provider="OpenAILanguageModel",
    provider_kwargs={"base_url": os.environ["OPENAI_BASE_URL"], "api_key": "none"})
found = lx.extract(text_or_documents=documents, prompt_description="Find requests.",
    examples=[example], config=model, show_progress=False)
lx.io.save_annotated_documents(list(found), output_name="lx.jsonl",
    output_dir=Path("."), show_progress=False)
"""


def main() -> None:
    """Run the contestants."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    batch = [sys.executable, "-m", "summarizer.cli", "batch", "in.jsonl", "-o", "out", "-q"]  # fmt: skip
    contestants = [
        ("summarizer batch", batch, ANSWER, "out/briefings-*.jsonl"),
        ("a plain loop", [sys.executable, "-c", PLAIN], ANSWER, "plain.jsonl"),
    ]
    if len(sys.argv) > 2:
        words = json.dumps({"extractions": [{"request": "free the crew"}]})
        command = [sys.argv[2], "-c", LANGEXTRACT]
        contestants.append(("LangExtract", command, words, "lx.jsonl"))
    for name, command, words, made in contestants:
        _run(name, command, words, made, count)


def _run(name: str, command: list[str], words: str, made: str, count: int) -> None:
    pause, answered = Event(), itertools.count()

    def answer(number: int) -> Answer:
        if number % 20 == 7:
            return error(429, retry_after="0.2")
        pause.wait(0.05)
        next(answered)
        return completion(words)

    with tempfile.TemporaryDirectory() as folder, serving(answer) as endpoint:
        archive(Path(folder), count)
        begun, codes = time.monotonic(), []
        _killed(_started(command, folder, endpoint), endpoint, count // 2)
        for _ in range(TRIES):
            run = _started(command, folder, endpoint)
            run.communicate()
            codes.append(run.returncode)
            if run.returncode == 0:
                break
        lines = [line for f in Path(folder).glob(made) for line in f.read_text("utf-8").splitlines()]  # fmt: skip
        refused = sum(number % 20 == 7 for number in range(1, len(endpoint.seen) + 1))
        paid = len(endpoint.seen) - refused
        print(
            f"{name:<18} there: {len(lines)} of {count}, paid {paid} ({paid - count:+}), "
            f"exit codes after the kill {codes}, {time.monotonic() - begun:.0f} s",
            flush=True,
        )


def _started(
    command: list[str], folder: str, endpoint: Endpoint
) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603  our own commands
        command, cwd=folder, env={**os.environ, **asked(endpoint)}, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _killed(run: "subprocess.Popen[str]", endpoint: Endpoint, after: int) -> None:
    while len(endpoint.seen) < after and run.poll() is None:
        Event().wait(0.005)
    run.send_signal(signal.SIGKILL)
    run.communicate()


main()

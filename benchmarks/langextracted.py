"""The third contestant: LangExtract, in its own virtual environment.

Its OpenAI-compatible provider, pointed at the same server; every other setting is its
default. Only this module imports it, and it imports nothing of this project but the
loop of lines.
"""

import logging
from typing import cast

import langextract
from langextract import data, factory

from benchmarks import child

_Example = dict[str, object]


class _Omitted(logging.Handler):
    """Counts the chunks that LangExtract leaves out because it cannot parse them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += "Chunk omitted" in record.getMessage()


def prepare(config: dict[str, object]) -> child.Brief:
    """Name the endpoint and build the worked examples."""
    omitted = _Omitted()
    for name in ("absl", None):  # absl's logger does not hand on what it logs
        logging.getLogger(name).addHandler(omitted)
    examples = [_example(e) for e in cast("list[_Example]", config["examples"])]
    model = factory.ModelConfig(
        model_id=str(config["model"]),
        provider="OpenAILanguageModel",
        provider_kwargs={
            "base_url": config["base_url"],
            "api_key": config["api_key"],
            "temperature": 0,
        },
    )

    def make(text: str, _published: str | None) -> object:
        before = omitted.count
        found = langextract.extract(
            text_or_documents=text,
            prompt_description=str(config["instructions"]),
            examples=examples,
            config=model,
            show_progress=False,
        )
        return {
            "extractions": [_plain(e) for e in found.extractions or ()],
            "omitted": omitted.count - before,
        }

    return make


def _example(one: _Example) -> data.ExampleData:
    return data.ExampleData(
        text=str(one["text"]),
        extractions=[
            data.Extraction(
                extraction_class=e["class"],
                extraction_text=e["text"],
                attributes=e["attributes"],
            )
            for e in cast("list[dict[str, object]]", one["extractions"])
        ],
    )


def _plain(one: data.Extraction) -> dict[str, object]:
    """Write an extraction as LangExtract's own JSONL names its fields."""
    place = one.char_interval
    return {
        "extraction_class": one.extraction_class,
        "extraction_text": str(one.extraction_text),
        "char_interval": place
        and {"start_pos": place.start_pos, "end_pos": place.end_pos},
        "alignment_status": one.alignment_status and one.alignment_status.value,
        "attributes": one.attributes,
    }


if __name__ == "__main__":
    child.serve(prepare)

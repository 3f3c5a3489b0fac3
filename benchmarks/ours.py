"""The first contestant: this project, as `summarizer brief` runs it."""

from datetime import date

from benchmarks import child
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.pipeline import brief
from summarizer.settings import Settings
from summarizer.sources import Metadata, make_article


def prepare(config: dict[str, object]) -> child.Brief:
    """Open a client with the settings that the embedded model has."""
    client = OpenAICompleter(
        Settings(
            base_url=str(config["base_url"]),
            api_key=str(config["api_key"]),
            model=str(config["model"]),
            profile="embedded",
        )
    )

    def make(text: str, published: str | None) -> object:
        day = date.fromisoformat(published) if published else None
        article = make_article(text, metadata=Metadata(published=day))
        return brief([article], client).model_dump(mode="json")

    return make


if __name__ == "__main__":
    child.serve(prepare)

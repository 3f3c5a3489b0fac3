"""The second contestant: instructor, one call, the plain nested schema.

What most people write first: the briefing as nested Pydantic models, handed to
instructor with the article. Its settings are instructor's own; the mode is the JSON
schema's, since the embedded server does not know forced tool calls.
"""

from typing import Literal

import instructor
import openai
from pydantic import BaseModel, Field

from benchmarks import child
from schemas.terms import Act, ActorKind, CasualtyKind, QuestionKind


class Actor(BaseModel):
    """A party of the article."""

    name: str = Field(description="Its fullest name in the article")
    kind: ActorKind
    role: str = Field(description="Post or description as the article states it")


class Request(BaseModel):
    """One party asks another for something."""

    by: str = Field(description="Who asks")
    to: str = Field(description="Who is asked, or empty")
    what: str = Field(description="What is asked for")
    quote: str = Field(description="The words of the article that say so, exactly")


class Position(BaseModel):
    """What a party says or holds."""

    holder: str = Field(description="Whose view it is, never a pronoun")
    act: Act
    quote: str = Field(description="The words of the article that state it, exactly")


class Casualty(BaseModel):
    """One count of people who were harmed or held."""

    kind: CasualtyKind
    count: str = Field(description='The number with its qualifier: "at least 12"')
    who: str = Field(description="The people, or empty")
    quote: str = Field(description="The words of the article that say so, exactly")


class OpenQuestion(BaseModel):
    """Something that the article leaves open."""

    kind: QuestionKind
    question: str
    quote: str = Field(description="The words of the article that raise it, exactly")


class Briefing(BaseModel):
    """A briefing of a news article."""

    actors: list[Actor]
    requests: list[Request]
    positions: list[Position]
    casualties: list[Casualty]
    open_questions: list[OpenQuestion]


def prepare(config: dict[str, object]) -> child.Brief:
    """Open instructor's client."""
    client = instructor.from_openai(
        openai.OpenAI(base_url=str(config["base_url"]), api_key=str(config["api_key"])),
        mode=instructor.Mode.JSON_SCHEMA,
    )
    system: Literal["system"] = "system"

    def make(text: str, _published: str | None) -> object:
        answer = client.chat.completions.create(
            model=str(config["model"]),
            response_model=Briefing,
            temperature=0,
            messages=[
                {"role": system, "content": str(config["instructions"])},
                {"role": "user", "content": text},
            ],
        )
        return answer.model_dump(mode="json")

    return make


if __name__ == "__main__":
    child.serve(prepare)

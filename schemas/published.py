"""The JSON schema of a briefing, as published beside the package."""

import json
from collections.abc import Sequence
from typing import Any

from schemas.briefing import SCHEMA_VERSION, Briefing
from schemas.sections import SectionDefinition


def schema_text(sections: Sequence[SectionDefinition] = ()) -> str:
    """Write the JSON schema of a briefing, in the form that is checked in.

    Args:
        sections: Sections of a user's own; with them, their items may have their fields
            only.
    """
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Briefing.model_json_schema(mode="serialization"),
        "version": SCHEMA_VERSION,
    }
    if sections:
        schema["properties"]["sections"]["items"] = {
            "anyOf": [_narrowed(one) for one in sections]
        }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _narrowed(one: SectionDefinition) -> dict[str, Any]:
    """Narrow the schema of a section to the name and the fields of one definition."""
    fields = {"name": {"enum": [field.name for field in one.fields]}}
    item = {"properties": {"fields": {"items": {"properties": fields}}}}
    return {
        "title": one.title,
        "description": one.question,
        "allOf": [{"$ref": "#/$defs/OwnSection"}],
        "properties": {
            "definition": {"properties": {"name": {"const": one.name}}},
            "items": {"items": item},
        },
    }

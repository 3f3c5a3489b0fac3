"""The JSON schema of a briefing, as published beside the package."""

import json

from schemas.briefing import SCHEMA_VERSION, Briefing


def schema_text() -> str:
    """Write the JSON schema of a briefing, in the form that is checked in."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Briefing.model_json_schema(mode="serialization"),
        "version": SCHEMA_VERSION,
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"

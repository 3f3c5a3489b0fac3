"""The JSON schema of an answer, in the form that strict endpoints accept.

Every property required, objects closed, no defaults, no titles: what hosted strict
modes demand, and the fewest tokens for those that put the schema into the prompt.
"""

_DROPPED = {"title", "default"}


def tidy(node: object) -> object:
    """Rewrite a JSON schema as strict endpoints want it; anything else is kept."""
    if isinstance(node, list):
        return [tidy(child) for child in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key not in _DROPPED}
    properties = kept.pop("properties", None)
    tidied = {key: tidy(value) for key, value in kept.items()}
    if isinstance(properties, dict):
        # Names of properties are not keywords: a field may be called "title".
        tidied["properties"] = {name: tidy(sub) for name, sub in properties.items()}
        tidied["required"] = list(properties)
        tidied["additionalProperties"] = False
    return tidied

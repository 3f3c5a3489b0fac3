import os
from pathlib import Path

import langextract as lx

example = lx.data.ExampleData(
    text="Ilm barred Duro Oil from its ports in May 2024.",
    extractions=[
        lx.data.Extraction(
            extraction_class="sanction",
            extraction_text="Ilm barred Duro Oil from its ports in May 2024",
            attributes={
                "by": "Ilm",
                "target": "Duro Oil",
                "measure": "barred from its ports",
                "amount": "",
                "since": "2024-05",
            },
        )
    ],
)
question = "List the sanctions in this article, which appeared on 2025-03-04."
found = lx.extract(
    Path("sanctions.txt").read_text(),
    prompt_description=question,
    examples=[example],
    config=lx.factory.ModelConfig(
        model_id="gpt-4o",
        provider="OpenAILanguageModel",
        provider_kwargs={"base_url": os.environ.get("OPENAI_BASE_URL")},
    ),
)
for one in found.extractions:
    print(one.attributes, one.extraction_text, one.char_interval)

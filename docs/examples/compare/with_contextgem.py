import os
from pathlib import Path

from contextgem import Document, DocumentLLM, JsonObjectConcept

sanction = JsonObjectConcept(
    name="Sanction",
    description="Sanctions that someone imposes on someone, published 2025-03-04",
    structure={
        "by": str,
        "target": str,
        "measure": str,
        "amount": float | None,
        "since": str | None,
    },
    add_references=True,
)
document = Document(raw_text=Path("sanctions.txt").read_text())
document.add_concepts([sanction])
llm = DocumentLLM(
    model="openai/gpt-4o",
    api_base=os.environ.get("OPENAI_BASE_URL"),
    api_key=os.environ["OPENAI_API_KEY"],
)
for one in llm.extract_concepts_from_document(document)[0].extracted_items:
    print(one.value, [p.raw_text for p in one.reference_paragraphs])

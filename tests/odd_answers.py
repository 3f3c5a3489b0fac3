"""Every odd answer that an endpoint has been seen, or made, to give.

Two tables: answers that are taken, with what is withheld of them, and answers that are
not, with the line printed and the exit code. `KEY` stands for the user's secret.
"""

import gzip
import json
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler

from endpoint import Answer, completion, envelope, error

KEY = "sk-secret-1234567890"
TEXT = "Kenya urged Chad to free the crew. The union backs the reform, its leader said."
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"

Item = dict[str, object]
ASKED: Item = {
    "by": "Kenya",
    "to": "Chad",
    "what": "free the crew",
    "quote": "Kenya urged Chad to free the crew",
}
HELD: Item = {
    "holder": "The union",
    "act": "support",
    "quote": "The union backs the reform",
}


def answer(**more: object) -> str:
    """Write out an answer that fits, with *more* in the place of its fields."""
    empty: dict[str, object] = {
        name: [] for name in ("casualties", "developments", "roles")
    }
    fields = {"requests": [ASKED], "positions": [HELD], **empty}
    return json.dumps({**fields, "open_questions": [], "bottom_line": "", **more})


def _raw(*parts: bytes) -> Answer:
    """Write to the connection itself, and close it."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        for part in parts:
            handler.wfile.write(part)

    return Answer(act=act)


def _says(status: int, body: object, content_type: str = "application/json") -> Answer:
    text = body if isinstance(body, str) else json.dumps(body)
    return Answer(status, text, content_type=content_type)


def _stated(body: bytes, charset: str) -> Answer:
    return Answer(body=body, content_type=f"application/json; charset={charset}")


def _zipped(body: bytes) -> Answer:
    return Answer(body=body, headers={"content-encoding": "gzip"})


def _to(location: str) -> Answer:
    return Answer(307, headers={"location": location})


def _events(*events: object) -> Answer:
    lines = [f"data: {json.dumps(event)}\n\n" for event in events]
    return Answer(
        body="".join([*lines, "data: [DONE]\n\n"]), content_type="text/event-stream"
    )


GOOD = answer()
BODY = json.dumps(envelope(GOOD)).encode()
ACCENTED = json.dumps(envelope(answer(bottom_line="Señor")), ensure_ascii=False)


@dataclass(frozen=True)
class Taken:
    """An odd answer that is taken: what is withheld, and whether all of it came."""

    name: str
    answer: Answer
    withheld: str | None = None
    complete: bool = True
    is_held: bool = True
    """Whether the request of the article is among what came."""

    tokens: int = 10


_NONE_OF = "is none of support, criticise, accuse, deny, claim, commit, refuse, neutral, threaten, warn, announce, assert"

TAKEN = (
    Taken("as asked for", completion(GOOD)),
    # what the model wrote
    Taken(
        "an unknown word of a list",
        completion(answer(positions=[HELD, {**HELD, "act": "loves"}])),
        f"its act 'loves' {_NONE_OF}",
    ),
    Taken(
        "a word of a list in capitals",
        completion(answer(positions=[{**HELD, "act": "Support"}])),
    ),
    Taken(
        "an unknown word where none is needed",
        completion(answer(requests=[{**ASKED, "force": "plea"}])),
    ),
    Taken("an unknown field of the answer", completion(answer(mood="good"))),
    Taken(
        "an unknown field of an item",
        completion(answer(requests=[{**ASKED, "tone": "polite"}])),
    ),
    Taken("a code fence", completion(f"```json\n{GOOD}\n```")),
    Taken("words around it", completion(f"Here it is [1]:\n{GOOD}\nAnything else?")),
    Taken(
        "thinking before it",
        completion(f'<think>perhaps {{"requests": 1}}</think>\n{GOOD}'),
    ),
    Taken("thinking without a beginning", completion(f"So be it.</think>{GOOD}")),
    Taken(
        "content in parts",
        completion(
            [{"type": "text", "text": GOOD[:40]}, {"type": "text", "text": GOOD[40:]}]
        ),
    ),
    Taken(
        "a part of thinking",
        completion(
            [{"type": "thinking", "text": "{"}, {"type": "text", "text": GOOD}]
        ),
    ),
    Taken("fields left out", completion(json.dumps({"requests": [ASKED]}))),
    Taken("null for a list", completion(answer(positions=None, roles=None))),
    Taken(
        "null where nothing is needed",
        completion(answer(requests=[{**ASKED, "to": None, "when": None}])),
    ),
    Taken(
        "null where something is needed",
        completion(answer(requests=[ASKED, {**ASKED, "quote": None}])),
        "it has no quote",
    ),
    Taken("one item without its list", completion(answer(requests=ASKED))),
    Taken(
        "a text for an item",
        completion(answer(requests=[ASKED, "Kenya asks Chad"])),
        "an item of the answer is no object with fields",
    ),
    Taken(
        "an object for a text",
        completion(answer(requests=[ASKED, {**ASKED, "by": {"name": "Kenya"}}])),
        "its by is no text",
    ),
    Taken(
        "a number for a text",
        completion(
            answer(casualties=[{"kind": "killed", "count": 12, "quote": "the crew"}])
        ),
        "the sentence does not say '12'",
    ),
    Taken("NaN for a text", completion(GOOD.replace('"Chad"', "NaN"))),
    Taken(
        "a key twice",
        completion(f'{GOOD[:-1]}, "positions": [], "requests": []}}'),
    ),
    Taken("a comma too many", completion(GOOD.replace("}]", "},]"))),
    Taken("in an object of its own", completion(json.dumps({"answer": json.loads(GOOD)}))),
    Taken(
        "an item five thousand times",
        completion(answer(requests=[ASKED] * 5_000)),
        "the answer lists 4,000 items more than the 1,000 that are read",
    ),
    Taken(
        "ten thousand items",
        completion(
            answer(requests=[ASKED, *({**ASKED, "what": f"{n}"} for n in range(9_999))])
        ),
        "the answer lists 9,000 items more than the 1,000 that are read",
    ),
    Taken(
        "nine hundred items that fit nothing",
        completion(answer(requests=[ASKED], casualties=[{"kind": "x"}] * 900)),
        "800 more items of the answer fit no type of item either",
    ),
    Taken(
        "a quote of 10 MB",
        completion(answer(positions=[HELD, {**HELD, "quote": "x" * 10_000_000}])),
        "its quote has 10,000,000 characters; the limit is 10,000",
    ),
    Taken("a bottom line of 10 MB", completion(answer(bottom_line="x" * 10_000_000))),
    Taken(
        "a lone surrogate",
        completion(GOOD.replace('"The union"', '"The union\\ud800"')),
    ),
    Taken("cut at its limit", completion(GOOD[:200], finish="length"), complete=False),
    Taken("cut in its first item", completion(GOOD[:20], finish="length"), complete=False, is_held=False),
    Taken("cut without saying so", completion(GOOD[:200]), complete=False),
    Taken("whole at its limit", completion(GOOD, finish="length")),
    # what the server made of it
    Taken("no usage", completion(GOOD, usage=None), tokens=0),
    Taken("words for usage", completion(GOOD, usage="a lot"), tokens=0),
    Taken("usage as text", completion(GOOD, usage={"prompt_tokens": "10"})),
    Taken("negative usage", completion(GOOD, usage={"prompt_tokens": -10}), tokens=0),
    Taken(
        "odd details of usage",
        completion(GOOD, usage={"prompt_tokens": 10, "prompt_tokens_details": [1]}),
    ),
    Taken("a wrong content type", Answer(body=BODY, content_type="text/html")),
    Taken("another charset than it says", _stated(ACCENTED.encode(), "iso-8859-1")),
    Taken("Latin-1, as it says", _stated(ACCENTED.encode("latin-1"), "iso-8859-1")),
    Taken("a charset that nobody knows", _stated(BODY, "klingon")),
    Taken("UTF-16", Answer(body=BODY.decode().encode("utf-16"))),
    Taken("a byte order mark", Answer(body=b"\xef\xbb\xbf" + BODY)),
    Taken("a foreign byte", Answer(body=BODY.replace(b'"id": "c1"', b'"id": "\xff"'))),
    Taken("gzip", _zipped(gzip.compress(BODY))),
    Taken("a header of 60,000 bytes", Answer(body=BODY, headers={"x-y": "z" * 60_000})),
    Taken(
        "a stream that was not asked for",
        _events(
            {"choices": [{"delta": {"role": "assistant"}}], "usage": None},
            {"choices": [{"delta": {"content": GOOD[:40]}}]},
            {"choices": [{"delta": {"content": GOOD[40:]}, "finish_reason": "stop"}]},
            {"choices": [], "usage": {"prompt_tokens": 10}},
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Unfit:
    """A question without an answer that fits: the reason, and the requests.

    Printed as an error with exit code 8, or in the briefing beside the passage.
    """

    name: str
    answer: Answer
    line: str
    calls: int = 1


@dataclass(frozen=True)
class Refused:
    """An answer of which the endpoint is at fault: line, exit code, requests."""

    name: str
    answer: Answer
    line: str
    code: int
    calls: int = 1


_NO_FIT = "'m' gave no answer that fits (2 tries): "
_WITHOUT = "127.0.0.1 answered without an answer: "
_WINDOW = "the question does not fit the window that 'm' has at 127.0.0.1: set SUMMARIZER_CONTEXT_TOKENS"
_NESTED = '{"x":'
_VLLM = "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens."

UNFIT = (
    Unfit("prose", completion("I like it."), f"{_NO_FIT}it holds no answer in JSON and begins with 'I like it.'", 2),
    Unfit("10 MB of prose", completion("word " * 2_000_000), f"{_NO_FIT}it holds no answer in JSON and begins with '{'word ' * 12}'", 2),
    Unfit("another JSON", completion('{"summary": "x"}'), f"{_NO_FIT}it holds no answer in JSON and begins with '{{\"summary\": \"x\"}}'", 2),
    Unfit("nothing that fits", completion(json.dumps({"requests": [{"by": "Kenya"}]})), f"{_NO_FIT}it has no what", 2),
    Unfit("nested without end", completion(_NESTED * 5_000), f"{_NO_FIT}it holds no answer in JSON and begins with {_NESTED * 12!r}", 2),
    Unfit("broken off in its first item", completion('{"requests": [{"by'), f"{_NO_FIT}it ends before its first item does", 2),
    Unfit("no words", completion(""), f"{_NO_FIT}it is empty", 2),
    Unfit("null for words", completion(None), f"{_NO_FIT}it is empty", 2),
    Unfit("a number for words", completion(7), f"{_NO_FIT}it is empty", 2),
    Unfit("thinking to the limit", completion("<think>Let me see", finish="length"), "the answer of 'm' was cut at its limit: it holds no answer in JSON and begins with '<think>Let me see'"),
    Unfit("a refusal", completion(None, refusal="I cannot"), "'m' refused to answer"),
    Unfit("a filter", completion("", finish="content_filter"), "'m' refused to answer"),
    Unfit("vLLM: the prompt is too long", _says(400, {"object": "error", "message": _VLLM, "type": "BadRequestError", "code": 400}), f'{_WINDOW}=4096; it says "{_VLLM}"'),
    Unfit("OpenAI: the prompt is too long", error(400, "context_length_exceeded"), f"{_WINDOW} to its size; it says 'no'"),
    Unfit("llama.cpp: the prompt is too long", _says(400, {"error": {"message": "too long", "type": "exceed_context_size_error"}}), f"{_WINDOW} to its size; it says 'too long'"),
)  # fmt: skip
"""Wide on purpose, like the next: one fault a line."""

REFUSED = (
    # bodies with status 200
    Refused("no choices", completion(choices=[]), f"{_WITHOUT}it holds no choices with a message", 6),
    Refused("null for choices", completion(choices=None), f"{_WITHOUT}it holds no choices with a message", 6),
    Refused("an object for choices", completion(choices={"0": 1}), f"{_WITHOUT}it holds no choices with a message", 6),
    Refused("null for a choice", completion(choices=[None]), f"{_WITHOUT}it holds no choices with a message", 6),
    Refused("null for a message", completion(choices=[{"message": None}]), f"{_WITHOUT}it holds no choices with a message", 6),
    Refused("an error with status 200", _says(200, {"error": {"message": "overloaded"}}), f"{_WITHOUT}an error with status 200: 'overloaded'", 6),
    Refused("a list", _says(200, []), f"{_WITHOUT}JSON that is no chat completion", 6),
    Refused("null", _says(200, None), f"{_WITHOUT}JSON that is no chat completion", 6),
    Refused("a number", _says(200, 1), f"{_WITHOUT}JSON that is no chat completion", 6),
    Refused("an empty body", Answer(), f"{_WITHOUT}the body is empty", 6),
    Refused("status 204", Answer(204), f"{_WITHOUT}the body is empty", 6),
    Refused("a word", _says(200, "OK", "text/plain"), f"{_WITHOUT}no JSON; it begins with 'OK'", 6),
    Refused("a page", _says(200, "<!doctype html><title>Welcome</title>", "text/html"), f"{_WITHOUT}a web page ('Welcome') instead of JSON; is the base URL the root of the API, as in https://host/v1?", 6),
    Refused("half a body", Answer(body=BODY[:-30]), f"{_WITHOUT}JSON that is damaged, or breaks off", 6),
    Refused("a body nested without end", Answer(body='{"choices":' + "[" * 100_000), f"{_WITHOUT}JSON that is nested without end", 6),
    Refused("an error in a stream", _events({"error": {"message": "overloaded"}}), f"{_WITHOUT}an error with status 200: 'overloaded'", 6),
    Refused("what is no gzip", _zipped(b"plain"), "127.0.0.1 sent an answer that is packed wrongly: it cannot be unpacked", 6),
    Refused("half a gzip", _zipped(gzip.compress(BODY)[:-20]), f"{_WITHOUT}JSON that is damaged, or breaks off", 6),
    Refused("a gzip bomb", _zipped(gzip.compress(b" " * 60_000_000)), f"{_WITHOUT}it sent more than 50,000,000 bytes", 6),
    # connections
    Refused("a dropped connection", Answer(drops=True), "127.0.0.1 closed the connection without an answer (4 tries)", 6, 4),
    Refused("a dropped body", _raw(HEAD, b"content-length: 9999\r\n\r\n", BODY[:99]), "127.0.0.1 broke off in the middle of its answer (4 tries)", 6, 4),
    Refused("a broken chunk", _raw(HEAD, b"transfer-encoding: chunked\r\n\r\nZZ\r\n"), r"127.0.0.1 does not speak HTTP: illegal chunk header: 'ZZ\r\n'", 6),
    Refused("two lengths", _raw(HEAD, b"content-length: 3\r\ncontent-length: 4\r\n\r\nabc"), "127.0.0.1 does not speak HTTP: conflicting Content-Length headers", 6),
    Refused("another protocol", _raw(b"SSH-2.0-Invented\r\n\r\n"), r"127.0.0.1 does not speak HTTP: illegal status line: 'SSH-2.0-Invented'", 6),
    Refused("a redirect to another host", _to("http://localhost:9/v1"), "127.0.0.1 redirects to another address, 'http://localhost:9/v1': if that is the right one, name it as the base URL", 6),
    Refused("a redirect in a circle", _to("/v1/chat/completions"), "127.0.0.1 redirects in a circle", 6, 6),
    Refused("a redirect to no web address", _to("ftp://127.0.0.1/x"), "127.0.0.1 redirects to an address that is none of http or https", 6),
    Refused("a redirect to nowhere", Answer(307), "127.0.0.1 answered 307", 6),
    # errors
    Refused("400", _says(400, {"error": {"message": "Unknown field"}}), "127.0.0.1 answered 400; it says 'Unknown field'", 6),
    Refused("400 that echoes the key", _says(400, {"error": {"message": f"bad: {KEY}"}}), "127.0.0.1 answered 400; it says 'bad: [key]'", 6),
    Refused("400 with a long reason", _says(400, {"error": {"message": "x " * 5_000}}), f"127.0.0.1 answered 400; it says '{'x ' * 99}x…'", 6),
    Refused("400 with a bare reason", _says(400, {"error": "no JSON mode"}), "127.0.0.1 answered 400; it says 'no JSON mode'", 6),
    Refused("400 with a code", error(400, "invalid_value"), "127.0.0.1 answered 400, invalid_value; it says 'no'", 6),
    Refused("422 with a list of reasons", _says(422, {"detail": [{"loc": ["body"], "msg": "field required"}]}), "127.0.0.1 answered 422; it says 'field required: body'", 6),
    Refused("401", error(401), "127.0.0.1 refused the key (401): check OPENAI_API_KEY; it says 'no'", 7),
    Refused("402", error(402), "127.0.0.1 asks for payment (402); it says 'no'", 7),
    Refused("403", error(403), "127.0.0.1 refused the key (403): check OPENAI_API_KEY; it says 'no'", 7),
    Refused("404", _says(404, {"error": "model 'm' not found"}), "127.0.0.1 knows no model 'm', or has no such API at this address (404); it says \"model 'm' not found\"", 7),
    Refused("405", Answer(405), "127.0.0.1 answered 405", 6),
    Refused("413 in plain text", _says(413, "too large", "text/plain"), "127.0.0.1 answered 413; it says 'too large'", 6),
    Refused("429", error(429), "127.0.0.1 is still limiting our rate (429) (4 tries); it says 'no'", 6, 4),
    Refused("429 without a quota", error(429, "insufficient_quota"), "127.0.0.1 says that the account behind the key has no quota left; it says 'no'", 7),
    Refused("429 for an hour", error(429, retry_after="3600"), "127.0.0.1 is still limiting our rate (429); it says 'no'", 6),
    Refused("429 for ever", error(429, retry_after="inf"), "127.0.0.1 is still limiting our rate (429) (4 tries); it says 'no'", 6, 4),
    Refused("429 until soon", error(429, retry_after="soon"), "127.0.0.1 is still limiting our rate (429) (4 tries); it says 'no'", 6, 4),
    Refused("500", error(500), "127.0.0.1 answered 500 (4 tries); it says 'no'", 6, 4),
    Refused("502 with a page", _says(502, "<html><title>Bad Gateway</title></html>", "text/html"), "127.0.0.1 answered 502 (4 tries)", 6, 4),
    Refused("503 in plain text", _says(503, "upstream connect error", "text/plain"), "127.0.0.1 answered 503 (4 tries); it says 'upstream connect error'", 6, 4),
)  # fmt: skip

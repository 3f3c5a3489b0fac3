"""The embedded model's server, run as a child process: `python -m` this module.

A process of its own, because loading holds the interpreter's lock for seconds. It
reads its configuration as one line of JSON from standard input, prints its address as
one line of JSON when it is ready, and ends when standard input closes, which the
system does for a parent that died in whatever way. A second watch looks whether the
parent is still the parent, for the case that a fork keeps the pipe open.
"""

import json
import os
import signal
import sys
import threading
import time


def main() -> None:
    """Serve until the parent is gone."""
    parent = os.getppid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    config = json.loads(sys.stdin.readline())
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the library prints must not mix with our one line
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    threading.Thread(target=_end_with_parent, args=(parent,), daemon=True).start()

    import xllamacpp  # noqa: PLC0415  slow, and must not delay the watches

    params = xllamacpp.CommonParams()
    params.model.path = config["weights"]
    params.model_alias = {config["model"]}
    params.hostnames = ["127.0.0.1"]
    params.port = config["port"]
    params.api_keys = [config["api_key"]]
    params.n_ctx = config["context_tokens"]
    params.n_parallel = 1
    params.cache_ram_mib = 512
    # Its threads spin while they wait for one another, unless told not to: on a busy
    # machine forty tokens take a minute instead of five seconds.
    params.cpuparams.poll = 0
    params.cpuparams_batch.poll = 0
    params.ui = False
    server = xllamacpp.Server(params)
    answers.write(json.dumps({"url": f"{server.listening_address}/v1"}) + "\n")
    answers.flush()
    while True:
        time.sleep(3600)


def _end_with_stdin() -> None:
    while sys.stdin.readline():
        pass
    os._exit(0)


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    main()

"""What `./run` hands over to: start, stop, manage, test, check, fix, bench."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from desmigratif.local import checks, engines, places, preparation, website
from desmigratif.local.places import PROJECT, Places
from desmigratif.local.trouble import Trouble


def main(arguments: Sequence[str]) -> int:
    """Run one command of `./run`; return its exit code. A failure is one sentence."""
    os.chdir(PROJECT)
    command, rest = (arguments[0], list(arguments[1:])) if arguments else ("start", [])
    try:
        if command == "start":
            return _start(rest)
        if command == "stop":
            website.stop_all(places.here())
            say("Stopped.")
            return 0
        if command == "fix":
            return checks.fix()
        with engines.borrowed(say):
            return _with_engines(command, rest)
    except Trouble as trouble:
        print(f"./run: {trouble}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


def say(sentence: str) -> None:
    print(sentence, flush=True)


def _with_engines(command: str, rest: list[str]) -> int:
    if command == "manage":
        return _pass_on([sys.executable, "manage.py", *rest])
    if command == "test":
        chosen = any(word.startswith(("-n", "--numprocesses", "-p")) for word in rest)
        # Stealing keeps a file's tests on one worker, where what they share is made once, and lets both end
        # together.
        workers = [] if chosen else ["-n", "2", "--dist", "worksteal"]
        return _pass_on([sys.executable, "-m", "pytest", *workers, *rest])
    if command == "check":
        return checks.check(say)
    if command == "bench":
        return _pass_on([sys.executable, "-m", "bench", *rest])
    raise Trouble(f"There is no command {command!r}. ./run --help lists them.")


def _pass_on(command: list[str]) -> int:
    """Run a command in our place: Ctrl-C is its own affair, and we stay to tidy up."""
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        # The child must not inherit that it is deaf to Ctrl-C.
        return subprocess.run(
            command, check=False, preexec_fn=lambda: signal.signal(signal.SIGINT, former)
        ).returncode
    finally:
        signal.signal(signal.SIGINT, former)


def _start(rest: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run")
    parser.add_argument("--port", type=_port, default=8000)
    parser.add_argument("--detach", action="store_true")
    asked = parser.parse_args(rest)
    here = places.here()
    if not asked.detach:
        website.Website(here, asked.port, say).run(
            lambda: _greet(here, asked.port, "Ctrl-C stops everything.")
        )
        return 0
    running = website.running_at(here)
    if running:
        if running["port"] != asked.port:
            raise Trouble(f"It already runs at http://localhost:{running['port']}/. ./run stop ends it.")
        _greet(here, asked.port, "It already runs. ./run stop ends it.")
        return 0
    return _start_detached(here, asked.port)


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port; give a number from 1 to 65535")
    return int(text)


def _start_detached(here: Places, port: int) -> int:
    """Start the launcher in a session of its own, pass its words on, and return when the site answers."""
    reader, writer = os.pipe()
    launcher = os.fork()
    if launcher == 0:
        os.close(reader)
        os._exit(_be_launcher(here, port, writer))
    os.close(writer)
    try:
        with os.fdopen(reader, encoding="utf-8") as words:
            for line in words:
                print(line, end="", flush=True)
    except KeyboardInterrupt:
        os.kill(launcher, signal.SIGTERM)
    ended, status = os.waitpid(launcher, os.WNOHANG)
    if ended == 0 and website.running_at(here):
        return 0
    if ended == 0:
        _, status = os.waitpid(launcher, 0)
    return os.waitstatus_to_exitcode(status)


def _be_launcher(here: Places, port: int, writer: int) -> int:
    os.setsid()
    log = os.open(here.logs / "launcher.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(writer, 1)
    os.dup2(writer, 2)
    os.close(writer)

    def when_ready() -> None:
        _greet(here, port, "It runs in the background. ./run stop ends it.")
        os.dup2(log, 1)
        os.dup2(log, 2)

    try:
        website.Website(here, port, say).run(when_ready)
    except Trouble as trouble:
        say(f"./run: {trouble}")
        return 1
    return 0


def _greet(here: Places, port: int, last: str) -> None:
    say(f"\nDesmigratif is ready: http://localhost:{port}/")
    if listed := preparation.accounts(here):
        say(f"\n{listed}")
    say(f"\n{last}")

"""The entry point: every way a run can end becomes an exit status and plain lines on stderr."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from typing import Any, NoReturn

from ottawa_cli.cli import exits
from ottawa_cli.cli.exits import INTERRUPTED, OK, USAGE, Failure

OPTIONS = {  # what a stranger may try for an option -> what does it
    "--date": "--as-of", "--asof": "--as-of", "--json": "--format json", "--csv": "--format csv",
    "--tsv": "--format tsv", "--html": "--format html", "--markdown": "--format markdown",
}  # fmt: skip


class Closed(io.TextIOBase):
    """What stands for stdout in a process that was started without one."""

    def write(self, text: str) -> int:
        raise OSError(9, "stdout is closed")


def main() -> NoReturn:
    """Run the command line of this process and exit."""
    gc.set_threshold(100_000)  # a short run makes much that stays and little that could be freed
    for name in ("SIGTERM", "SIGHUP"):  # they end a run as Ctrl-C does: nothing is left behind
        number = getattr(signal, name, signal.SIGTERM)  # Windows has no SIGHUP
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    if sys.stdout is None:
        sys.stdout = Closed()
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError as error:
        code = _unwritten(error, code)
    gc.freeze()  # nothing is left to do: spare the interpreter a last search for garbage
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status. Errors go to stderr, never as a traceback."""
    try:
        import typer

        from ottawa_cli.cli.app import command

        return command().main(arguments, "ottawa", standalone_mode=False) or OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except Failure as failure:
        return _say(failure.status, str(failure))
    except OSError as error:
        return _unwritten(error, OK)
    except SystemExit as end:  # so Typer ends a completion, and also, with 1, a closed pipe
        completing = not end.code or "_OTTAWA_COMPLETE" in os.environ
        return int(end.code or OK) if completing else _unwritten(BrokenPipeError(), OK)
    except typer.Abort:  # so it hands on a KeyboardInterrupt
        return INTERRUPTED
    except typer.TyperException as error:
        return _usage(error)
    except Exception as error:
        return _internal(error)


def _usage(error: Any) -> int:
    """A usage error of Typer's, in at most two lines."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "ottawa"
    message, name = error.format_message(), getattr(error, "option_name", "")
    meant = OPTIONS.get(name, "")
    known = [option for param in context.command.params for option in param.opts] if context else []
    if meant and (path == "ottawa" or meant.split()[0] in known):
        message = f"No such option: {name}. Did you mean {meant}?"
    return _say(USAGE, f"{message}\nTry '{path} --help'.")


def _internal(error: Exception) -> int:
    """A fault of the program: one line, and the traceback only where it is asked for."""
    if os.environ.get("OTTAWA_DEBUG"):
        import traceback

        traceback.print_exc()
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return _say(exits.INTERNAL, f"internal error: {what}\nSet OTTAWA_DEBUG=1 for the details.")


def _unwritten(error: OSError, code: int) -> int:
    """The end of a run whose output found no taker: quiet for a closed pipe, else an error."""
    exits.drop(sys.stdout)
    if isinstance(error, BrokenPipeError):
        return code or exits.PIPE_CLOSED
    return _say(exits.INTERNAL, f"cannot write the output: {error.strerror or error}.")


def _say(status: int, message: str) -> int:
    exits.tell(f"ottawa: {message}")
    return status

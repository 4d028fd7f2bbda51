"""The entry point: every way a run can end becomes an exit status and plain lines on stderr."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import IO, Any, NoReturn

OK, NO, USAGE, INVALID, CANNOT_TELL, INTERNAL = 0, 1, 2, 3, 4, 70
INTERRUPTED, PIPE_CLOSED = 130, 141


class Closed:
    """What stands for stdout in a process that was started without one."""

    encoding = "utf-8"
    errors = "strict"

    def write(self, text: str) -> int:
        raise OSError(9, "stdout is closed")

    def fileno(self) -> int:
        raise OSError(9, "stdout is closed")

    def flush(self) -> None:
        """Nothing was taken, nothing is kept."""

    def isatty(self) -> bool:
        return False


def main() -> NoReturn:
    """Run the command line of this process and exit."""
    gc.set_threshold(100_000)  # a short run makes much that stays and little that could be freed
    for name in ("SIGTERM", "SIGHUP"):  # they end a run as Ctrl-C does: nothing is left behind
        number = getattr(signal, name, signal.SIGTERM)  # Windows has no SIGHUP
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    if sys.stdout is None:
        closed: Any = Closed()
        sys.stdout = closed
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
        from ottawa_cli.cli.errors import Failure
    except KeyboardInterrupt:
        return INTERRUPTED

    # The base of Typer's usage errors; Typer does not export it by name.
    click_exception = typer.BadParameter.__mro__[2]
    try:
        if shell := os.environ.get("_OTTAWA_COMPLETE"):
            from ottawa_cli.cli import completion

            completion.answer(shell, arguments)
            return OK
        return command().main(arguments, "ottawa", standalone_mode=False) or OK
    except Failure as failure:
        code = _say(failure.status, str(failure))
    except (typer.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except OSError as error:
        code = _unwritten(error, OK)
    except SystemExit:  # Click's own answer to a closed pipe, with a status that means "no" here
        code = _unwritten(BrokenPipeError(), OK)
    except Exception as error:
        code = _usage(error) if isinstance(error, click_exception) else _internal(error)
    return code


def _usage(error: Any) -> int:
    """A usage error of Typer's, in at most two lines."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "ottawa"
    message = error.format_message()
    return _say(USAGE, f"{message}\nTry '{path} --help'.")


def _internal(error: Exception) -> int:
    """A fault of the program: one line, and the traceback only where it is asked for."""
    if os.environ.get("OTTAWA_DEBUG"):
        import traceback

        traceback.print_exc()
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return _say(INTERNAL, f"internal error: {what}\nSet OTTAWA_DEBUG=1 for the details.")


def _unwritten(error: OSError, code: int) -> int:
    """The end of a run whose output found no taker: quiet for a closed pipe, else an error."""
    _drop(sys.stdout)
    if isinstance(error, BrokenPipeError):
        return code or PIPE_CLOSED
    return _say(INTERNAL, f"cannot write the output: {error.strerror or error}.")


def _say(status: int, message: str) -> int:
    tell(f"ottawa: {message}")
    return status


def tell(text: str) -> None:
    """Write a line or more to stderr. Where it takes none, that changes no exit status."""
    if sys.stderr is not None:
        try:
            print(text, file=sys.stderr)
        except (OSError, UnicodeError):
            _drop(sys.stderr)


def _drop(stream: IO[str]) -> None:
    """Keep the interpreter from trying again, at exit, what a stream could not take."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, AttributeError):
        pass

"""The ways a run can end: exit statuses, what ends a command early, and words on stderr."""

from __future__ import annotations

import os
import sys
from typing import IO

OK, NO, USAGE, INVALID, CANNOT_TELL, INTERNAL = 0, 1, 2, 3, 4, 70
INTERRUPTED, PIPE_CLOSED = 130, 141


class Failure(Exception):
    """Ends the command with `status`; the message says what is wrong and what to do."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def tell(text: str) -> None:
    """Write a line or more to stderr. Where it takes none, that changes no exit status."""
    if sys.stderr is not None:
        try:
            print(text, file=sys.stderr)
        except (OSError, UnicodeError):
            drop(sys.stderr)


def drop(stream: IO[str]) -> None:
    """Keep the interpreter from trying again, at exit, what a stream could not take."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, AttributeError):
        pass

"""What ends a command early: an exit status, and what to say about it."""

from __future__ import annotations


class Failure(Exception):
    """Ends the command with `status`; the message says what is wrong and what to do."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status

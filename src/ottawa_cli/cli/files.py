"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ottawa_cli.cli.errors import Failure
from ottawa_cli.cli.main import INTERNAL


def write(name: str, data: bytes) -> None:
    """Write `data` to the file `name`, as `opened` does. Raises Failure."""
    with opened(name) as file:
        file.write(data)


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The file `name`, to write to: readers see the old content or the new, nothing between.

    It is written beside the file under another name, brought to the disk, and put in
    its place when the block ends; a block that raises leaves the file as it was. A link
    is followed; a file that was there keeps its permissions; a pipe or a device is
    written to as it is. Raises Failure where that cannot be done.
    """
    try:
        path = Path(name)
        there = path.stat() if path.exists() else None
        if name.endswith(("/", os.sep)) or (there and stat.S_ISDIR(there.st_mode)):
            raise IsADirectoryError(21, "it is a folder")
        if there and not stat.S_ISREG(there.st_mode):
            with path.open("wb") as file:
                yield file
        else:
            real = Path(os.path.realpath(name))
            with _beside(real, stat.S_IMODE(there.st_mode) if there else None) as file:
                yield file
    except OSError as error:
        raise Failure(INTERNAL, f"cannot write {name}: {error.strerror or error}.\n"
                      "What was there before is untouched.") from None  # fmt: skip


@contextmanager
def _beside(path: Path, mode: int | None) -> Iterator[BinaryIO]:
    beside = path.with_name(f".{path.name[:200]}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise

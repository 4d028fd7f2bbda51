"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ottawa_cli.cli.errors import Failure
from ottawa_cli.cli.main import INTERNAL


def write(name: str, data: bytes) -> None:
    """Write `data` to the file `name`: readers see the old content or the new, nothing between.

    It is written beside the file under another name, brought to the disk, and put in
    its place. A link is followed; a file that was there keeps its permissions; a pipe
    or a device is written to as it is. Raises Failure where that cannot be done.
    """
    try:
        path = Path(os.path.realpath(name))
        there = path.stat() if path.exists() else None
        if there and stat.S_ISDIR(there.st_mode):
            raise IsADirectoryError(21, "it is a folder")
        if there and not stat.S_ISREG(there.st_mode):
            path.open("wb", buffering=0).write(data)
        else:
            _replace(path, data, stat.S_IMODE(there.st_mode) if there else None)
    except OSError as error:
        raise Failure(INTERNAL, f"cannot write {name}: {error.strerror or error}.\n"
                      "What was there before is untouched.") from None  # fmt: skip


def _replace(path: Path, data: bytes, mode: int | None) -> None:
    beside = path.with_name(f".{path.name[:200]}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise

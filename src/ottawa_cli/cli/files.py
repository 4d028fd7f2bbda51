"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ottawa_cli.cli.exits import INTERNAL, Failure


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The file `name`, to write to: readers see the old content or the new, nothing between.

    A link is followed; a file that was there keeps its permissions; a pipe or a device is
    written to as it is. Raises Failure where that cannot be done.
    """
    path, there = Path(name), None
    try:
        there = path.stat().st_mode if path.exists() else None
        if there and not stat.S_ISREG(there):
            with path.open("wb") as file:  # refuses a folder
                yield file
        elif name.endswith(("/", os.sep)):
            raise NotADirectoryError(20, "it is no folder")
        else:
            with _beside(Path(os.path.realpath(name)), there) as file:
                yield file
    except BrokenPipeError:  # the reader left: as with stdout
        raise
    except OSError as error:
        kept = "\nThe old file is as it was." if there and stat.S_ISREG(there) else ""
        raise Failure(INTERNAL, f"cannot write {name}: {error.strerror or error}.{kept}") from None


@contextmanager
def _beside(path: Path, mode: int | None) -> Iterator[BinaryIO]:
    """A new file in the same folder, brought to the disk and put in the place of `path`."""
    import tempfile

    if mode is None:
        os.umask(umask := os.umask(0))
        mode = 0o666 & ~umask
    handle, name = tempfile.mkstemp(".tmp", ".", path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(handle)
        Path(name).chmod(stat.S_IMODE(mode))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

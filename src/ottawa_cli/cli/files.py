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
    """A new file in the same folder, brought to the disk and put in the place of `path`.

    It is named before it is made, so that no signal can come between and leave it behind.
    """
    new, allowed = path.with_name(f".{os.urandom(8).hex()}.tmp"), stat.S_IMODE(mode or 0o666)
    try:
        with open(new, "xb", opener=lambda name, flags: os.open(name, flags, allowed)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            new.chmod(allowed)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise

"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

from ottawa_cli.cli.exits import INTERNAL, Failure

# Opens a file for text in UTF-8, whatever the locale: line ends stay as they are, and half of a
# surrogate pair, for which UTF-8 has no bytes, is escaped as in JSON.
open_utf_8: Callable[..., IO[str]] = partial(
    open, encoding="utf-8", errors="backslashreplace", newline=""
)


@contextmanager
def opened(name: str) -> Iterator[IO[str]]:
    """The file `name`, to write to: readers see the old content or the new, nothing between.

    A link is followed; a file that was there keeps its permissions; a pipe or a device is
    written to as it is. Raises Failure where that cannot be done.
    """
    path, kept = Path(name), ""
    try:
        if path.is_file():
            kept = "\nThe old file is as it was."
        elif path.exists():
            with open_utf_8(path, "w") as file:  # refuses a folder
                yield file
            return
        if name.endswith(("/", os.sep)):
            raise NotADirectoryError(20, "it is no folder")
        with _beside(Path(os.path.realpath(name))) as file:
            yield file
    except BrokenPipeError:  # the reader left: as with stdout
        raise
    except OSError as error:
        raise Failure(INTERNAL, f"cannot write {name}: {error.strerror or error}.{kept}") from None


@contextmanager
def _beside(path: Path) -> Iterator[IO[str]]:
    """A new file in the same folder, brought to the disk and put in the place of `path`.

    It is named before it is made, so that no signal can come between and leave it behind.
    """
    new, replaced = path.with_name(f".{os.urandom(8).hex()}.tmp"), path.exists()
    mode = stat.S_IMODE(path.stat().st_mode) if replaced else 0o666
    try:
        with open_utf_8(new, "x", opener=partial(os.open, mode=mode)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if replaced:
            new.chmod(mode)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise

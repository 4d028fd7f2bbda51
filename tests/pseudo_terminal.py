"""What a command writes to a pseudo-terminal."""

import os


def received(leader: int) -> bytes:
    """Everything that arrives until the other end is gone; closes this one."""
    found = b""
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:  # so Linux tells that the other end is gone
            break
        if not chunk:  # and others
            break
        found += chunk
    os.close(leader)
    return found

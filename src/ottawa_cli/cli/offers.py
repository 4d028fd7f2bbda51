"""What a shell may offer for a value that is being typed: names, choices, files.

Each function takes the text typed so far and gives texts that begin with it, each with a
description. The module comes with every command, so it imports nothing until a shell asks.
"""

from __future__ import annotations

from collections.abc import Iterable

FILES = "<files>"  # in place of a description: names of files, which a shell completes better

Offers = list[tuple[str, str]]


def states(typed: str) -> Offers:
    """Names of States that begin as typed, in the case that is being typed.

    The usual name where it fits, and only where none does, other names and codes. What is
    added to the text resolves to the State: `cote d` becomes `cote d'ivoire`.
    """
    from ottawa_cli.dataset import load

    record = load()
    if not typed:
        return [(record.name(iso3), iso3) for iso3 in record.iso3s]
    from ottawa_cli.names import fold

    # Folding costs a millisecond, and leaves most of what people type as it is.
    word = typed.lower() if typed.isascii() and typed.isalpha() else fold(typed)
    fitting = {iso3 for name, iso3 in record.index.items() if word and name.startswith(word)}
    codes = [iso3 for iso3 in record.iso3s if iso3 in fitting]
    grown = [(_grown(typed, record.name(iso3)), iso3) for iso3 in codes]
    found = [(name, iso3) for name, iso3 in grown if name]
    if found:
        return found
    for iso3 in codes:
        others = [one for name in record.names(iso3) if (one := _grown(typed, name))]
        known = [one for one in others if record.index.get(fold(one)) == iso3]
        if known:
            found.append((min(known, key=len), f"{record.name(iso3)} ({iso3})"))
    return found


def _grown(typed: str, name: str) -> str | None:
    """`typed` with what it lacks of `name`, or None where the name begins otherwise."""
    begun = typed.lower()
    if name.lower().startswith(begun):
        rest = name[len(typed) :]
    else:
        from ottawa_cli.names import fold

        # A letter put after both shows whether a space or a hyphen ends them.
        word = fold(f"{typed}x")
        at = next((n for n in range(1, len(name) + 1) if fold(f"{name[:n]}x") == word), None)
        if at is None:
            return None
        rest = name[at:]
    if typed == begun:
        rest = rest.lower()
    elif typed == typed.upper() and len(typed) > 1:
        rest = rest.upper()
    return typed + rest


def dated(typed: str) -> Offers:
    """``STATE=``, for a date to follow."""
    return [] if "=" in typed else [(f"{name}=", what) for name, what in states(typed)]


def perhaps_dated(typed: str) -> Offers:
    """A State, and ``STATE=`` for dates to follow."""
    if "=" in typed:
        return []
    return [
        offer
        for name, what in states(typed)
        for offer in ((name, what), (f"{name}=", f"{what}, from a day on"))
    ]


def readings(typed: str) -> Offers:
    """``KEY=VALUE`` of every reading."""
    from ottawa_cli.rules.readings import READINGS

    return [
        (f"{key}={value}", "" if value != values[0] else "the default")
        for key, values in READINGS.items()
        for value in values
        if f"{key}={value}".startswith(typed)
    ]


def files(typed: str) -> Offers:
    """Names of files."""
    return [(typed, FILES)]


def fields(command: str | None, typed: str) -> Offers:
    """The columns of a command's machine table."""
    from ottawa_cli.render import keys

    return among(keys.EVENT_SCALARS if command == "timeline" else keys.SCALARS, typed)


def among(choices: Iterable[str], typed: str) -> Offers:
    """The choices that begin as typed."""
    return [(choice, "") for choice in choices if choice.startswith(typed)]

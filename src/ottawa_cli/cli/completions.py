"""What a shell is offered for a value that is being typed: nothing that needs quotes.

Each function takes the text typed so far and gives texts that begin with it. The module comes
with every command, so it imports nothing of the record or the rules until a shell asks.
"""

import os

import typer


def states(incomplete: str) -> list[str]:
    """Names of States as words of letters and hyphens, each of which resolves: `cote-divoire`.

    The usual name where it fits, and only where none does, the shortest other one.
    """
    if key := _before_equals():
        from ottawa_cli.rules.readings import READINGS

        return [value for value in READINGS.get(key, ()) if value.startswith(incomplete)]
    from ottawa_cli.dataset import load
    from ottawa_cli.names import slug

    record, typed = load(), slug(incomplete)
    if incomplete and not typed:  # no letter yet
        return []
    usual = [slug(record.name(iso3)) for iso3 in record.iso3s]
    names = [name for name in usual if name.startswith(typed)]
    if not names:
        index = record.names.words
        others = [word for word in index if word.replace(" ", "-").startswith(typed)]
        shortest = {index[word]: word for word in sorted(others, key=len, reverse=True)}
        names = sorted(word.replace(" ", "-") for word in shortest.values())
    endings = [name[len(typed) :] for name in names]
    if incomplete.endswith("-"):
        endings = [ending.lstrip("-") for ending in endings]
    return [incomplete + ending for ending in endings]


def _before_equals() -> str:
    """The KEY of a KEY=VALUE being typed: bash gives it as three words, the last unfinished."""
    words = os.environ.get("COMP_WORDS", "").split("\n")
    typed = words[: int(os.environ.get("COMP_CWORD", "0")) + 1]
    return next((typed[at - 1] for at in (-1, -2) if len(typed) > 2 and typed[at] == "="), "")


def dated(incomplete: str) -> list[str]:
    """``STATE=``, for a date to follow; two offers, so that no shell ends the word there."""
    if "=" in incomplete:
        return []
    return [f"{name}={hint}" for name in states(incomplete) for hint in ("", "YYYY-MM-DD")]


def perhaps_dated(incomplete: str) -> list[str]:
    """A State, and ``STATE=`` for dates to follow."""
    if "=" in incomplete:
        return []
    return [word for name in states(incomplete) for word in (name, f"{name}=")]


def readings(incomplete: str) -> list[str]:
    """``KEY=VALUE`` of every reading."""
    from ottawa_cli.dataset.shipped import views
    from ottawa_cli.rules.readings import READINGS

    choices = [f"{key}={value}" for key, values in READINGS.items() for value in values]
    choices += [f"as={who}" for who in views()]
    return [choice for choice in choices if choice.startswith(incomplete)]


def clauses(incomplete: str) -> list[str]:
    """The ids of the withdrawal clauses, in small letters."""
    from ottawa_cli.dataset.clauses import clauses

    return [id.lower() for id in clauses() if id.lower().startswith(incomplete.lower())]


def treaties(incomplete: str) -> list[str]:
    """The names that treaties answer to, and the word for every one."""
    from ottawa_cli.dataset import load
    from ottawa_cli.inquiry.inquiry import EVERY_TREATY

    names = [name for treaty in load().treaties for name in treaty.names]
    return [name for name in (*names, EVERY_TREATY) if name.startswith(incomplete)]


def fields(ctx: typer.Context, incomplete: str) -> list[str]:
    """The columns of a command's machine table."""
    from ottawa_cli.render.machine_keys import COLUMNS

    command = str(ctx.info_name)
    columns = COLUMNS[{"explain": "status", "count": "changes"}.get(command, command)]
    return [column for column in columns if column.startswith(incomplete)]

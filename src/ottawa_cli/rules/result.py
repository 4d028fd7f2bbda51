"""What the rules answer: a State's standing on a day, with its reasons, frozen."""

import datetime as dt
from typing import NamedTuple

from ottawa_cli.dates import PartialDate
from ottawa_cli.model import Communication, Conflict, State
from ottawa_cli.rules import article_17
from ottawa_cli.rules.history import History, Notice, basis_of
from ottawa_cli.rules.readings import Readings

# In the order of a State's course; `uncertain` is the answer where the record does not settle it.
STATUSES = (
    "not-party", "signatory", "joining", "party", "withdrawing", "suspended",
    "operation-suspended", "withdrawn", "uncertain",
)  # fmt: skip


class Step(NamedTuple):
    """One step of the derivation.

    `basis` is ``recorded``, ``computed`` or ``assumed``, or None where the step says that
    no source tells; `before` and `after` are the ISO dates the step starts from and arrives
    at; `reading` is the key of the open point it turns on, if any.
    """

    id: str
    provision: str
    basis: str | None
    text: str
    before: str | None = None
    after: str | None = None
    reading: str | None = None
    sources: tuple[str, ...] = ()


class Note(NamedTuple):
    """Something the reader must not miss: a stable code and a sentence."""

    code: str
    text: str


class ConflictStanding(NamedTuple):
    """A conflict of the State, and whether it holds its withdrawal back."""

    conflict: Conflict
    suspends: bool


class Standing(NamedTuple):
    """Where a State stands under the Convention on the day `as_of`.

    Dates are partial where the record does not settle the day; `effective_on` is None
    where no date can be given. `days_to_effective` counts from `as_of`, negative after.
    `state` and `histories` are what the answer was computed from: the State, and its history
    on each combination of exact days: `steps` and `notes` tell
    the reasons from them.
    `through` is where the State stands of which its territory was part before its first day.
    """

    iso3: str
    iso2: str
    name: str
    as_of: dt.date
    readings: Readings
    status: str
    possible_statuses: tuple[str, ...]
    bound: bool | None
    contested: bool
    signed_on: PartialDate | None
    instrument: str | None
    deposited_on: PartialDate | None
    in_force_on: PartialDate | None
    notice: Communication | None
    received_on: PartialDate | None
    revoked_on: PartialDate | None
    period_end_on: PartialDate | None
    effective_on: PartialDate | None
    effective_basis: str | None
    conflicts: tuple[ConflictStanding, ...]
    sources: tuple[str, ...]
    state: State
    histories: tuple[History, ...]
    through: "Standing | None" = None

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notice that the answer is about, on each combination of exact days that has one."""
        return tuple(history.notice for history in self.histories if history.notice)

    @property
    def basis(self) -> str:
        """``assumed`` where the status rests on a what-if, else ``computed``."""
        return basis_of(*(history.assumed_on(self.as_of) for history in self.histories))

    @property
    def days_to_effective(self) -> int | None:
        """Days from `as_of` to the day of effect, where that day is known."""
        day = self.effective_on.day if self.effective_on else None
        return (day - self.as_of).days if day else None

    @property
    def first_report_due_on(self) -> dt.date | None:
        """The first transparency report, where the day of entry into force is known."""
        return self._due_on("first-report")

    @property
    def stockpiles_due_on(self) -> dt.date | None:
        """The destruction of stockpiles; None too where the State has left by then."""
        return self._due_on("stockpiles")

    def _due_on(self, id: str) -> dt.date | None:
        """The last day for what entry into force starts, where it is known and the State there."""
        limits = {limit.id: limit for limit in self.state.treaty.deadlines}
        in_force_on = self.in_force_on and self.in_force_on.day
        if in_force_on is None or id not in limits:
            return None
        due = article_17.due_on(in_force_on, limits[id])
        gone = self.effective_on and self.effective_on.latest <= due
        return None if gone else due

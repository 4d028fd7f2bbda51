"""Joining: Articles 15 and 17 (entry into force), and the periods of Articles 4 and 7 it starts."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from ottawa_cli.dates import add_months
from ottawa_cli.model import Deposit

OPENED_FOR_SIGNATURE = dt.date(1997, 12, 3)  # Art. 15
FORTIETH_DEPOSIT = dt.date(1998, 9, 16)
CONVENTION_IN_FORCE = dt.date(1999, 3, 1)


@lru_cache(maxsize=1024)
def entry_into_force(deposited_on: dt.date) -> dt.date:
    """The day the Convention enters into force for a State that deposited on `deposited_on`.

    Art. 17(1): for the first forty States, the first day of the sixth month after the
    month of the fortieth deposit. Art. 17(2): for a later one, the first day of the
    sixth month after the month of its own deposit, as the depositary counts it.
    """
    if deposited_on <= FORTIETH_DEPOSIT:
        return CONVENTION_IN_FORCE
    return add_months(deposited_on.replace(day=1), 6).day


def paragraph(deposited_on: dt.date) -> str:
    """The paragraph that `entry_into_force` applies to a deposit on that day."""
    return "Art. 17(1)" if deposited_on <= FORTIETH_DEPOSIT else "Art. 17(2)"


def rests_on(deposit: Deposit) -> str:
    """What entry into force rests on: a paragraph, or the reason the record gives to depart."""
    rule = paragraph(deposit.deposited_on.earliest)
    return f"The record's reason, not {rule}" if deposit.in_force_on else rule


def stockpile_deadline(in_force_on: dt.date) -> dt.date:
    """Art. 4: stockpiles destroyed not later than four years after entry into force."""
    return add_months(in_force_on, 48).day


def first_report_due(in_force_on: dt.date) -> dt.date:
    """Art. 7(1): the first report not later than 180 days after entry into force."""
    return in_force_on + dt.timedelta(days=180)

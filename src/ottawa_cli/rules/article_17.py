"""Joining: Articles 15 and 17 (entry into force), and the time limits that it starts.

With which deposit the treaty came into force, and after how many months, is the treaty's own.
"""

from __future__ import annotations

import datetime as dt

from ottawa_cli.dates import add_months
from ottawa_cli.model import Deadline, Deposit, Joining, Treaty


def entry_into_force(deposited_on: dt.date, joining: Joining) -> dt.date:
    """The day the treaty enters into force for a State that deposited on `deposited_on`.

    For the first States (paragraph 1), the first day of the sixth month after the month of the
    deposit that brought it into force. For a later one (paragraph 2), the first day of the
    sixth month after the month of its own deposit, as the depositary counts it.
    """
    if deposited_on <= joining.completed_on:
        return joining.in_force_on
    return add_months(deposited_on.replace(day=1), joining.months).day


def paragraph(deposited_on: dt.date, treaty: Treaty) -> str:
    """The paragraph that `entry_into_force` applies to a deposit on that day."""
    if deposited_on <= treaty.joining.completed_on:
        return treaty.provisions.first_entry_into_force
    return treaty.provisions.later_entry_into_force


def rests_on(deposit: Deposit, treaty: Treaty) -> str:
    """What entry into force rests on: a paragraph, or the reason the record gives to depart."""
    rule = paragraph(deposit.deposited_on.earliest, treaty)
    return f"The record's reason, not {rule}" if deposit.in_force_on else rule


def due_on(in_force_on: dt.date, deadline: Deadline) -> dt.date:
    """The last day for what a State is to do within a time from entry into force."""
    if deadline.days:
        return in_force_on + dt.timedelta(days=deadline.days)
    return add_months(in_force_on, 12 * deadline.years).day

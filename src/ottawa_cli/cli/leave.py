"""`ottawa leave`: the earliest day on which States could be out."""

from ottawa_cli import render
from ottawa_cli.cli import options
from ottawa_cli.cli.exits import tell


@options.asking(filters=True)
def run(asked: options.Asked, state: options.States = None) -> None:
    """The earliest day on which a State could be out, and what that rests on.

    For its pending notice or one assumed with --notice, else for one received on the day asked
    about. Without a STATE: every State bound on that day, those held back first.

    \b
    ottawa leave norway
    ottawa leave --in-conflict
    ottawa leave ukraine --conflict ukraine=2014-02-27..2027-07-01
    """
    inquiry, iso3s, named = asked.about(state, lambda inquiry: inquiry.record.iso3s, all=False)
    record = inquiry.record
    unsettled: list[str] = []
    if not (named or asked.filters.only or asked.filters.bound):
        unsettled = [record.name(iso3) for iso3 in iso3s if inquiry.standing(iso3).bound is None]
        iso3s = [iso3 for iso3 in iso3s if inquiry.standing(iso3).bound]
    leavings = [inquiry.leaving(iso3) for iso3 in iso3s]
    if not named:
        leavings.sort(
            key=lambda leaving: (not leaving.waits_for, leaving.earliest_effect_on is not None)
        )
    asked.delivery.send(
        document=lambda: render.report_leaving.leaving(inquiry, leavings, asked.sources, unsettled),
        content=lambda: {
            **render.machine_keys.envelope(inquiry),
            "states": [render.machine_keys.of_leaving(leaving, record) for leaving in leavings],
        },
        table="leave",
    )
    if "earliest_effect_on" in asked.delivery.fields:
        for leaving in leavings:
            if leaving.earliest_effect_on is None or leaving.earliest_effect_on.day is None:
                tell(f"ottawa: {leaving.sentence}")
    options.tell_unused(inquiry, iso3s)

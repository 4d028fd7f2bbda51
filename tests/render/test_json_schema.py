"""Every JSON answer is valid against the schema that ships, and uses all of its keys."""

import datetime as dt
import json
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import Ottawa

import ottawa_cli
from ottawa_cli import READINGS, AssumedConflict, Assumptions, Inquiry, Readings, Record
from ottawa_cli.render import machine_keys

SHIPPED = Path(ottawa_cli.__file__).parent / "render" / "result.schema.json"
SCHEMA = json.loads(SHIPPED.read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
DAYS = [
    dt.date(*day)
    for day in [
        (1900, 1, 1), (1997, 12, 3), (1999, 2, 28), (1999, 3, 1), (2004, 5, 12), (2011, 7, 9),
        (2014, 2, 27), (2025, 3, 12), (2025, 6, 27), (2025, 7, 18), (2025, 8, 20), (2025, 12, 26),
        (2025, 12, 27), (2026, 1, 10), (2026, 2, 20), (2026, 2, 28), (2026, 9, 1), (2026, 11, 23),
        (2027, 2, 1), (2100, 1, 1),
    ]
]  # fmt: skip
OTHER = Readings.parse([f"{key}={values[-1]}" for key, values in READINGS.items()])


VALID: set[str] = set()  # what has been told of a State and found to be as the schema has it


def valid(content: dict[str, Any]) -> None:
    """Fail with every fault of a JSON answer, as it would be read back.

    The schema judges each of its States alone: so does this, and each distinct one once.
    """
    states = [json.dumps(state) for state in content["states"]]
    new = [text for text in states if text not in VALID]
    read = json.loads(json.dumps({**content, "states": []}))
    read["states"] = [json.loads(text) for text in new]
    faults = [f"{fault.json_path}: {fault.message}" for fault in VALIDATOR.iter_errors(read)]
    assert not faults, faults[:5]
    VALID.update(new)


def test_the_schema_is_one_and_the_same_in_the_package_and_in_the_docs() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    docs = Path(__file__).parents[2] / "docs" / "reference" / "result.schema.json"
    assert docs.read_bytes() == SHIPPED.read_bytes()


def test_the_schema_knows_the_readings_and_the_order_of_the_keys(record: Record) -> None:
    offered = SCHEMA["properties"]["readings"]["properties"]
    assert {key: value["enum"] for key, value in offered.items()} == {
        key: list(values) for key, values in READINGS.items()
    }
    state = Inquiry(record, DAYS[-1]).standing("LTU").to_dict()
    assert list(state) == SCHEMA["$defs"]["state"]["required"]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_state_is_valid_under_what_ifs(record: Record, day: dt.date) -> None:
    assumed = {
        "none": Assumptions(),
        "war": Assumptions(
            notices={"EST": (dt.date(2024, 8, 31),), "UKR": (dt.date(2025, 7, 18),)},
            revocations={"POL": (dt.date(2025, 12, 1),)},
            conflicts={"EST": (AssumedConflict(dt.date(2025, 2, 1), None, "OCC"),)},
            at_war=frozenset({"FIN", "THA"}),
        ),
    }
    for name, readings in product(assumed, (Readings(), OTHER)):
        inquiry = Inquiry(record, day, readings, assumed[name])
        states = [one.to_dict() for one in inquiry.standings()]
        assert len(states) == 197
        valid({**machine_keys.envelope(inquiry), "states": states})
        some = [
            machine_keys.of_timeline(inquiry, iso3) for iso3 in ("EST", "UKR", "LBN", "LTU", "POL")
        ]
        valid({**machine_keys.envelope(inquiry), "states": some})


def test_the_explanation_is_valid(record: Record) -> None:
    for iso3, day in product(("LTU", "UKR", "LBN", "THA"), DAYS[-3:]):
        inquiry = Inquiry(record, day)
        valid(
            {
                **machine_keys.envelope(inquiry),
                "states": [machine_keys.of_explanation(inquiry, iso3)],
            }
        )


@pytest.mark.parametrize(
    ("words", "told"),
    [((), "changes"), (("--every", "month"), "series"), (("--panel", "--to=2026-12-31"), "panel")],
)
def test_a_count_is_valid_and_has_the_columns_of_its_table(
    ottawa: Ottawa, words: tuple[str, ...], told: str
) -> None:
    asked = ("count", "--as-of=2026-11-23", "--format=json", "--notice=norway=2027-01-01", *words)
    content = json.loads(ottawa(*asked).stdout)
    VALIDATOR.validate(content)
    assert list(content)[-1] == told
    assert [key for key in content[told][0] if key != "sources"] == list(machine_keys.COLUMNS[told])
    assert not VALIDATOR.is_valid({**content, "states": []})


@pytest.mark.parametrize(
    ("key", "value"),
    [("status", "left"), ("bound", "yes"), ("effective_on", "2025-13-01"), ("iso3", "lt")],
)
def test_the_schema_refuses_what_is_no_answer(record: Record, key: str, value: str) -> None:
    inquiry = Inquiry(record, DAYS[-1])
    content = {
        **machine_keys.envelope(inquiry),
        "states": [{**inquiry.standing("LTU").to_dict(), key: value}],
    }
    assert not VALIDATOR.is_valid(json.loads(json.dumps(content)))

"""The machine table in every form, and the pages made from the same blocks."""

import csv
import html
import html.parser
import io
import json
from collections import Counter
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from conftest import Ottawa

from ottawa_cli import Record
from ottawa_cli.render import machine_keys

AS_OF = "--as-of=2026-11-23"
WHAT_IF = ("--notice", "estonia=2024-08-31", "--conflict", "estonia=2025-03-01..")


def answer(ottawa: Ottawa, *words: str, **variables: str) -> str:
    """What a command that succeeds prints."""
    done = ottawa(*words, **variables)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def as_json(ottawa: Ottawa, *words: str) -> list[dict[str, object]]:
    states: list[dict[str, object]] = json.loads(answer(ottawa, *words, "--format", "json"))[
        "states"
    ]
    return states


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_the_table_says_what_json_says(ottawa: Ottawa, record: Record, form: str) -> None:
    text = answer(ottawa, "status", "--all", AS_OF, "--format", form)
    assert "\r" not in text
    rows = list(
        csv.DictReader(io.StringIO(text), dialect="excel-tab" if form == "tsv" else "excel")
    )
    states = as_json(ottawa, "status", "--all", AS_OF)
    assert list(rows[0]) == list(machine_keys.COLUMNS["status"])
    ends = ("deposited_earliest", "deposited_latest", "in_force_earliest", "in_force_latest")
    plain = [key for key in machine_keys.COLUMNS["status"] if key not in {*ends, "addressees"}]
    for row, state in zip(rows, states, strict=True):
        assert [row[key] for key in plain] == [machine_keys.text(state[key]) for key in plain]
        assert row["addressees"].split(";") == (state["addressees"] or [""])
        between = [state["deposited_between"], state["in_force_between"]]
        found = {end: day for pair in between if pair for end, day in pair.items()}
        assert [row[end] for end in ends] == ["2026-02-04", "2026-08-25", "2026-08-01",
                                              "2027-02-01"] if found else [""] * 4  # fmt: skip
    assert {row["name"] for row in rows} == {state.name for state in record.states()}


def test_a_spreadsheet_finds_the_form_and_the_names(ottawa: Ottawa) -> None:
    done = ottawa("status", "--all", AS_OF, "--format", "csv", "--bom")
    text = done.stdout
    assert text.startswith("\ufeffiso3,")
    dialect = csv.Sniffer().sniff(text[:2000])
    assert dialect.delimiter == ","
    names = [row[2] for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), dialect)]
    assert {"Türkiye", "Côte d'Ivoire"} <= {name.replace("’", "'") for name in names}


def test_the_events_of_a_timeline(ottawa: Ottawa) -> None:
    rows = list(csv.DictReader(io.StringIO(answer(
        ottawa, "timeline", "lithuania", "ukraine", AS_OF, "--format", "csv"))))  # fmt: skip
    events = [e for s in as_json(ottawa, "timeline", "lithuania", "ukraine", AS_OF)
              for e in s["events"]]  # fmt: skip
    assert list(rows[0]) == list(machine_keys.COLUMNS["timeline"])
    assert [row["title"] for row in rows] == [event["title"] for event in events]
    assert [row["sources"].split() for row in rows] == [
        [source["id"] for source in event["sources"]] for event in events
    ]


def test_fields(ottawa: Ottawa) -> None:
    one = answer(ottawa, "status", "lithuania", AS_OF, "--field", "effective_on")
    assert one == "2025-12-27\n"
    two = answer(ottawa, "status", "lithuania", "ukraine", AS_OF, "--field", "name",
                 "--field", "received_on")  # fmt: skip
    assert two == "Lithuania\t2025-06-27\nUkraine\t\n"
    columns = answer(ottawa, "status", "lithuania", AS_OF, "--field", "name", "--format", "csv")
    assert columns == "name\nLithuania\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--field", "colour"], "there is no field 'colour'."),
        (["--format", "xml"], "--format 'xml': choose table, plain"),
        (["--format", "markdwon"], "Did you mean markdown?"),
        (["--format", "svg"], "--format 'svg': choose"),
        (["--field", "name", "--format", "json"], "--field does not go with --format json"),
        (["--bom"], "--bom goes with"),
        (["--color", "sometimes"], "--color 'sometimes': choose auto, always or never"),
    ],
)
def test_what_does_not_exist_is_a_usage_error(ottawa: Ottawa, words: list[str], said: str) -> None:
    done = ottawa("status", "lithuania", AS_OF, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) <= 2
    if words[0] == "--field" and len(words) == 2:
        assert "effective_on" in done.stderr


class Tables(html.parser.HTMLParser):
    """The cells of every table of a page, and what it refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.scopes: Counter[str] = Counter()
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags[tag] += 1
        self.ids += [str(found["id"])] if "id" in found else []
        self.links += [str(found[key]) for key in ("href", "src") if key in found]
        self.scopes[str(found.get("scope"))] += tag == "th"
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def by_github(text: str) -> str:
    return cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_FOOTNOTES)


def rows_of(page: str) -> list[list[str]]:
    """The rows of a page's tables, without their sources."""
    found = Tables()
    found.feed(page)
    rows, wide = [], 0
    for row in found.rows:
        wide = row.index("Sources") if "Sources" in row else wide
        rows.append([" ".join(cell.split()) for cell in row[:wide]])
    return rows


@pytest.mark.parametrize(
    "words",
    [["status", "--all"], ["status", "lithuania"], ["timeline", "ukraine", "estonia", *WHAT_IF],
     ["explain", "lebanon"]],
)  # fmt: skip
def test_markdown_has_the_tables_of_the_page_and_every_source(
    ottawa: Ottawa, words: list[str]
) -> None:
    text = answer(ottawa, *words, AS_OF, "--format", "markdown", "--sources")
    page = by_github(text)
    rows = rows_of(page)
    assert rows == rows_of(answer(ottawa, *words, AS_OF, "--format", "html", "--sources"))
    assert bool(rows) == (words[0] != "explain")
    assert "[^" not in page  # every footnote found its text
    assert "not legal advice" in page
    assert "As of 2026-11-23" in page
    for state in as_json(ottawa, *words, AS_OF):
        for source in state["sources"]:
            assert html.escape(source["url"]) in page


def test_markdown_has_the_columns_asked_for(ottawa: Ottawa) -> None:
    fields = ["--field", "name", "--field", "effective_on"]
    text = answer(ottawa, "status", "--all", AS_OF, "--format", "markdown", *fields)
    found = Tables()
    found.feed(by_github(text))
    table = answer(ottawa, "status", "--all", AS_OF, "--format", "tsv", *fields).splitlines()
    assert found.rows == [line.split("\t") for line in table]
    cited = answer(ottawa, "timeline", "latvia", AS_OF, "--format", "markdown", "--field", "title",
                   "--sources")  # fmt: skip
    assert "\n| Deposit: accession | [^U26]" in cited
    assert "[^" not in by_github(cited)


def test_markdown_escapes_what_would_be_markup() -> None:
    from ottawa_cli.render import markdown
    from ottawa_cli.render.document import Footer, Items, Table
    from ottawa_cli.render.machine_keys import Grid

    nasty = "a|b *c* _d_ <b>e</b> [f](g) `h` ~~i~~ \\ j\nk # l"
    grid = Grid(("name",), [{"name": nasty}])
    document = (Table(("x",), ((nasty,),), keyed=True), Items("t", (nasty,)), Footer((nasty,)))
    found = Tables()
    page = cmarkgfm.github_flavored_markdown_to_html(markdown.render(document, grid))
    found.feed(page)
    assert found.rows == [["name"], [" ".join(nasty.split())]]
    assert not {"em", "b", "a", "code", "del", "strong"} & set(found.tags)


@pytest.mark.parametrize("words", [["status"], ["timeline", "ukraine"], ["explain", "lebanon"]])
def test_the_page_needs_nothing_else_and_hangs_together(ottawa: Ottawa, words: list[str]) -> None:
    text = answer(ottawa, *words, AS_OF, "--format", "html", "--sources")
    page = Tables()
    page.feed(text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert not {"link", "img", "iframe"} & set(page.tags)
    assert page.tags["script"] == 1
    assert "@import" not in text
    assert "url(http" not in text
    assert page.tags["h1"] == 1
    assert page.scopes["None"] == 0
    assert len(page.ids) == len(set(page.ids))
    within = {link[1:] for link in page.links if link.startswith("#")}
    assert within <= set(page.ids)
    assert all(link.startswith(("http://", "https://", "#")) for link in page.links)
    assert page.tags["svg"] == 2 * (words[0] == "timeline")  # on a screen, and on a phone
    assert "not legal advice" in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_the_ending_of_the_file_chooses_the_form(ottawa: Ottawa, tmp_path: Path) -> None:
    for ending, start in {
        "csv": "iso3,", "tsv": "iso3\t", "md": "# Lithuania", "html": "<!DOCTYPE", "json": "{",
        "txt": "Lithuania (LTU)", "": "Lithuania (LTU)",
    }.items():  # fmt: skip
        file = (tmp_path / "answer").with_suffix(f".{ending}" if ending else "")
        assert answer(ottawa, "status", "lithuania", AS_OF, "--output", str(file)) == ""
        assert file.read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize(
    ("ending", "made"),
    {
        "XLSX": "libreoffice --convert-to xlsx answers.csv", "docx": "", "ics": "", "csv.gz": "",
        "ods": "libreoffice --convert-to ods answers.csv",
        "png": "rsvg-convert -f png picture.svg -o picture.png",
        "pdf": "rsvg-convert -f pdf picture.svg -o picture.pdf",
    }.items(),
)  # fmt: skip
def test_an_ending_that_says_no_form_is_refused(
    ottawa: Ottawa, tmp_path: Path, ending: str, made: str
) -> None:
    file = tmp_path / f"answer.{ending}"
    last = ending.rpartition(".")[2].lower()
    for command in ("status", "explain"):
        done = ottawa(command, "lithuania", "--output", str(file))
        assert (done.returncode, done.stdout) == (2, "")
        said = done.stderr.splitlines()
        assert said[0].startswith(f"ottawa: no format goes by the ending '.{last}' here: choose .")
        assert said[1:] == ([said[1]] if made else [])
        assert made in said[-1]
        if last not in {"ics", "gz"}:
            asked = ottawa(command, "lithuania", "--format", last).stderr
            assert asked.startswith(f"ottawa: --format '{last}': choose table, ")
            assert made in asked
    assert not file.exists()
    assert answer(ottawa, "status", "lithuania", "--format", "csv", "--output", str(file)) == ""
    assert file.exists()


def test_many_states_stand_a_line_each_and_few_are_laid_out(ottawa: Ottawa) -> None:
    every = answer(ottawa, "status", "--all", AS_OF, "--format", "json")
    states = json.loads(every)["states"]
    for state in states:
        assert f"\n    {json.dumps(state, ensure_ascii=False)}" in every
    few = answer(ottawa, "status", "lithuania", "poland", AS_OF, "--format", "json")
    by_name = {state["name"]: state for state in states}
    assert json.loads(few)["states"] == [by_name["Lithuania"], by_name["Poland"]]
    assert '\n      "iso3": "LTU",\n' in few

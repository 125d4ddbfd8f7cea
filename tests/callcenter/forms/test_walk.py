from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from callcenter.forms.walk import run
from tests.scenario.recorded import comparable, comparer, named, replay
from tests.scenario.xform import select, xform

REPEAT = (
    '<group ref="/data/r"><label>row</label><repeat nodeset="/data/r"><input ref="/data/r/x"><label>x</label></input>'
    "</repeat></group>"
)
FORM = xform(
    "<a/><b/><n/><r><x/></r>",
    {
        "a": "required='true()' jr:requiredMsg='please'",
        "b": "relevant=\"/data/a = 'y'\"",
        "n": 'calculate="count(/data/r)"',
    },
    select("a", "x y") + '<input ref="/data/b"><label>b</label></input>' + REPEAT,
)


def ask(*requests: object) -> list[dict[str, Any]]:
    out = io.StringIO()
    run(io.StringIO("".join(json.dumps(request) + "\n" for request in requests)), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def walk(*steps: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    (told,) = ask({"id": 1, "xml": FORM, "steps": list(steps), **more})
    assert told["load"]["ok"], told
    return list(told["states"])


def test_the_first_state_tells_every_node_in_order():
    (state,) = walk()
    assert [(node["ref"], node.get("value")) for node in state["nodes"]][:7] == [
        ("/data/a", ""),
        ("/data/b", ""),
        ("/data/n", "1"),
        ("/data/r", None),
        ("/data/r[1]", None),
        ("/data/r[1]/x", ""),
        ("/data/meta", None),
    ]
    first = state["nodes"][0]
    assert (first["required"], first["required_ok"], first["message"]) == (True, False, "please")
    assert first["items"] == [{"value": "x", "label": "X"}, {"value": "y", "label": "Y"}]


def test_delta_tells_what_changed_and_what_is_gone():
    _, added, removed = walk({"add": "/data/r"}, {"remove": "/data/r[1]"}, dump="delta")
    assert [node["ref"] for node in added["nodes"]] == ["/data/n", "/data/r", "/data/r[2]", "/data/r[2]/x"]
    assert removed["gone"] == ["/data/r[2]|", "/data/r[2]/x|"]


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ({"set": "/data/nothing", "value": "1"}, "no-node"),
        ({"set": "/data/r/x", "value": "1"}, "no-node"),
        ({"set": "/data/n", "value": "1"}, "not-settable"),
        ({"set": "/data/r", "value": "1"}, "not-settable"),
        ({"add": "/data/a"}, "no-node"),
        ({"remove": "/data/r"}, "no-node"),
        ({"remove": "/data/r[4]"}, "no-node"),
        ({"language": "nl"}, "no-language"),
        ({"jump": 1}, "bad-step"),
        ({"set": "/data/b", "value": "1"}, None),
    ],
)
def test_a_step_that_cannot_be_taken_says_why_and_the_walk_goes_on(step: dict[str, Any], error: str | None):
    _, first, second = walk(step, {"set": "/data/a", "value": "y"})
    assert first.get("error") == error
    assert "error" not in second


def test_submit_tells_whether_all_is_valid_and_the_xml():
    _, empty, _, full = walk({"submit": True}, {"set": "/data/a", "value": "x"}, {"submit": True}, dump="none")
    assert (empty["valid"], full["valid"]) == (False, True)
    assert full["xml"].startswith('<data id="t"><a>x</a><n>1</n><r><x></x></r>')


def test_a_bad_line_and_a_bad_form_are_answered():
    out = io.StringIO()
    run(io.StringIO('nonsense\n\n{"id":2,"form":"/nowhere.xml"}\n{"id":3,"xml":"<a/>"}\n[]\n'), out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [one["load"]["ok"] for one in told] == [False] * 4
    assert [one["id"] for one in told] == [None, 2, 3, None]


def test_attachments_are_read_by_name(tmp_path: Path):
    (tmp_path / "t.csv").write_text("name\nx\n")
    form = xform(
        "<a/>",
        {"a": "calculate=\"pulldata('t', 'name', 'name', 'x')\""},
        "<group/>",
        model="<instance id='t' src='jr://file-csv/t.csv'/>",
    )
    (told,) = ask({"xml": form, "attachments": {"t.csv": str(tmp_path / "t.csv")}})
    assert told["states"][0]["nodes"][0]["value"] == "x"


@pytest.mark.shared
def test_recorded_walks_are_the_same_or_differ_by_name():
    compare = comparer()
    walks = comparable()
    # Every fourth form and all with a named deviation, to stay within seconds; all of them take ten.
    chosen = [pair for place, pair in enumerate(walks) if place % 4 == 0 or named(pair[0]["id"])]
    reports = [replay(compare, row, walk) for row, walk in chosen if row["id"].split("_")[0] != "149"]
    refused = {report.form.split("_")[0]: report.note for report in reports if report.verdict == "failed"}
    assert set(refused) <= {"057", "135", "136", "138", "139", "179", "194"}, refused
    differing = {report.form: report.examples[:2] for report in reports if report.verdict == "differing"}
    assert differing == {}
    assert len(reports) > 80


BAD_LINES = (
    "nonsense", "[]", "null", "5", '{"id":', '{"id":NaN}', "[" * 100_000, '{"id":' + "9" * 5000 + "}",
    "\udcff\udcfe{}",
    '{"id":1}', '{"xml":5}', '{"form":5}', '{"form":"/"}', '{"xml":""}', '{"xml":"\\ud800"}',
)  # fmt: skip


@pytest.mark.parametrize("line", BAD_LINES, ids=range(len(BAD_LINES)))
def test_a_line_of_any_kind_is_answered_by_one_line_and_the_next_is_served(line: str):
    out = io.StringIO()
    run(io.StringIO(f"{line}\n" + json.dumps({"id": "next", "xml": FORM, "dump": "none"}) + "\n"), out)
    bad, following = [json.loads(told) for told in out.getvalue().splitlines()]
    assert bad["load"]["ok"] is False
    assert bad["load"]["error"]
    assert bad["states"] == []
    assert (following["id"], following["load"]["ok"]) == ("next", True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": 5}, {"steps": {"a": 1}}, {"now": "tomorrow"}, {"now": 5}, {"now": "9999-12-31T23:59:59-12:00"},
        {"seed": "x"}, {"properties": 5}, {"properties": {"deviceID": 5}}, {"attachments": [1]},
        {"attachments": {"a.csv": 5}}, {"attachments": {"a.csv": "/nowhere"}}, {"dump": "all"}, {"edit": 5},
        {"edit": "<no"},
    ],
    ids=str,
)  # fmt: skip
def test_a_request_with_a_wrong_member_is_answered_under_its_id(wrong: dict[str, Any]):
    (told,) = ask({"id": "mine", "xml": FORM, **wrong})
    assert told["id"] == "mine"
    assert told["load"]["ok"] is False
    assert "Error" not in told["load"]["error"]


@pytest.mark.parametrize(
    "step",
    [[], None, 5, "x", {}, {"add": "/data/r", "count": "x"}, {"add": "/data/r", "count": -1},
     {"add": "/data/r", "count": 1.5}, {"set": "/data/b", "value": {}}, {"set": "/data/b", "value": []}],
    ids=str,
)  # fmt: skip
def test_a_step_of_a_wrong_kind_is_a_bad_step_and_changes_nothing(step: object):
    _, bad, _ = walk(step, {"set": "/data/a", "value": "y"}, dump="delta")  # type: ignore[arg-type]
    assert (bad["error"], bad["nodes"], bad["gone"]) == ("bad-step", [], [])


def test_numbers_and_truths_are_taken_as_their_texts():
    states = walk(
        *({"set": "/data/b", "value": value} for value in (0, 1.5, True, None)), {"set": "/data/a", "value": "y"}
    )
    assert states[-1]["nodes"][1]["value"] == ""
    states = walk({"set": "/data/a", "value": "y"}, {"set": "/data/b", "value": 0}, {"set": "/data/b", "value": True})
    assert [state["nodes"][1]["value"] for state in states] == ["", "", "0", "true"]


def test_a_thousand_million_instances_end_at_the_cap_at_once():
    _, added = walk({"add": "/data/r", "count": 1_000_000_000}, dump="delta")
    assert next(node["count"] for node in added["nodes"] if node["ref"] == "/data/r") == 500


def test_half_a_letter_in_an_id_is_echoed_as_json_can_say_it():
    (told,) = ask({"id": "\ud800", "xml": FORM, "dump": "none"})
    assert told["id"] == "\ud800"


def test_a_file_that_is_not_attached_is_empty_or_refuses_the_form():
    form = xform(
        "<a/>",
        {"a": "calculate=\"count(instance('t')/root/item)\""},
        "<group/>",
        model="<instance id='t' src='jr://file-csv/t.csv'/><instance id='u' src='jr://instance/last-saved'/>",
    )
    blank, refused = ask({"xml": form}, {"xml": form, "missing": "error"})
    assert blank["states"][0]["nodes"][0]["value"] == "0"
    assert refused["load"] == {"ok": False, "error": "not attached: t.csv"}


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../../etc/passwd", "CET-1CEST"])
def test_an_unknown_time_zone_is_an_answer(zone: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TZ", zone)
    (told,) = ask({"id": 1, "xml": FORM})
    assert zone in told["load"]["error"]


def test_the_command_speaks_utf_8_in_any_locale():
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    said = '{"id":"é€"}\n'.encode() + b'\xff\n{"id":2}\n'
    words = [sys.executable, "-m", "callcenter", "form", "walk"]
    done = subprocess.run(words, input=said, capture_output=True, check=True, env=environment, timeout=60)
    assert [json.loads(line)["id"] for line in done.stdout.decode().splitlines()] == ["é€", None, 2]
    assert done.stderr == b""

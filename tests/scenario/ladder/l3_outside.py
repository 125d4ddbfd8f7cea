"""Lists from outside the form: CSV and XML files, and pulldata()."""

from __future__ import annotations

from collections.abc import Iterator

from tests.scenario.ladder.walks import Walk, ask, attribute, pick, put
from tests.scenario.xform import xform

_TABLES = {
    "plain": "name,label,region\ngent,Gent,east\nbrugge,Brugge,west\n",
    "with quotes": 'name,label,region\ngent,"Gent, centrum",east\nbrugge,"De ""Brug""",west\n',
    "with a mark in front": "\ufeffname,label,region\ngent,Gent,east\n",
    "with Windows line ends": "name,label,region\r\ngent,Gent,east\r\nbrugge,Brugge,west\r\n",
    "with other columns first": "region,label,name,more\neast,Gent,gent,x\nwest,Brugge,brugge,y\n",
    "with empty cells": "name,label,region\ngent,,east\nbrugge,Brugge,\n",
    "with rows that fall short": "name,label,region\ngent,Gent\nbrugge,Brugge,west\n",
    "with an empty line": "name,label,region\ngent,Gent,east\n\nbrugge,Brugge,west\n",
    "with no row": "name,label,region\n",
    "with accents": "name,label,region\ngent,Gént,east\nbrugge,Brügge ✓,west\n",
    "with spaces": "name,label,region\ngent, Gent ,east\n brugge,Brugge,west \n",
    "with the same key twice": "name,label,region\ngent,First,east\ngent,Second,west\n",
    "with a line break in a cell": 'name,label,region\ngent,"Gent\nStad",east\n',
    "without a line end": "name,label,region\ngent,Gent,east\nbrugge,Brugge,west",
    "with semicolons": "name;label;region\ngent;Gent;east\n",
}
_STEPS = (
    put("k", "gent"),
    put("s", "brugge"),
    put("f", "east"),
    put("k", "nobody"),
    put("f", "west"),
    put("k", "brugge"),
)
_LOOK_UPS = {
    "pulldata": "pulldata('t', 'label', 'name', /data/k)",
    "pulldata with no such column": "pulldata('t', 'nothing', 'name', /data/k)",
    "pulldata by another column": "pulldata('t', 'name', 'region', /data/f)",
    "a path": "instance('t')/root/item[name = /data/k]/label",
    "a path by place": "instance('t')/root/item[2]/label",
    "a path to the last": "instance('t')/root/item[last()]/name",
    "count": "count(instance('t')/root/item)",
    "count by filter": "count(instance('t')/root/item[region = /data/f])",
    "whether one is there": "boolean(instance('t')/root/item[name = /data/k])",
    "two keys": "instance('t')/root/item[name = /data/k][region = /data/f]/label",
    "a text of a column": "join('-', instance('t')/root/item/name)",
    "a number of a column": "sum(instance('t')/root/item/n)",
    "the greatest of a column": "max(instance('t')/root/item/n)",
}


def _tables() -> Iterator[Walk]:
    body = ask("k") + ask("f") + pick("s", "instance('t')/root/item[/data/f = '' or region = /data/f]")
    binds = {"c": "calculate=\"instance('t')/root/item[name = /data/k]/label\""}
    form = xform("<k/><f/><s/><c/>", binds, body, model='<instance id="t" src="jr://file-csv/towns.csv"/>')
    for name, text in _TABLES.items():
        yield Walk(f"a table {name}", form, _STEPS, files={"towns.csv": text})
    yield Walk("a table that nobody gave", form, _STEPS)
    deep = form.replace("jr://file-csv/towns.csv", "jr://file-csv/../../etc/towns.csv")
    yield Walk("a table is found by its last name only", deep, _STEPS, files={"towns.csv": _TABLES["plain"]})


def _look_ups() -> Iterator[Walk]:
    table = "name,label,region,n\ngent,Gent,east,3\nbrugge,Brugge,west,4\nieper,Ieper,west,\n"
    for name, formula in _LOOK_UPS.items():
        form = xform(
            "<k/><f/><c/>",
            {"c": f'calculate="{attribute(formula)}"'},
            ask("k") + ask("f"),
            model='<instance id="t" src="jr://file-csv/t.csv"/>',
        )
        yield Walk(
            f"a look-up by {name}",
            form,
            tuple(step for step in _STEPS if step["set"] != "/data/s"),
            files={"t.csv": table},
        )


def _xml() -> Iterator[Walk]:
    first = "<item><name>a</name><label>A</label><region>east</region></item>"
    told = f"<root>{first}<item><name>b</name><label>B</label></item></root>"
    body = ask("k") + ask("f") + pick("s", "instance('t')/root/item[/data/f = '' or region = /data/f]")
    form = xform("<k/><f/><s/>", {}, body, model='<instance id="t" src="jr://file/t.xml"/>')
    steps = (put("s", "b"), put("f", "east"), put("s", "a"), put("f", "x"))
    yield Walk("a list in an XML file", form, steps, files={"t.xml": told})


WALKS = [*_tables(), *_look_ups(), *_xml()]

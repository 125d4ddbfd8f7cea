from __future__ import annotations

import pytest

from callcenter.forms.definition.tables import from_csv
from callcenter.forms.errors import FormTooLarge
from tests.scenario.xform import Filled, xform

CSV = '\ufeffcode,name,region\n1,"Gent, stad",oost\n2,Brugge,west\n\n3,Aalst\n'


def test_a_csv_file_becomes_items_with_one_child_per_column():
    root = from_csv(CSV)
    items = root.named("item")
    assert [item.named("name")[0].text for item in items] == ["Gent, stad", "Brugge", "Aalst"]
    assert items[2].named("region")[0].text == ""


def test_too_many_rows_are_refused():
    with pytest.raises(FormTooLarge):
        from_csv("a\n" + "1\n" * 20_001)


def _form(source: str) -> str:
    model = f"<instance id='towns' src='{source}'/>"
    body = (
        "<input ref='/data/code'/><select1 ref='/data/town'>"
        "<itemset nodeset=\"instance('towns')/root/item[region = /data/region]\">"
        "<value ref='code'/><label ref='name'/></itemset></select1><input ref='/data/region'/>"
    )
    binds = {"pulled": "calculate=\"pulldata('towns', 'name', 'code', /data/code)\""}
    return xform("<code/><region/><town/><pulled/>", binds, body, model=model)


def test_pulldata_looks_a_value_up_in_an_attached_list():
    filled = Filled(_form("jr://file-csv/towns.csv"), attachments={"towns.csv": CSV})
    assert filled.answer(code="2")["pulled"] == "Brugge"
    assert filled.answer(code="9")["pulled"] == ""


def test_a_filtered_list_offers_what_fits_the_answer():
    filled = Filled(_form("jr://file-csv/towns.csv"), attachments={"towns.csv": CSV})
    assert filled.offers("town") == ["3"]
    assert filled.answer(region="west").offers("town") == ["2"]
    assert filled.labels("town") == ["Brugge"]


@pytest.mark.parametrize("source", ["jr://file/../../etc/passwd", "jr://file-csv/other.csv", "file:///etc/passwd"])
def test_only_attached_files_are_read_by_their_base_name(source: str):
    filled = Filled(_form(source), attachments={"towns.csv": CSV})
    assert filled.answer(code="2", region="west")["pulled"] == ""
    assert filled.offers("town") == []


def test_an_attached_xml_file_is_a_list():
    xml = "<root><item><code>7</code><name>Ieper</name><region>west</region></item></root>"
    filled = Filled(_form("jr://file/towns.xml"), attachments={"towns.xml": xml})
    assert filled.answer(region="west").offers("town") == ["7"]


def test_a_missing_column_is_no_empty_text():
    model = "<instance id='l'><root><item><name>a</name></item></root></instance>"
    body = (
        "<select1 ref='/data/a'><itemset nodeset=\"instance('l')/root/item[kind = '']\">"
        "<value ref='name'/><label ref='name'/></itemset></select1>"
    )
    assert Filled(xform("<a/>", {}, body, model=model)).offers("a") == []

"""Lists, filters, languages and texts, in a user's steps."""

from __future__ import annotations

from tests.scenario.xform import Filled, inputs, xform

TOWNS = (
    "<instance id='regions'><root><item><name>east</name></item><item><name>west</name></item></root></instance>"
    "<instance id='towns'><root>"
    "<item><name>gent</name><region>east</region></item><item><name>brugge</name><region>west</region></item>"
    "<item><name>ieper</name><region>west</region></item></root></instance>"
    "<instance id='streets'><root>"
    "<item><name>veld</name><town>gent</town></item><item><name>markt</name><town>brugge</town></item></root></instance>"
)


def _list(path: str, nodes: str, name: str = "select1") -> str:
    return (
        f"<{name} ref='/data/{path}'><label>{path}</label><itemset nodeset=\"instance('{nodes}\">"
        f"<value ref='name'/><label ref='name'/></itemset></{name}>"
    )


CASCADE = xform(
    "<region/><town/><street/>",
    {},
    _list("region", "regions')/root/item")
    + _list("town", "towns')/root/item[region = /data/region]")
    + _list("street", "streets')/root/item[town = /data/town]"),
    model=TOWNS,
)


def test_a_choice_off_its_list_is_dropped_down_the_cascade_and_comes_back_with_it():
    filled = Filled(CASCADE).answer(region="west", town="brugge", street="markt")
    assert filled.offers("town") == ["brugge", "ieper"]
    filled.answer(region="east")
    assert (filled["town"], filled["street"], filled.offers("street")) == ("", "", [])
    filled.answer(region="west")
    assert (filled["town"], filled["street"]) == ("brugge", "markt")


def test_a_choice_that_was_cleared_does_not_come_back():
    filled = Filled(CASCADE).answer(region="west", town="brugge").answer(town="").answer(region="east", town="gent")
    assert filled.answer(region="west")["town"] == ""


def test_a_multiple_choice_keeps_what_is_still_on_offer():
    form = xform(
        "<region/><towns/>",
        {},
        inputs("<region/>")
        + _list("towns", "towns')/root/item[region = /data/region or /data/region = 'all']", "select"),
        model=TOWNS,
    )
    filled = Filled(form).answer(region="all", towns="ieper gent")
    assert filled["towns"] == "gent ieper"
    assert filled.answer(region="west")["towns"] == "ieper"
    assert filled.answer(region="all")["towns"] == "gent ieper"


def test_a_ranking_names_every_option():
    filled = Filled(xform("<r/>", {}, _list("r", "towns')/root/item", "odk:rank"), model=TOWNS))
    assert filled.answer(r="ieper gent brugge")["r"] == "ieper gent brugge"
    assert filled.answer(r="ieper gent")["r"] == ""


LANGUAGES = xform(
    "<name/><a/><said/>",
    {"said": "calculate=\"jr:choice-name(/data/a, '/data/a')\""},
    "<input ref='/data/name'/><select1 ref='/data/a'><label ref=\"jr:itext('q')\"/><hint ref=\"jr:itext('h')\"/>"
    "<item><label ref=\"jr:itext('y')\"/><value>1</value></item></select1>",
    model="<itext><translation lang='en'><text id='q'><value>Hello <output value='/data/name'/>, ok?</value></text>"
    "<text id='y'><value>yes <output value='/data/name'/></value></text>"
    "<text id='h'><value>hint</value><value form='guidance'>do not read</value></text></translation>"
    "<translation lang='nl' default='true()'><text id='q'><value>Dag "
    "<output value='/data/name'/>, goed?</value></text>"
    "<text id='y'><value>ja <output value='/data/name'/></value></text></translation></itext>",
)


def test_the_default_language_is_the_one_that_says_so_and_outputs_are_filled_in():
    filled = Filled(LANGUAGES).answer(name="Aya")
    assert filled.label("a") == "Dag Aya, goed?"
    filled.instance.speak("en")
    assert filled.label("a") == "Hello Aya, ok?"


def test_the_pieces_of_a_label_tell_what_was_filled_in():
    filled = Filled(LANGUAGES).answer(name="Aya")
    control = filled.node("a").schema.control
    assert control is not None
    runs = filled.instance.wording.runs(control.label, filled.node("a"))
    assert [(run.text, run.fill) for run in runs] == [("Dag ", False), ("Aya", True), (", goed?", False)]


def test_a_missing_translation_is_said_in_the_default_language_and_guidance_is_no_hint():
    filled = Filled(LANGUAGES)
    control = filled.node("a").schema.control
    assert control is not None
    wording = filled.instance.wording
    assert wording.text(control.hint, filled.node("a")) == ""
    filled.instance.speak("en")
    assert wording.text(control.hint, filled.node("a")) == "hint"
    assert wording.text(control.hint, filled.node("a"), "guidance") == "do not read"


def test_a_choice_name_follows_the_answer_in_its_label_and_the_language():
    filled = Filled(LANGUAGES).answer(name="Aya", a="1")
    assert filled["said"] == "ja Aya"
    assert filled.answer(name="Bo")["said"] == "ja Bo"
    filled.instance.speak("en")
    assert filled["said"] == "yes Bo"


def test_a_list_is_worked_out_again_only_after_its_filter_changed():
    filled = Filled(CASCADE).answer(region="west")
    choices = filled.instance.choices
    first = choices.offers(filled.node("town"))
    assert choices.offers(filled.node("town")) is first
    filled.answer(street="x")
    assert choices.offers(filled.node("town")) is first
    filled.answer(region="east")
    assert choices.offers(filled.node("town")) is not first


def test_a_list_may_be_made_of_the_rows_of_a_repeat():
    form = xform(
        "<r><name/></r><best/>",
        {},
        "<repeat nodeset='/data/r'><input ref='/data/r/name'/></repeat>"
        "<select1 ref='/data/best'><itemset nodeset='/data/r'><value ref='name'/><label ref='name'/></itemset>"
        "</select1>",
    )
    filled = Filled(form).put("r[1]/name", "Aya").add("r").put("r[2]/name", "Bo").answer(best="Bo")
    assert (filled.offers("best"), filled["best"]) == (["Aya", "Bo"], "Bo")
    filled.put("r[2]/name", "Cas")
    assert (filled.offers("best"), filled["best"]) == (["Aya", "Cas"], "")
    assert filled.remove("r[1]").offers("best") == ["Cas"]

from __future__ import annotations

from callcenter.forms.instance.serialise import submission_xml
from tests.scenario.xform import Filled, xform


def test_what_is_not_relevant_and_templates_are_left_out():
    form = xform(
        "<a/><b/><g><c/></g><r jr:template=''><d/></r><r><d/></r>",
        {"b": "relevant=\"/data/a = '1'\"", "g": "relevant=\"/data/a = '1'\"", "meta/instanceID": ""},
        "<input ref='/data/a'/><input ref='/data/b'/><repeat nodeset='/data/r'><input ref='/data/r/d'/></repeat>",
        attributes="version='2'",
    )
    filled = Filled(form).answer(b="kept").put("r[1]/d", '<&>"')
    xml = submission_xml(filled.instance)
    head, _, tail = xml.partition("<meta>")
    assert head == '<data id="t" version="2"><a></a><r><d>&lt;&amp;&gt;"</d></r>'
    assert tail.startswith("<instanceID>uuid:")
    assert "kept" in submission_xml(filled.answer(a="1").instance)


def test_prefixes_are_declared_where_they_are_used():
    form = xform("<orx:meta xmlns:orx='http://openrosa.org/xforms'><orx:instanceID/></orx:meta>", {}, "<group/>")
    form = form.replace("<data ", "<data xmlns:orx='http://openrosa.org/xforms' ")
    xml = submission_xml(Filled(form).instance)
    assert xml.startswith('<data xmlns:orx="http://openrosa.org/xforms" id="t"><orx:meta><orx:instanceID>')

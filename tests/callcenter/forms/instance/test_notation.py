from __future__ import annotations

import pytest

from callcenter.forms.instance.notation import as_written


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (" /data/left_school  = 'no'", "${left_school} = 'no'"),
        ("/data/a = '1'", "${a} = '1'"),
        ("not( /data/school/grade )", "not(${grade})"),
        ("selected( /data/why , 'x') and  /data/b  > 3", "selected(${why}, 'x') and ${b} > 3"),
        (" ../age  &gt; 3", "${age} &gt; 3"),
        ("current()/../a = 1", "${a} = 1"),
        (". != '/data/a  b'", ". != '/data/a  b'"),
        ("instance('s')/root/item[name= /data/a ]/label", "instance('s')/root/item[name= ${a}]/label"),
        ("position(..) = 1", "position(..) = 1"),
        ("count( /data/child ) > 2", "count(${child}) > 2"),
    ],
)
def test_a_formula_reads_as_its_author_wrote_it(source: str, written: str):
    assert as_written(source, "data") == written

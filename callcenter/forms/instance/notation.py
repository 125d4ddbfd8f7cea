"""Writes a formula of an XForm the way its author wrote it in the workbook: `${left_school} = 'no'`."""

from __future__ import annotations

import re
from functools import lru_cache

_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_NAME = r"[^\W\d][\w.:-]*"
_BLANKS = re.compile(r"\s+")
_TIGHT = re.compile(r"(?<=[(\[]) | (?=[),\]])")


@lru_cache(maxsize=4096)
def as_written(source: str, root: str) -> str:
    """Return a formula with `${name}` for each path to a node of the form; `root` is the name of its first node.

    Paths into lists and the texts between quotes stay as they are.
    """
    path = re.compile(rf"(?<![\w)\]./])(?:/{re.escape(root)}|(?:current\(\)/)?\.\.(?:/\.\.)*)(?:/{_NAME})*/({_NAME})")
    pieces = _QUOTED.split(source)
    # Every second piece is a quoted text.
    pieces[::2] = [_BLANKS.sub(" ", path.sub(r"${\1}", piece)) for piece in pieces[::2]]
    pieces[::2] = [_TIGHT.sub("", piece) for piece in pieces[::2]]
    return "".join(pieces).strip()

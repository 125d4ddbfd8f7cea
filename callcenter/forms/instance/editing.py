"""A submission that is opened again: what was sent, laid over what the form begins with."""

from __future__ import annotations

from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.definition.schema import Schema
from callcenter.forms.definition.source import read
from callcenter.forms.definition.structure import given, is_template
from callcenter.forms.errors import FormError, SubmissionUnreadable
from callcenter.forms.xpath.tree import Element


def reopened(form: FormDefinition, xml: str | bytes) -> Element:
    """Return the nodes of a submission, in the shape of the form as it is now.

    What was not sent because it was hidden begins as the form has it, repeats have the instances that were sent, and
    what the form does not know is left out. SubmissionUnreadable for what is no submission of this form.
    """
    try:
        sent = given(read(xml))
    except FormError as error:
        raise SubmissionUnreadable(reason=str(error)) from error
    root = form.places[0]
    identity = (sent.attributes or {}).get("id", "")
    if sent.name != root.name or (identity and identity != form.form_id):
        raise SubmissionUnreadable(reason=f"{sent.name} {identity}")
    return _laid(root, sent, form.given, None)


def _laid(place: Schema, sent: Element, begun: Element | None, parent: Element | None) -> Element:
    found = Element(place.name, parent, sent.raw if place.leaf else "")
    found.attributes = begun.attributes if begun else None
    for child in place.children:
        beginning = [one for one in (begun.named(child.name) if begun else ()) if not is_template(one)]
        first = child.template if child.repeat else next(iter(beginning), None)
        here = sent.named(child.name)
        found.children += [_laid(child, one, first, found) for one in here]
        if not here and child.leaf:
            found.children += beginning
        elif not here and not child.repeat:
            found.children.append(_laid(child, Element(child.name), first, found))
    return found

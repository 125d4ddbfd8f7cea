"""Loads an XForm: XML in, a form with its graph out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from callcenter.forms.definition.binds import MOST, read_bind
from callcenter.forms.definition.body import Body, actions, repeat_paths
from callcenter.forms.definition.form import FormDefinition, controls, kind_of
from callcenter.forms.definition.graph import build_graph
from callcenter.forms.definition.source import XFORMS, Xml, children, first, named, parts, read
from callcenter.forms.definition.structure import Structure, given, with_identity
from callcenter.forms.definition.tables import attached_names, read_tables
from callcenter.forms.definition.undisturbed import undisturbed
from callcenter.forms.definition.words import read_texts
from callcenter.forms.errors import FormNotXml, FormTooLarge, UnknownReference, UnsupportedQuestion


@undisturbed()
def load_form(xml: str | bytes, attachments: Mapping[str, str] | None = None) -> FormDefinition:
    """Load a form with its attached lists (name -> text); FormError says what is wrong with it.

    Questions that cannot be asked by telephone and references that lead nowhere are let through; `publishable` is
    stricter.
    """
    root = read(xml)
    model, body, title = parts(root)
    primary = first(model, "instance")
    top = next(children(primary), None) if primary is not None else None
    if primary is None or top is None:
        raise FormNotXml(reason="it has no primary instance")
    prefixes = {str(prefix or ""): str(uri) for prefix, uri in top.nsmap.items()}
    tree = given(top)
    identity, added = with_identity(tree, prefixes)
    structure = Structure(tree, repeat_paths(body, named(top)))
    warnings, identities = _binds(model, structure)
    if added:
        structure.by_path[identity].bind.preload = "uid"
    above, _, name = identity.rpartition("/")
    before = name.replace("instanceID", "deprecatedID")
    spare = structure.spare(identity, before)
    filled = _filled(model, body, Body(structure, identities))
    texts = read_texts(model)
    graph = build_graph(structure.all, str(primary.get("id") or ""), texts)
    attributes = tree.attributes or {}
    return FormDefinition(
        form_id=attributes.get("id", "") or prefixes.get("", ""),
        version=attributes.get("version", ""),
        title=title,
        texts=texts,
        given=tree,
        identity=structure.by_path[identity],
        before=structure.by_path[f"{above}/{before}"],
        spare=spare is not None,
        places=structure.all,
        by_path=structure.by_path,
        body=filled.top,
        actions=filled.actions,
        tables=read_tables(model, attachments or {}),
        graph=graph,
        primary=str(primary.get("id") or ""),
        namespaces={prefix: uri for prefix, uri in prefixes.items() if prefix},
        default_namespace="" if prefixes.get("") == XFORMS else prefixes.get("", ""),
        warnings=warnings,
        lost=graph.lost + filled.lost,
        attached=attached_names(model),
    )


def _filled(model: Xml, body: Xml | None, empty: Body) -> Body:
    for element in actions(model):
        empty.action(element, None, None)
    if body is not None:
        empty.read(body)
    return empty


def _binds(model: Xml, structure: Structure) -> tuple[list[str], dict[str, str]]:
    warnings: list[str] = []
    identities: dict[str, str] = {}
    elements = list(children(model, "bind"))
    if len(elements) > MOST:
        raise FormTooLarge(what=f"{len(elements)} binds, at most {MOST}")
    for element in elements:
        ref = str(element.get("nodeset") or element.get("ref") or "")
        # A relative nodeset names nothing: a bind has no node to start from.
        path = ref.strip()
        if element.get("id"):
            identities[str(element.get("id"))] = path
        place = structure.by_path.get(path)
        bind = read_bind(element, path)
        if place is None:
            warnings.append(f"a bind leads nowhere: {path}")
        else:
            place.bind = bind
    return warnings, identities


def publishable(form: FormDefinition) -> FormDefinition:
    """Return the form when it can be used by telephone; UnknownReference or UnsupportedQuestion when it cannot."""
    for where, reference in form.lost:
        # Entities write to attributes, which are kept as the form has them.
        if "/@" in reference:
            continue
        raise UnknownReference(where=where, reference=reference)
    for where, name in _lost_seeds(form):
        raise UnknownReference(where=where, reference=name)
    for control in controls(form.body):
        if kind_of(control) is None:
            raise UnsupportedQuestion(where=control.node.path, kind=control.media or control.node.bind.type)
    return form


def _lost_seeds(form: FormDefinition) -> Iterator[tuple[str, str]]:
    """Yield path and `cc:shuffle` of each question whose order would come from a node that does not exist."""
    leaves = {place.name for place in form.places if place.leaf}
    for place in form.places:
        name = place.bind.foreign.get("shuffle", "")
        if name and name not in leaves:
            yield place.path, name

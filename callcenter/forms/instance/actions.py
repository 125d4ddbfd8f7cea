"""What happens by itself: preloads at the start, and setvalue on events."""

from __future__ import annotations

from collections.abc import Mapping

from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.definition.graph import Facet
from callcenter.forms.definition.schema import Action, Schema
from callcenter.forms.instance.codec import stored
from callcenter.forms.instance.engine import Engine
from callcenter.forms.instance.node import Node
from callcenter.forms.xpath.moments import from_instant, midnight
from callcenter.forms.xpath.values import Value

_LATER = {"odk-instance-load", "xforms-ready"}
_FIRST = {"odk-instance-first-load", *_LATER}
_CHANGED = "xforms-value-changed"
_NEW = "odk-new-repeat"
_MOST = 100
"""Rounds of actions that may follow one change."""


class Actions:
    """Runs preloads and setvalue actions of one interview."""

    def __init__(self, form: FormDefinition, engine: Engine, properties: Mapping[str, str]) -> None:
        self._form = form
        self._engine = engine
        self._properties = properties
        self._on_change: dict[Schema, list[Action]] = {}
        self._on_new: dict[Schema, list[Action]] = {}
        for action in form.actions:
            if action.trigger is not None and _CHANGED in action.events:
                self._on_change.setdefault(action.trigger, []).append(action)
            if _NEW in action.events:
                repeats = (action.trigger or action.target).repeats
                if repeats:
                    self._on_new.setdefault(repeats[-1], []).append(action)

    def preload(self) -> None:
        """Fill in what comes from the clock and the surroundings, before anything is worked out."""
        for schema in self._form.places:
            if not schema.leaf:
                continue
            if not schema.bind.preload:
                continue
            for node in self._engine.tree.all_of(schema):
                value = self._preloaded(schema)
                if value is not None:
                    node.raw = value

    def identify(self) -> None:
        """Give a submission that is opened again a new identity; all else that was filled in at first stays."""
        for schema in self._form.places:
            if schema.bind.preload == "uid":
                for node in self._engine.tree.all_of(schema):
                    node.raw = self._preloaded(schema) or ""

    def _preloaded(self, schema: Schema) -> str | None:
        kind, what = schema.bind.preload, schema.bind.preload_params
        world = self._engine.world
        if kind == "uid":
            return f"uuid:{world.uuid()}"
        if kind == "timestamp":
            return from_instant(world.now(), world.zone).stamp if what == "start" else None
        if kind == "date":
            return midnight(world.now(), world.zone).text if what == "today" else None
        if kind == "property":
            return self._properties.get(what) or self._properties.get(_PROPERTIES.get(what, ""))
        return None

    def stamp_end(self) -> None:
        """Stamp the end of the interview."""
        world = self._engine.world
        for schema in self._form.places:
            if schema.bind.preload == "timestamp" and schema.bind.preload_params == "end":
                for node in self._engine.tree.all_of(schema):
                    self._engine.put(node, from_instant(world.now(), world.zone).stamp)
        self.settle()

    def first_load(self) -> None:
        """Run the actions of a new interview, in the order of the form; calculations have the last word."""
        self._load(_FIRST)

    def later_load(self) -> None:
        """Run the actions of a submission that is opened again."""
        self._load(_LATER)

    def _load(self, events: set[str]) -> None:
        for action in self._form.actions:
            if action.events & events:
                for node in list(self._engine.tree.all_of(action.target)):
                    self._set(action, node, node)
                    if action.target.bind.calculate is not None:
                        node.computed = None
                        self._engine.push(action.target, node, Facet.VALUE)
                        self._engine.settle()

    def arrived(self) -> bool:
        """Run the actions of repeat instances that were added; whether there were any."""
        nodes, self._engine.arrived = self._engine.arrived, []
        for node in nodes:
            for action in self._on_new.get(node.schema, ()):
                for target in self._targets(action, node):
                    self._set(action, target, target)
        # What a new instance starts with is no change of a value.
        fresh = {id(one) for node in nodes for one in node.nodes()}
        self._engine.changed = [node for node in self._engine.changed if id(node) not in fresh]
        return bool(nodes)

    def changed(self) -> bool:
        """Run the actions of nodes whose value changed; whether there were any."""
        nodes, self._engine.changed = self._engine.changed, []
        ran = False
        for node in dict.fromkeys(nodes):
            for action in self._on_change.get(node.schema, ()):
                for target in self._targets(action, node):
                    self._set(action, target, target)
                    ran = True
        return ran

    def settle(self) -> None:
        """Let changes and actions follow each other until nothing moves."""
        self._engine.settle()
        for _ in range(_MOST):
            moved = self.arrived()
            moved = self.changed() or moved
            if not moved:
                return
            self._engine.settle()
        self.forget()
        self._engine.world.warn("the setvalue actions of this form never come to rest")

    def forget(self) -> None:
        """Forget changes that are no event: those of loading."""
        self._engine.changed.clear()
        self._engine.arrived.clear()

    def _targets(self, action: Action, node: Node) -> list[Node]:
        shared = [repeat for repeat in node.schema.repeats if repeat in action.target.repeats]
        within = node.around(shared[-1]) if shared else None
        return list(self._engine.tree.all_of(action.target, within))

    def _set(self, action: Action, target: Node, seen_from: Node) -> None:
        value: Value = action.literal
        if action.value is not None:
            value = self._engine.value_of(action.value, seen_from)
        text = stored(value, action.target.bind.type, self._engine.world.zone)
        self._engine.put(target, text)
        self._engine.settle()


_PROPERTIES = {
    "deviceid": "deviceID",
    "uri:deviceid": "deviceID",
    "phonenumber": "phoneNumber",
    "uri:phonenumber": "phoneNumber",
    "uri:username": "username",
    "uri:email": "email",
}

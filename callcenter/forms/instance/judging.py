"""Whether an answer may be written, must be given, and is accepted."""

from __future__ import annotations

from callcenter.forms.instance.engine import Engine
from callcenter.forms.instance.node import Node
from callcenter.forms.instance.wording import Wording
from callcenter.forms.xpath.values import to_boolean


class Judge:
    """Judges nodes on reading, with memo."""

    def __init__(self, engine: Engine, wording: Wording) -> None:
        self._engine = engine
        self._wording = wording

    def required(self, node: Node) -> bool:
        """Whether the bind asks for an answer now."""
        formula = node.schema.bind.required
        return formula is not None and to_boolean(self._engine.memo(node, formula))

    def readonly(self, node: Node) -> bool:
        """Whether the node or a node above it may not be written."""
        one: object = node
        while isinstance(one, Node):
            formula = one.schema.bind.readonly
            if formula is not None and to_boolean(self._engine.memo(one, formula)):
                return True
            one = one.parent
        return False

    def missing(self, node: Node) -> bool:
        """Whether a required answer is not there; never for a node that is not relevant."""
        return node.relevant and not node.text and self.required(node)

    def refused(self, node: Node) -> bool:
        """Whether a constraint refuses the answer; never for an empty one."""
        formula = node.schema.bind.constraint
        if formula is None or not node.text:
            return False
        return not to_boolean(self._engine.memo(node, formula))

    def message(self, node: Node) -> str | None:
        """Return the form's own words for what is wrong now, or None."""
        if self.refused(node):
            return self._wording.text(node.schema.bind.constraint_message, node) or None
        if self.missing(node):
            return self._wording.text(node.schema.bind.required_message, node) or None
        return None

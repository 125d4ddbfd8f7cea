"""Takes recorded steps through a form and tells the state of every node: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from io import TextIOWrapper
from typing import Any, TextIO

from callcenter.errors import CallcenterError
from callcenter.forms.definition.loader import load_form
from callcenter.forms.instance.dump import Dump
from callcenter.forms.instance.editing import reopened
from callcenter.forms.instance.instance import Instance
from callcenter.forms.instance.node import Node
from callcenter.forms.instance.serialise import submission_xml
from callcenter.forms.walk_requests import (
    HALF,
    Request,
    RequestRefused,
    attachments_of,
    clock_of,
    judge_request,
    read_request,
    xml_of,
    zone_of_process,
)

Answer = dict[str, Any]
_CLOSED = ("upload",)


def run(stdin: TextIO, stdout: TextIO) -> None:
    """Answer every line of stdin in order; a bad line or form is answered, never fatal."""
    # The contract is UTF-8, whatever the locale; a byte that is none shows as a lone surrogate and is refused below.
    _speak_utf8(stdin, "surrogateescape")
    _speak_utf8(stdout, "strict")
    for line in stdin:
        if line.strip():
            stdout.write(_written(answer(line)) + "\n")
            stdout.flush()


def _speak_utf8(stream: TextIO, errors: str) -> None:
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors=errors)


def _written(told: Answer) -> str:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    # Half a letter of two cannot be sent as it is; JSON has a notation for it.
    return json.dumps(told, separators=(",", ":")) if HALF.search(text) else text


def answer(line: str) -> Answer:
    """Return the answer to one request."""
    told: Answer = {"id": None, "engine": "callcenter", "load": {}, "languages": [], "states": []}
    try:
        request = read_request(line)
        told["id"] = request.get("id")
        judge_request(request)
        return _walked(request, told)
    except RecursionError:
        reason = "it is nested too deep"
    except (RequestRefused, CallcenterError, OSError) as error:
        reason = str(error)
    except Exception as error:  # noqa: BLE001 - whatever one form makes the engine stumble over, the next is answered
        reason = f"{type(error).__name__}: {error}"
    return told | {"load": {"ok": False, "error": reason}, "languages": [], "states": []}


def _walked(request: Request, told: Answer) -> Answer:
    xml = xml_of(request)
    began = time.perf_counter()
    form = load_form(xml, attachments_of(request))
    missing = [name for name in form.attached if name not in (request.get("attachments") or {})]
    if missing and request.get("missing") == "error":
        raise RequestRefused(f"not attached: {', '.join(missing)}")
    parsed = time.perf_counter()
    sent = reopened(form, request["edit"]) if request.get("edit") is not None else None
    instance = Instance(
        form, clock_of(request), zone_of_process(), request.get("seed") or 0, request.get("properties"), sent
    )
    instance.begin() if sent is None else instance.edit()
    ready = time.perf_counter()
    told["load"] = {"ok": True, "parse_ms": (parsed - began) * 1000, "init_ms": (ready - parsed) * 1000}
    told["languages"] = [language for language in form.languages if language]
    walk = _Walk(instance, request.get("dump") or "each")
    told["states"].append(walk.start())
    steps = request.get("steps") or []
    for number, step in enumerate(steps, 1):
        told["states"].append(walk.take(number, step, last=number == len(steps)))
    return told


class _StepRefused(Exception):
    """A step that cannot be taken; the text is its code in the contract."""


class _Walk:
    def __init__(self, instance: Instance, mode: str) -> None:
        self._instance = instance
        self._dump = Dump(instance)
        self._mode = mode
        self._before: dict[str, Answer] = {}

    def start(self) -> Answer:
        full = self._mode in ("each", "delta")
        nodes = self._dump.take() if full else None
        self._before = dict(nodes or {})
        return {"step": 0, "nodes": None if nodes is None else list(nodes.values())}

    def take(self, number: int, step: object, *, last: bool) -> Answer:
        state: Answer = {"step": number, "nodes": None}
        began = time.perf_counter()
        try:
            self._step(step, state)
        except _StepRefused as error:
            state["error"] = state["error_text"] = str(error)
        except Exception as error:  # noqa: BLE001 - the contract: the engine's failure is the answer to this step
            state |= {"error": "engine", "error_text": f"{type(error).__name__}: {error}"}
        state["ms"] = (time.perf_counter() - began) * 1000
        whole = isinstance(step, dict) and "dump" in step
        if whole or self._mode in ("each", "delta") or (self._mode == "last" and last):
            began = time.perf_counter()
            try:
                self._show(state, delta=self._mode == "delta" and not whole)
            except Exception as error:  # noqa: BLE001 - the contract: a failure while dumping is told, too
                state |= {"error": "dump", "error_text": f"{type(error).__name__}: {error}"}
            state["dump_ms"] = (time.perf_counter() - began) * 1000
        return state

    def _show(self, state: Answer, *, delta: bool) -> None:
        nodes = self._dump.take()
        if delta:
            state["nodes"] = [node for key, node in nodes.items() if self._before.get(key) != node]
            state["gone"] = [key for key in self._before if key not in nodes]
        else:
            state["nodes"] = list(nodes.values())
        self._before = nodes

    def _step(self, step: object, state: Answer) -> None:
        if not isinstance(step, dict):
            raise _StepRefused("bad-step")
        verbs: dict[str, Callable[[], None]] = {
            "set": lambda: self._set(step),
            "add": lambda: self._add(step),
            "remove": lambda: self._remove(step),
            "language": lambda: self._language(step),
            "submit": lambda: self._submit(state),
            "dump": lambda: None,
        }
        for verb, take in verbs.items():
            if verb in step:
                take()
                return
        raise _StepRefused("bad-step")

    def _node(self, ref: str) -> Node:
        node = self._instance.tree.find(ref)
        if node is None:
            raise _StepRefused("no-node")
        return node

    def _set(self, step: Mapping[str, Any]) -> None:
        ref = str(step["set"])
        if self._range(ref) is not None:
            raise _StepRefused("not-settable")
        node = self._node(ref)
        control = node.schema.control
        if control is None or not node.schema.leaf or control.name in _CLOSED or note(node):
            raise _StepRefused("not-settable")
        if self._instance.judge.readonly(node):
            raise _StepRefused("readonly")
        self._instance.store(node, _value(step.get("value")))

    def _range(self, ref: str) -> tuple[Node, str] | None:
        above, _, name = ref.rpartition("/")
        holder = self._instance.tree.find(above) if "[" not in name else None
        schema = holder.schema.by_name.get(name) if holder else None
        return (holder, name) if holder and schema and schema.repeat else None

    def _add(self, step: Mapping[str, Any]) -> None:
        found = self._range(str(step["add"]))
        if found is None:
            raise _StepRefused("no-node")
        holder, name = found
        if holder.schema.by_name[name].fixed_count:
            raise _StepRefused("not-settable")
        count = step.get("count", 1)
        if not isinstance(count, int) or count < 0:
            raise _StepRefused("bad-step")
        for _ in range(count):
            if self._instance.add(holder, name) is None:
                # Past the caps, and so would be all the others.
                break

    def _remove(self, step: Mapping[str, Any]) -> None:
        ref = str(step["remove"])
        found = self._range(ref.rpartition("[")[0]) if ref.endswith("]") else None
        if found is None:
            raise _StepRefused("no-node")
        if found[0].schema.by_name[found[1]].fixed_count:
            raise _StepRefused("not-settable")
        self._instance.remove(self._node(ref))

    def _language(self, step: Mapping[str, Any]) -> None:
        if step["language"] not in self._instance.form.languages:
            raise _StepRefused("no-language")
        self._instance.speak(str(step["language"]))

    def _submit(self, state: Answer) -> None:
        self._instance.actions.stamp_end()
        judge = self._instance.judge
        nodes = [node for node in self._instance.tree.root.nodes() if node.schema.leaf]
        state["valid"] = not any(judge.missing(node) or judge.refused(node) for node in nodes)
        state["xml"] = submission_xml(self._instance)


def _value(given: object) -> str:
    """Return the text of an answer; the contract asks for a text, and a number or a truth is clear as well."""
    if given is None:
        return ""
    if isinstance(given, (str, int, float)):
        return str(given).lower() if isinstance(given, bool) else str(given)
    raise _StepRefused("bad-step")


def note(node: Node) -> bool:
    """Whether a text input is only read: always read-only, and without a value of its own."""
    bind, control = node.schema.bind, node.schema.control
    fixed = bind.readonly is not None and bind.readonly.source == "true()"
    return bool(control) and control is not None and control.name == "input" and fixed and bind.calculate is None

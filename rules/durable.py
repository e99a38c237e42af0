"""Which rules fire, by durable-rules: the one module that talks to its C matcher.

The matcher is driven directly: no host, so no threads, no clock and no swallowed errors. It is given flat
patterns over one typed message at a time (`rules.lowering`), which is the part of it that is right. A rule
and its patterns go in once; each evaluation asserts one message, walks the agenda, and forgets everything.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
import threading
import weakref
from collections.abc import Mapping
from typing import Any

from rules.conditions import ConditionError, facts_read
from rules.lowering import check_names, conjunctions, flat_pattern, member_name, message
from rules.model import Condition, Facts, FactSpec

MAX_PATTERNS = 40
"""Patterns in one C ruleset. The C engine holds 64 pending at once, and hangs in the build at 512."""

MAX_PROPERTIES = 200
"""Properties in one message; the C engine refuses more than 252."""

_BOOT = {"boot": {"all": [{"b": {"kind": "$boot"}}]}}


class EngineError(RuntimeError):
    """durable-rules is not usable, or gave no result; nothing was decided."""


@functools.cache
def library() -> Any:
    """The C module of durable-rules; a clear EngineError when this Python does not have it."""
    try:
        return importlib.import_module("durable_rules_engine")
    except ImportError as error:
        raise EngineError(
            "durable-rules is not usable here: it needs Python 3.11 or 3.12, and a C compiler with the "
            f"Python headers when it is installed ({error})"
        ) from error


class Ruleset:
    """Rules over one vocabulary, compiled. Conditions hold constants only (`rules.conditions.resolve`).

    Raises ConditionError for a condition or a name outside the safe subset, naming the rule.
    """

    def __init__(self, conditions: Mapping[str, Condition], vocabulary: Mapping[str, FactSpec]) -> None:
        self._conditions = dict(conditions)
        read = sorted({fact for condition in conditions.values() for fact in facts_read(condition)})
        patterns = [
            (rule, flat_pattern(conjunction))
            for rule, condition in conditions.items()
            for conjunction in _conjunctions(rule, condition, vocabulary)
        ]
        self._vocabulary = {name: vocabulary[name] for name in read}
        check_names(_property_names(self._vocabulary))
        # Rules do not feed one another here, so a long list is simply matched in parts.
        self._parts = [
            _Part(patterns[start : start + MAX_PATTERNS]) for start in range(0, len(patterns), MAX_PATTERNS)
        ]

    def __reduce__(self) -> tuple[type[Ruleset], tuple[object, ...]]:
        return Ruleset, (self._conditions, self._vocabulary)

    def fired(self, facts: Facts) -> tuple[str, ...]:
        """The rules whose conditions hold, in the order given. An unknown fact satisfies no test.

        Raises ConditionError for a fact of the wrong kind, EngineError when the C engine gives no result.
        """
        text = json.dumps(message(facts, self._vocabulary, self._vocabulary))
        hits = {rule for part in self._parts for rule in part.match(text)}
        return tuple(rule for rule in self._conditions if rule in hits)

    def close(self) -> None:
        """Free the C side now rather than when this object goes; it cannot be asked afterwards."""
        for part in self._parts:
            part.close()


class _Part:
    """At most MAX_PATTERNS patterns in one C ruleset."""

    def __init__(self, patterns: list[tuple[str, dict[str, object]]]) -> None:
        c = library()
        self._rules = {f"p{number}": rule for number, (rule, _) in enumerate(patterns)}
        named = {f"p{number}": {"all": [{"m": pattern}]} for number, (_, pattern) in enumerate(patterns)}
        try:
            self._handle = c.create_ruleset("rules", json.dumps({**_BOOT, **named}))
        except c.error as error:
            raise EngineError(f"durable-rules refused the rules: {error}") from error
        self.close = weakref.finalize(self, c.delete_ruleset, self._handle)
        self.close.atexit = False
        self._lock = threading.Lock()
        # Until one action has run, forgetting the state would free a pointer that was never set.
        _, state = c.assert_fact(self._handle, '{"id": "boot", "kind": "$boot"}')
        c.start_action_for_state(self._handle, state)
        c.complete_and_start_action(self._handle, state)
        c.delete_state(self._handle, None)

    def match(self, text: str) -> set[str]:
        """The rules one message fires; a rule with several patterns may be hit by each of them."""
        if not self.close.alive:
            raise EngineError("this ruleset is closed")
        c = library()
        hits: set[str] = set()
        with self._lock:
            try:
                _, state = c.assert_fact(self._handle, text)
                found = c.start_action_for_state(self._handle, state)
                step = found[1] if found else None
                for _ in range(len(self._rules) + 1):
                    if not step:
                        return hits
                    hits.add(self._rules[next(iter(json.loads(step)))])
                    step = c.complete_and_start_action(self._handle, state)
                raise EngineError("durable-rules fired more often than it has patterns")
            except (c.error, MemoryError) as error:
                raise EngineError(f"durable-rules gave no result: {error}") from error
            finally:
                with contextlib.suppress(c.error):
                    c.delete_state(self._handle, None)


def _conjunctions(
    rule: str, condition: Condition, vocabulary: Mapping[str, FactSpec]
) -> tuple[tuple[Any, ...], ...]:
    try:
        return conjunctions(condition, vocabulary)
    except ConditionError as error:
        raise ConditionError(f"rule {rule}: {error}") from error


def _property_names(vocabulary: Mapping[str, FactSpec]) -> list[str]:
    """Every property a message may carry; two facts that give the same one would be confused."""
    names: list[str] = []
    for name, spec in vocabulary.items():
        names += [name, *(member_name(name, member) for member in spec.choices if spec.kind == "set")]
    if len(set(names)) < len(names):
        raise ConditionError("two facts share a name once a set is written as one flag per member")
    if len(names) > MAX_PROPERTIES:
        raise ConditionError(f"the rules read more than {MAX_PROPERTIES} facts and members of sets")
    return names

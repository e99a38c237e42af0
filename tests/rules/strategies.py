"""One small vocabulary with every kind of fact, and random conditions and facts over it."""

from __future__ import annotations

from hypothesis import strategies as st

from rules.model import All, AnyOf, Condition, Fact, FactSpec, Leaf, NoneOf

VOCABULARY = {
    spec.name: spec
    for spec in (
        FactSpec("new", "flag", "New"),
        FactSpec("late", "flag", "Late"),
        FactSpec("attempt", "number", "Attempt", low=0, high=4),
        FactSpec("failed", "number", "Failed", low=0, high=4),
        FactSpec("contract", "choice", "Contract", choices=("employed", "agency", "self_employed")),
        FactSpec("origin", "choice", "Origin", choices=("here", "abroad")),
        FactSpec("functions", "set", "Functions", choices=("iro", "chair", "lead")),
    )
}

KINDS = {
    "flag": ("is", "one_of"),
    "number": ("is", "one_of", "at_least", "at_most", "above", "below"),
    "choice": ("is", "one_of"),
    "set": ("includes",),
}


def domain(spec: FactSpec) -> list[bool] | list[int] | list[str]:
    """The constants worth comparing a fact with."""
    if spec.kind == "flag":
        return [False, True]
    return list(range(spec.low, spec.high + 1)) if spec.kind == "number" else list(spec.choices)


def values(spec: FactSpec) -> st.SearchStrategy[Fact]:
    """Values the fact may have, one step outside the compared range included."""
    if spec.kind == "set":
        return st.frozensets(st.sampled_from(spec.choices))
    if spec.kind == "number":
        return st.integers(spec.low - 1, spec.high + 1)
    return st.sampled_from(domain(spec))


@st.composite
def leaf_conditions(draw: st.DrawFn) -> Leaf:
    spec = draw(st.sampled_from(list(VOCABULARY.values())))
    test = draw(st.sampled_from(KINDS[spec.kind]))
    constants = domain(spec)
    if test == "one_of":
        # The loader refuses an empty list, so that a condition never holds one.
        some = st.lists(st.sampled_from(constants), min_size=1, max_size=3)
        return Leaf(spec.name, "one_of", tuple(draw(some)))
    return Leaf(spec.name, test, draw(st.sampled_from(constants)))  # type: ignore[arg-type]


def _group(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.builds(All, several) | st.builds(AnyOf, several) | st.builds(NoneOf, several)


def conditions() -> st.SearchStrategy[Condition]:
    """Conditions of a few levels over VOCABULARY, the empty groups included."""
    return st.recursive(leaf_conditions(), _group, max_leaves=6)


def known_facts() -> st.SearchStrategy[dict[str, Fact]]:
    """Facts of the right kinds, some of them unknown."""
    return st.fixed_dictionaries({}, optional={name: values(spec) for name, spec in VOCABULARY.items()})

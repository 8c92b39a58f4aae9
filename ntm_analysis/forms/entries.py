"""What the schema of `commune.yaml` says of an entry: its kind, and whether it must be there."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from ntm_analysis.communes.profile import Commune, Grade, Status
from ntm_analysis.language import Text

Kind = Literal["text", "date", "whole", "number", "truth", "verdict", "grade"]
Need = Literal["always", "with", "never"]
_PLAIN: Final[Mapping[Any, Kind]] = {
    str: "text",
    bool: "truth",
    int: "whole",
    float: "number",
    dt.date: "date",
    Status: "verdict",
    Grade: "grade",
}


@cache
def kind_of(path: str) -> Kind:
    """Return what kind of value an entry takes; text where the schema knows no such entry.

    Examples
    --------
    >>> kind_of("formerly.0.until"), kind_of("appraisals.2024.plan.targets.3.until")
    ('date', 'whole')
    """
    for type_ in _types(Commune, path.split(".")):
        if type_ in _PLAIN:
            return _PLAIN[type_]
    return "text"


@cache
def need_of(path: str) -> Need:
    """Return whether an entry must be filled in: always, with the others of its part, or never.

    Examples
    --------
    >>> need_of("name"), need_of("appraisals.2024.claim.criteria_met"), need_of("population")
    ('always', 'with', 'never')
    """
    model: Any = Commune
    need: Need = "always"
    for name in path.removesuffix(".vi").removesuffix(".en").split("."):
        if isinstance(model, type) and issubclass(model, BaseModel):
            field = _field(model, name)
            if field is None:
                return "never"
            if not field.is_required():
                need = "never"
            elif need == "never":
                need = "with"
            model = _model(field.annotation)
        else:
            model = _model(_inner(model))
    return need


def _types(type_: Any, path: list[str]) -> Iterator[Any]:
    """Yield the types that the end of a path may have."""
    origin = get_origin(type_)
    if origin is Annotated:
        yield from _types(get_args(type_)[0], path)
    elif type_ in _PLAIN:
        if not path:
            yield type_
    elif origin in (Union, types.UnionType):
        for one in get_args(type_):
            yield from _types(one, path)
    elif not path:
        return
    elif origin in (tuple, dict):
        yield from _types(_inner(type_), path[1:])
    elif type_ is Text:
        yield str
    elif isinstance(type_, type) and issubclass(type_, BaseModel):
        field = _field(type_, path[0])
        if field is not None:
            yield from _types(field.annotation, path[1:])


def _field(model: type[BaseModel], name: str) -> Any:
    named = {one.alias or key: one for key, one in model.model_fields.items()}
    return named.get(name)


def _inner(type_: Any) -> Any:
    """Return what a list or mapping holds."""
    args = get_args(type_)
    return args[1] if get_origin(type_) is dict else args[0] if args else None


def _model(type_: Any) -> Any:
    """Return the schema or collection that a type stands for, without what makes it optional."""
    if get_origin(type_) is Annotated:
        return _model(get_args(type_)[0])
    if get_origin(type_) in (Union, types.UnionType):
        found = [one for one in get_args(type_) if one is not type(None)]
        return _model(found[-1])
    return type_

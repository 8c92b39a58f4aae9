"""Help, and what is wrong with a command line, in the user's language (Typer has English only)."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable
from typing import Any, get_args, get_type_hints

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup
from typer.models import ParameterInfo

from ntm_analysis.language import say

rich_utils.OPTIONS_PANEL_TITLE = say("usage.panel_options")
rich_utils.ARGUMENTS_PANEL_TITLE = say("usage.panel_arguments")
rich_utils.COMMANDS_PANEL_TITLE = say("usage.panel_commands")
rich_utils.ERRORS_PANEL_TITLE = say("usage.panel_errors")
rich_utils.DEFAULT_STRING = say("usage.default", value="{}")  # Typer fills it in
rich_utils.REQUIRED_LONG_STRING = say("usage.required")
rich_utils.RICH_HELP = say("usage.try_help")


class _Worded:
    """The parts of a command's help that Typer words itself."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{say('usage.usage')} ")

    def get_params(self, ctx: Any) -> list[Any]:
        parameters: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for parameter in parameters:
            if parameter.name in ("install_completion", "show_completion"):
                parameter.help = say(f"usage.{parameter.name}")
        return parameters

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = say("usage.help")
        return option


class Command(_Worded, TyperCommand):
    """A command whose help is in the user's language."""


class Group(_Worded, TyperGroup):
    """A group of commands whose help is in the user's language."""


class App(typer.Typer):
    """Commands whose help and errors of usage are in the user's language."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            cls=Group,
            options_metavar=say("usage.options"),
            subcommand_metavar=say("usage.subcommand"),
            **settings,
        )

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Any], Any]:
        """Add a command, as in Typer."""
        return super().command(name, cls=Command, options_metavar=say("usage.options"), **settings)

    def __call__(self, *args: Any, **settings: Any) -> Any:
        """Run the command line; return its exit code where it ended early."""
        try:
            return super().__call__(*args, standalone_mode=False, **settings)
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            sentence = worded(error)
            error.format_message = lambda: sentence
            rich_utils.rich_format_error(error)  # type: ignore[arg-type]
            return int(getattr(error, "exit_code", 2))


def worded(error: Any) -> str:
    """Return what an error of usage says, in the user's language.

    Parameters
    ----------
    error : click's or Typer's UsageError

    Returns
    -------
    str
        The library's own sentence where there is none of ours.
    """
    match type(error).__name__:
        case "NoSuchOption":
            alike = ", ".join(sorted(error.possibilities or ()))
            key = "usage.no_option_alike" if alike else "usage.no_option"
            return say(key, option=error.option_name, alike=alike)
        case "BadOptionUsage":
            key = "usage.takes_none" if "does not take" in error.message else "usage.takes_one"
            return say(key, option=error.option_name)
        case "MissingParameter":
            wanted = str(error.param.help or "")
            return say("usage.missing", parameter=_name(error.param), wanted=wanted).rstrip(" :")
        case "BadParameter" if error.param is not None:
            wanted = _wanted(error)
            key = "usage.bad_value" if wanted else "usage.bad"
            return say(key, parameter=_name(error.param), wanted=wanted)
    message = str(error.message)
    if found := re.match(r"No such command '(.*?)'(?:\. Did you mean (.*?)\??)?\.?$", message):
        alike = (found[2] or "").replace("'", "")
        key = "usage.no_command_alike" if alike else "usage.no_command"
        return say(key, command=found[1], alike=alike)
    if found := re.match(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", message):
        return say("usage.extra", arguments=found[1])
    return str(error.format_message())


def _name(parameter: Any) -> str:
    is_option = parameter.param_type_name == "option"
    return " / ".join(parameter.opts) if is_option else str(parameter.metavar or parameter.name)


def _wanted(error: Any) -> str:
    """Return what a parameter takes, as its function declares it."""
    hints = get_type_hints(error.ctx.command.callback, include_extras=True)
    declared = hints.get(error.param.name)
    kind, info = _kind(declared), _info(declared)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return say("usage.one_of", choices=", ".join(str(one.value) for one in kind))
    if kind is dt.datetime:
        return say("usage.a_day")
    if kind in (int, float):
        least, most = (getattr(info, side, None) for side in ("min", "max"))
        which = "int" if kind is int else "float"
        if least is None:
            return say(f"usage.{which}")
        if most is None:
            return say(f"usage.{which}_from", least=least)
        return say(f"usage.{which}_between", least=least, most=most)
    return ""


def _kind(declared: Any) -> Any:
    """Return `T` of `Annotated[T | None, …]` and `Annotated[list[T], …]`."""
    while inner := get_args(declared):
        declared = inner[0]
    return declared


def _info(declared: Any) -> ParameterInfo | None:
    found = (one for one in getattr(declared, "__metadata__", ()) if isinstance(one, ParameterInfo))
    return next(found, None)

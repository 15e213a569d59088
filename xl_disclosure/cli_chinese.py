"""Typer's help and usage errors in Chinese."""

from __future__ import annotations

from typing import Any

import typer
from typer import core, rich_utils

rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
rich_utils.OPTIONS_PANEL_TITLE = "选项"
rich_utils.COMMANDS_PANEL_TITLE = "命令"
rich_utils.REQUIRED_LONG_STRING = "[必填]"
rich_utils.DEFAULT_STRING = "[默认：{}]"


class ChineseCommand(core.TyperCommand):
    """Show a command's help with Chinese headings."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option with a Chinese explanation."""
        return _in_chinese(super().get_help_option(ctx))


class ChineseGroup(core.TyperGroup):
    """Show the list of commands with Chinese headings."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, "命令 [选项] [参数]", prefix="用法：")

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option with a Chinese explanation."""
        return _in_chinese(super().get_help_option(ctx))


def _in_chinese(option: Any) -> Any:
    if option is not None:
        option.help = "显示帮助"
        option.metavar = " "
    return option


def explain_usage_error(error: Exception) -> str:
    """Return a Chinese sentence for a mistake on the command line."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "xl-disclosure"
    return f"{_what(error)}。用 {command} --help 查看用法。"


def _what(error: Exception) -> str:
    name = _parameter_name(getattr(error, "param", None))
    option = getattr(error, "option_name", "")
    match type(error).__name__:
        case "NoSuchOption":
            nearest = getattr(error, "possibilities", None) or ()
            return f"没有选项 {option}" + (f"，是否为 {'、'.join(sorted(nearest))}" if nearest else "")
        case "MissingParameter":
            return f"缺少{name}"
        case "BadParameter":
            return f"{name}的取值不对，应为整数" if "integer" in str(error) else f"{name}的取值不对"
        case "BadOptionUsage":
            return f"选项 {option} 后面缺少取值"
        case _ if "No such command" in str(error):
            return "没有这个命令"
        case _:
            return "命令写法不对，参数多了或少了"


def _parameter_name(parameter: Any) -> str:
    if parameter is None:
        return "参数"
    name = parameter.metavar or ""
    is_option = parameter.param_type_name == "option"
    return f"选项 {parameter.opts[0]} {name}" if is_option else f"参数 {name}"


def chinese_app(help_text: str) -> typer.Typer:
    """Return an empty command-line application that speaks Chinese."""
    return typer.Typer(
        cls=ChineseGroup,
        help=help_text,
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
    )

"""How the command's help is laid out: commands in the order in which one needs them, each with an example."""

from __future__ import annotations

import click


class Examples(click.Command):
    """A command whose help ends with an example, each line of it as it would be typed."""

    def __init__(self, *args: object, example: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.example = example

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Example"):
            for line in self.example.strip().splitlines():
                formatter.write_text(line)


class InOrder(click.Group):
    """Lists its commands in the order in which they are written: what one needs first stands first."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


class ExampleGroup(Examples, InOrder):
    """A group of commands with an example."""

"""The configuration of each file: the nearest `mofkit.toml`, or `pyproject.toml` with our table."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import click

from mofkit.cli.includes import is_inside
from mofkit.linter.config import LintConfig

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from mofkit.linter.settings import Settings

__all__ = ["NAMES", "Configs", "Found"]

NAMES = ("mofkit.toml", "pyproject.toml")
"""Of two in one folder, the first counts."""

_TABLE = ("tool", "mofkit")


class ConfigError(click.ClickException):
    """A configuration file cannot be used; how the command is called is not the matter."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        """Print what is wrong."""
        click.echo(f"mofkit: {self.message}", err=True)


@dataclass(frozen=True)
class Found:
    """A configuration file: its folder, from which its patterns and folders are seen."""

    path: str
    settings: Settings
    is_given: bool = False
    """Whether the command line names it: what is found beside files may come from strangers."""

    @property
    def folder(self) -> str:
        """The folder of the file."""
        return os.path.dirname(os.path.abspath(self.path))

    @cached_property
    def include_folders(self) -> tuple[str, ...]:
        """The folders that included files may be in.

        Raises:
            ConfigError: one is outside this file's folder, and nobody but it says so.
        """
        folders = [os.path.join(self.folder, name) for name in self.settings.include]
        for folder in folders:
            if not self.is_given and not is_inside(folder, self.folder):
                raise ConfigError(
                    f"{self.path}: include: {folder} is outside the folder of this file; "
                    "allow it with -I, or name this file with --config"
                )
        return tuple(os.path.relpath(folder) for folder in folders)

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """Return the codes that are not reported in a file."""
        relative = os.path.relpath(os.path.abspath(path), self.folder).replace(os.sep, "/")
        if relative.startswith("../"):
            return ()
        return tuple(
            code for spec, codes in self._patterns if spec.match_file(relative) for code in codes
        )

    @cached_property
    def _patterns(self) -> list[tuple[GitIgnoreSpec, tuple[str, ...]]]:
        ignores = self.settings.per_file_ignores
        if not ignores:
            return []
        from pathspec import GitIgnoreSpec

        return [(GitIgnoreSpec.from_lines([pattern]), codes) for pattern, codes in ignores]


class Configs:
    """What holds for each path: what its configuration file says, and the command line above that.

    Folders are looked at once. A file that is not on disk is configured as others in its folder.

    Raises:
        ConfigError: a configuration file says what nobody understands (from any method).
        OSError: one cannot be read.
    """

    def __init__(
        self, given: str | None = None, override: Callable[[LintConfig], LintConfig] | None = None
    ) -> None:
        self._given = None if given is None else _read(given, required=True)
        self._override = override or (lambda config: config)
        self._found: dict[str, Found | None] = {}
        self._found_by_name: dict[str, Found | None] = {}
        self._configs: dict[tuple[int, tuple[str, ...]], LintConfig] = {}
        self._config_of_path: dict[str, LintConfig] = {}

    def __call__(self, path: str) -> LintConfig:
        """Return what holds for a file; equal ones are one object."""
        config = self._config_of_path.get(path)
        if config is None:
            config = self._config_of_path[path] = self._config(path)
        return config

    def file_for(self, path: str) -> Found | None:
        """Return the configuration file of a file; None where there is none."""
        if self._given is not None:
            return self._given
        folder = os.path.dirname(path)  # as it is written: asking the system costs, for many files
        if folder not in self._found_by_name:
            self._found_by_name[folder] = self._in_folder(os.path.abspath(folder))
        return self._found_by_name[folder]

    def include_folders(self, path: str) -> tuple[str, ...]:
        """Return the folders that a file's configuration names for its includes."""
        found = self.file_for(path)
        return found.include_folders if found and found.settings.include else ()

    def format_options(self, path: str) -> Mapping[str, int]:
        """Return what a file's configuration says about the formatter's style."""
        found = self.file_for(path)
        return found.settings.format if found else {}

    def _config(self, path: str) -> LintConfig:
        found = self.file_for(path)
        ignored = found.ignored_in(path) if found else ()
        key = (id(found), ignored)
        if key not in self._configs:
            config = found.settings.lint if found else LintConfig()
            config = replace(config, exclude=ignored)
            self._configs[key] = self._override(config)
        return self._configs[key]

    def _in_folder(self, folder: str) -> Found | None:
        """Return the configuration file of a folder or of the nearest one around it."""
        chain = []
        while folder not in self._found:
            chain.append(folder)
            found = _read_in(folder)
            parent = os.path.dirname(folder)
            if found is not None or parent == folder:
                self._found[folder] = found
                break
            folder = parent
        for inner in chain:
            self._found[inner] = self._found[folder]
        return self._found[folder]


def _read_in(folder: str) -> Found | None:
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            found = _read(os.path.relpath(path))
            if found is not None:
                return found
    return None


def _read(path: str, *, required: bool = False) -> Found | None:
    with open(path, "rb") as file:
        data = file.read()
    table: tuple[str, ...] = ()
    if os.path.basename(path) == NAMES[1]:
        table = _TABLE
        if b"mofkit" not in data and not required:
            return None
    from mofkit.linter.settings import SettingsError, read_settings

    try:
        settings = read_settings(data.decode("utf-8-sig").replace("\r\n", "\n"), path, table)
    except (SettingsError, UnicodeDecodeError) as error:
        said = str(error) if isinstance(error, SettingsError) else f"{path} is not UTF-8"
        raise ConfigError(said) from None
    if settings is None:
        if required:
            raise ConfigError(f"{path} has no table [{'.'.join(table)}]")
        return None
    return Found(path, settings, required)

"""Settings in a LibreOffice user profile: the pipe it listens on, and the folders whose macros it trusts."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

_NAMESPACE = "http://openoffice.org/2001/registry"
_NAME = f"{{{_NAMESPACE}}}name"
_OPERATION = f"{{{_NAMESPACE}}}op"
_PATH = f"{{{_NAMESPACE}}}path"
_ENTRY = "it"

_SETUP = "/org.openoffice.Setup/Office"
_CONNECTION = "ooSetupConnectionURL"
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_TRUSTED = "SecureURL"
# A fresh profile shall greet nobody: a program is waiting.
_SILENCE = (
    (_SETUP, "ooSetupInstCompleted", "true"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"),
    (_SETUP, "LastTimeGetInvolvedShown", "4102444800"),
    (_SETUP, "LastTimeDonateShown", "4102444800"),
)


def write_settings(profile: Path, pipe: str = "", trusted_folders: Iterable[Path] = ()) -> None:
    """Let the LibreOffice of a profile listen on a pipe and trust the macros in folders; what else is set stays.

    LibreOffice must not be running with the profile: it writes its settings back when it ends.
    """
    settings = _read(profile)
    if pipe:
        _set_value(settings, _SETUP, _CONNECTION, pipe_address(pipe))
    _add_to_list(settings, _SECURITY, _TRUSTED, [folder.resolve().as_uri() for folder in trusted_folders])
    _write(profile, settings)


def remove_settings(profile: Path, trusted_folders: Iterable[Path] = ()) -> None:
    """Take back what `write_settings` set in a profile."""
    settings = _read(profile)
    for item in settings.findall("item"):
        if item.find(f"prop[@{{{_NAMESPACE}}}name='{_CONNECTION}']") is not None:
            settings.remove(item)
    _remove_from_list(settings, _TRUSTED, {folder.resolve().as_uri() for folder in trusted_folders})
    _write(profile, settings)


def read_connection(profile: Path) -> str:
    """Return the address that the LibreOffice of a profile listens on; empty when it does not."""
    setting = _find_property(_read(profile), _CONNECTION)
    return "" if setting is None else "".join(setting.itertext()).strip()


def read_trusted_folders(profile: Path) -> list[str]:
    """Return the addresses (file:///...) of the folders whose macros the LibreOffice of a profile trusts."""
    setting = _find_property(_read(profile), _TRUSTED)
    return [] if setting is None else [entry.text or "" for entry in setting.iter(_ENTRY)]


def silence(profile: Path) -> None:
    """Let the LibreOffice of a fresh profile start without welcome, tips and appeals."""
    settings = _read(profile)
    for path, name, value in _SILENCE:
        _set_value(settings, path, name, value)
    _write(profile, settings)


def pipe_address(pipe: str) -> str:
    """Return the address that LibreOffice listens on and that others connect to."""
    return f"pipe,name={pipe};urp;"


def settings_file(profile: Path) -> Path:
    """Return the file that holds a profile's settings."""
    return profile / "user" / "registrymodifications.xcu"


def _read(profile: Path) -> ET.Element:
    ET.register_namespace("oor", _NAMESPACE)
    if not settings_file(profile).exists():
        return ET.Element(f"{{{_NAMESPACE}}}items")
    return ET.fromstring(settings_file(profile).read_bytes())  # noqa: S314 - written by LibreOffice for this user


def _write(profile: Path, settings: ET.Element) -> None:
    target = settings_file(profile)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(ET.tostring(settings, encoding="UTF-8", xml_declaration=True))
    Path(temporary).replace(target)


def _find_property(settings: ET.Element, name: str) -> ET.Element | None:
    return settings.find(f"item/prop[@{{{_NAMESPACE}}}name='{name}']")


def _make_property(settings: ET.Element, path: str, name: str) -> ET.Element:
    item = ET.SubElement(settings, "item", {_PATH: path})
    return ET.SubElement(item, "prop", {_NAME: name, _OPERATION: "fuse"})


def _set_value(settings: ET.Element, path: str, name: str, value: str) -> None:
    found = _find_property(settings, name)
    setting = _make_property(settings, path, name) if found is None else found
    for old in list(setting):
        setting.remove(old)
    ET.SubElement(setting, "value").text = value


def _add_to_list(settings: ET.Element, path: str, name: str, additions: list[str]) -> None:
    if not additions:
        return
    found = _find_property(settings, name)
    setting = _make_property(settings, path, name) if found is None else found
    values = setting.find("value")
    if values is None:
        values = ET.SubElement(setting, "value")
    present = [entry.text for entry in values]
    for addition in additions:
        if addition not in present:
            ET.SubElement(values, _ENTRY).text = addition


def _remove_from_list(settings: ET.Element, name: str, removals: set[str]) -> None:
    for item in settings.findall("item"):
        values = item.find(f"prop[@{{{_NAMESPACE}}}name='{name}']/value")
        if values is None:
            continue
        for entry in [entry for entry in values if entry.text in removals]:
            values.remove(entry)
        if len(values) == 0:
            settings.remove(item)

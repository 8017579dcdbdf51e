"""Saved glossers changed so that every checksum is right: what only a look at the content tells."""

from __future__ import annotations

import json
from pathlib import Path

from igtkit.models._manifest import MANIFEST, load_json, save_json


def complaint(read, *arguments):
    """What is said against some content; empty where it is read."""
    try:
        read(*arguments)
    except ValueError as error:  # as every `ModelFileError` is
        return str(error)
    return ""


def change_manifest(folder, **changes):
    """Change what the manifest says: settings by key, or ``kind``, ``files``, ``parts``."""
    path = Path(folder) / MANIFEST
    content = load_json(path)
    content.pop("format_version")
    kind = changes.pop("kind", content.pop("kind"))
    for key, value in changes.items():
        (content if key in content else content["settings"])[key] = value
    save_json(path, kind, content)


def put(folder, name, content, **changes):
    """Put another file in the place of one."""
    from igtkit.models._manifest import describe_file

    folder = Path(folder)
    files = load_json(folder / MANIFEST)["files"]
    (folder / files[name]["file"]).write_bytes(content)
    entry = describe_file(folder, files[name]["file"])
    files[name] = {"file": entry.file, "sha256": entry.sha256, "size": entry.size}
    change_manifest(folder, files=files, **changes)


def stored(folder, name):
    """Where a file of a glosser is."""
    return Path(folder) / load_json(Path(folder) / MANIFEST)["files"][name]["file"]


def change_json(folder, name, change):
    """Change what a file of JSON says."""
    content = json.loads(stored(folder, name).read_bytes())
    changed = change(content)
    put(folder, name, json.dumps(content if changed is None else changed).encode())

"""Glossers that know what people have confirmed in a project."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Mapping
from typing import Any

import attrs
from plaid_client.workflows.igt import derive, project_entry_types
from plaid_client.workflows.igt.analyze import AnalysisRequest

from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.models import CrfGlosser
from igtkit.serve.plaid.words import is_confirmed, make_text, read_word

__all__ = ["ProjectMemory"]


@attrs.define
class _Project:
    glosser: CrfGlosser
    learned: dict[str, IGT] = attrs.field(factory=dict)
    """What was learned, by the id of its sentence."""
    documents: dict[str, tuple[str, dict[str, IGT]]] = attrs.field(factory=dict)
    """The version of each document when it was read, and what it held."""


class ProjectMemory:
    """What people have confirmed, learned once and kept up to date, project by project.

    Args:
        base: The glosser that is there before; it stays as it is.
    """

    def __init__(self, base: CrfGlosser) -> None:
        self._base = base
        self._projects: dict[tuple[str, ...], _Project] = {}

    def glosser(self, client: Any, request: AnalysisRequest) -> CrfGlosser:
        """Return a glosser that knows the confirmed analyses of the project as they are now.

        Documents that have not changed are not read again. Where an analysis was changed or
        taken back, all of them are learned anew, so that nothing of the old one stays.

        Args:
            client: The connection.
            request: The request; its project, its layers and its fields are looked at.
        """
        key = (str(request.project_id), *request.layers, request.gloss_field)
        project = self._projects.get(key) or _Project(copy.deepcopy(self._base))
        found = self._read(client, request, project)
        new = {sid: text for sid, text in found.items() if sid not in project.learned}
        if any(found.get(sid) != text for sid, text in project.learned.items()):
            project.glosser, new = copy.deepcopy(self._base), found
        if new:
            with contextlib.suppress(InputError):  # not a word pairs up
                project.glosser.update(new.values())
        project.learned = found
        self._projects[key] = project
        return project.glosser

    def _read(self, client: Any, request: AnalysisRequest, project: _Project) -> dict[str, IGT]:
        listed = client.projects.list_documents(str(request.project_id))
        there = {each["id"]: each.get("version") for each in listed}
        types: Mapping[str, str] | None = None
        documents = {}
        for name, version in there.items():
            known = project.documents.get(name)
            if known and version is not None and known[0] == version:
                documents[name] = known
                continue
            if types is None:
                described = client.projects.get(str(request.project_id))
                types = project_entry_types(client, described or {})
            body = client.documents.get(name, include_body=True)
            documents[name] = (version, _confirmed(body, request, types))
        project.documents = documents
        return {sid: text for _, texts in documents.values() for sid, text in texts.items()}


def _confirmed(
    document: dict[str, Any], request: AnalysisRequest, entry_types: Mapping[str, str]
) -> dict[str, IGT]:
    """The sentences with a confirmed word, the others of their words being ``???``."""
    sentences, layer = derive(
        document,
        *request.layers,
        gloss_field=request.gloss_field,
        translation_field=request.translation_field,
    )
    texts = {}
    for sentence in sentences:
        words = sentence["words"]
        known = [read_word(w, layer, entry_types) if is_confirmed(w) else None for w in words]
        if any(known):
            texts[sentence["id"]] = make_text(words, known, sentence["translation"])[0]
    return texts

"""Glossing by example: a chat model is shown similar glossed sentences, and glosses the next.

Source: PolyGloss, the in-context baselines of Tables 3 to 5.
"""

from __future__ import annotations

from igtkit.models.in_context.chat import Chat, Message
from igtkit.models.in_context.endpoint import EndpointChat
from igtkit.models.in_context.glosser import InContextGlosser
from igtkit.models.in_context.local import LocalChat
from igtkit.models.in_context.prompt import build_messages

__all__ = [
    "Chat",
    "EndpointChat",
    "InContextGlosser",
    "LocalChat",
    "Message",
    "build_messages",
]

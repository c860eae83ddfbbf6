"""Which of several letters of one day is meant: the one that who writes the citing paper signed, or got."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from corpus.papers import Paper
from corpus.rows import name_key
from corpus.tables import bodies, documents, parties


def signed_alike(to: Connection, citing: int, found: Sequence[Paper]) -> Sequence[Paper]:
    """Give those of several letters that a signer of the paper `citing` signed; all where there are none."""
    signed = set(to.scalars(_SIGNED_ALIKE, {"ids": [paper.id for paper in found], "citing": citing}))
    return [paper for paper in found if paper.id in signed] or found


def sent_to(to: Connection, citing: int, found: Sequence[Paper]) -> Sequence[Paper]:
    """Give the one of several letters that went to a body which the paper `citing` names; all where that is not one.

    A committee that answers a letter merged to several thanks for its own.
    """
    named = sorted(set(map(name_key, to.scalars(_BODIES, {"citing": citing}))))
    addressed = set(to.scalars(_SENT_TO, {"ids": [paper.id for paper in found], "keys": named}))
    return [paper for paper in found if paper.id in addressed] if len(addressed) == 1 else found


def _of_those(name: str) -> Any:
    ids: Any = sa.bindparam("ids", expanding=True)
    parted = documents.join(parties, parties.c.doc == documents.c.doc)
    return sa.select(documents.c.id).select_from(parted).where(documents.c.id.in_(ids), parties.c.relation == name)


_CITING: Any = sa.bindparam("citing")
_BODIES = sa.select(bodies.c.name).where(bodies.c.doc == _CITING)
_SENT_TO = _of_those("recipient").where(parties.c.key.in_(sa.bindparam("keys", expanding=True)))
_SIGNED_ALIKE = _of_those("signatory").where(
    parties.c.key.in_(sa.select(parties.c.key).where(parties.c.doc == _CITING, parties.c.relation == "signatory"))
)

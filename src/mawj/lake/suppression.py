"""Erased persons, remembered only as keyed digests, and kept out of later loads.

A digest is HMAC-SHA256 (RFC 2104) of an account id, or of `platform:handle`, under a secret
that the caller holds. Without the secret nobody can test whether somebody is on the list.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from mawj.lake.candidates import candidates, raw_candidates
from mawj.lake.cleaning import ERASED_IDS, Persons, cleaning_of, raw_cleaning_of
from mawj.lake.delta import CommitLost, DeltaFolder
from mawj.lake.duckdb_lake import Layout, literal
from mawj.lake.locks import held
from mawj.lake.run_log import now
from mawj.lake.upsert import numbered
from mawj.tables.errors import LakeBusy, LakeError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mawj.lake.cleaning import Cleaning
    from mawj.lake.duckdb_lake import DuckdbLake
    from mawj.lake.place import Place
    from mawj.lake.scratch import Scratch
    from mawj.lake.settings import LakeSettings
    from mawj.tables.column import Table

COLUMNS: dict[str, pa.DataType] = {
    "digest": pa.string(),
    "kind": pa.string(),
    "platform": pa.string(),
    "reason": pa.string(),
    "suppressed_at": pa.timestamp("us", tz="UTC"),
}
SCHEMA = pa.schema(COLUMNS)
# Digested with the secret of the list, to tell a wrong secret from an empty match.
CHECK = "the secret of this suppression list"
BLOCK = 64
TRIES = 50


@dataclass(frozen=True)
class Workshop:
    """What cleaning works with: the lake's root, its engine, scratch and settings."""

    root: Place
    duck: DuckdbLake
    scratch: Scratch
    settings: LakeSettings


class Suppressed:
    """The suppression list of a lake."""

    def __init__(self, shop: Workshop) -> None:
        self.shop = shop
        self.duck = shop.duck
        self.folder = DeltaFolder(shop.root / "suppressed")

    def version(self) -> int | None:
        """Version of the list; None where there is none."""
        return self.folder.version()

    def is_at(self, version: int | None) -> bool:
        """True while nobody was erased since `version`."""
        return self.version() == version

    def add(self, persons: Persons, key: bytes, reason: str) -> int:
        """Put accounts and handles on the list; how many are new on it.

        Raises:
            LakeError: the list was begun with another secret.
        """
        for _ in range(TRIES):
            try:
                with held(self.shop.root, "suppressed", self.shop.settings.wait_s):
                    return self._add(persons, key, reason)
            except CommitLost:
                continue
        raise LakeBusy("other processes kept changing the suppression list; try again")

    def _add(self, persons: Persons, key: bytes, reason: str) -> int:
        snapshot = self.folder.snapshot()
        if snapshot is None:
            self.folder.create(SCHEMA)
            snapshot = self.folder.snapshot()
        if snapshot is None:
            raise CommitLost(self.folder.place.uri)
        listed = self._digests()
        if listed:
            _check_key(listed, key)
        rows = [row for row in _rows(persons, key, reason) if row["digest"] not in listed]
        if not rows:
            return 0
        file = self.shop.scratch.file("suppressed")
        pq.write_table(pa.Table.from_pylist(rows, SCHEMA), file)
        part = self.folder.take_in(file)
        file.unlink()
        try:
            self.folder.commit([part], [], after=snapshot.version)
        except CommitLost:
            self.folder.drop([part])
            raise
        return sum(row["kind"] != "check" for row in rows)

    def _digests(self) -> dict[str, str]:
        """The list: digest to platform."""
        snapshot = self.folder.snapshot()
        if snapshot is None:
            return {}
        store = self.folder.place.filesystem
        tables = [pq.read_table(part.name, filesystem=store) for part in snapshot.parts]
        return {row["digest"]: row["platform"] for table in tables for row in table.to_pylist()}

    def clean_staged(
        self, table: Table, files: list[Path], schema: pa.Schema
    ) -> tuple[list[Path], int]:
        """Staged rows without erased persons, and how many rows went.

        Raises:
            LakeError: there is a list, and the lake was opened without its secret.
        """
        listed = self._digests()
        if not listed or not files:
            return files, 0
        key = self._key(listed)
        self.duck.view("staged", numbered(files))
        persons = self._found(listed, key, candidates(table))
        if not persons.account_ids and not persons.handles:
            return files, 0
        fill_erased_ids(self.duck, persons.account_ids)
        cleaning = cleaning_of(table, schema.names, persons)
        n_gone = self.duck.run(f"SELECT count(*) FROM staged WHERE {cleaning.is_gone}")[0][0]
        return self._rewritten(cleaning, schema), n_gone

    def clean_raw(self, files: list[Path], schema: pa.Schema) -> list[Path]:
        """Raw rows on their way in, without erased persons."""
        listed = self._digests()
        if not listed or not files:
            return files
        key = self._key(listed)
        self.duck.view("staged", numbered(files))
        persons = self._found(listed, key, raw_candidates(schema, set(listed.values()) - {""}))
        if not persons.account_ids and not persons.handles:
            return files
        return self._rewritten(raw_cleaning_of(schema, persons), schema)

    def _rewritten(self, cleaning: Cleaning, schema: pa.Schema) -> list[Path]:
        items = ", ".join([*cleaning.items, "_seen"])
        sql = f"SELECT {items} FROM staged WHERE NOT {cleaning.is_gone}"
        return self.duck.write_sql(sql, schema, Layout(sort_by=("_seen",)))

    def _key(self, listed: dict[str, str]) -> bytes:
        key = self.shop.settings.suppression_key
        if key is None:
            raise LakeError(
                "somebody was erased from this lake, and loading needs the secret of the "
                "suppression list: open it with LakeSettings(suppression_key=…); nothing was "
                "loaded"
            )
        _check_key(listed, key)
        return key

    def _found(self, listed: dict[str, str], key: bytes, candidates: str) -> Persons:
        """Those of the candidate texts `platform:name` whose digest is on the list.

        `candidates` is a query for (kind, text); the digests are taken by the engine.
        """
        digests = ", ".join(map(literal, listed))
        inner, outer = _pads(key)
        found = self.duck.run(
            f"SELECT DISTINCT kind, text FROM ({candidates}) "
            f"WHERE sha256({outer} || unhex(sha256({inner} || encode(text)))) IN ({digests})"
        )
        ids = sorted({text for kind, text in found if kind == "account"})
        handles = sorted({text for kind, text in found if kind == "handle"})
        pairs = [(text.partition(":")[0], text.partition(":")[2]) for text in handles]
        return Persons(tuple(ids), tuple(pairs))


def digest_of(key: bytes, text: str) -> str:
    """HMAC-SHA256 as hexadecimal digits."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _rows(persons: Persons, key: bytes, reason: str) -> list[dict[str, object]]:
    """The rows of the list for these persons, and the one that tells a wrong secret."""
    texts = [("check", "", CHECK)]
    texts += [("account", name.partition(":")[0], name) for name in persons.account_ids]
    texts += [("handle", platform, f"{platform}:{name}") for platform, name in persons.handles]
    return [
        {
            "digest": digest_of(key, text),
            "kind": kind,
            "platform": platform,
            "reason": reason,
            "suppressed_at": now(),
        }
        for kind, platform, text in texts
    ]


def fill_erased_ids(duck: DuckdbLake, ids: Iterable[str]) -> None:
    """Put the ids where the queries of `cleaning` look for them."""
    duck.run(f"CREATE OR REPLACE TEMP TABLE {ERASED_IDS} (id VARCHAR)")
    for erased in ids:
        duck.run(f"INSERT INTO {ERASED_IDS} VALUES (?)", [erased])


def _check_key(listed: dict[str, str], key: bytes) -> None:
    if digest_of(key, CHECK) not in listed:
        raise LakeError(
            "the suppression list of this lake was made with another secret; give that one: "
            "nothing was changed"
        )


def _pads(key: bytes) -> tuple[str, str]:
    """The two padded keys of HMAC as SQL blobs."""
    whole = hashlib.sha256(key).digest() if len(key) > BLOCK else key
    whole = whole.ljust(BLOCK, b"\0")
    inner, outer = bytes(b ^ 0x36 for b in whole), bytes(b ^ 0x5C for b in whole)
    return tuple(
        "'" + "".join(f"\\x{b:02X}" for b in pad) + "'::BLOB" for pad in (inner, outer)
    )  # type: ignore[return-value]

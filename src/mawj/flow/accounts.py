"""Which account a person means by what was typed: an id, a handle or an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from mawj.flow.told_accounts import Told, meant
from mawj.tables.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir
    import pyarrow as pa


class Readable(Protocol):
    """Where tables are read: the lake, or one run of it."""

    def read(self, name: str) -> ir.Table:
        """The table called `name`."""

    def seek(
        self, name: str, where: Mapping[str, Any], columns: Sequence[str] = ()
    ) -> list[dict[str, Any]]:
        """Its rows whose columns have the values of `where`."""

    def seek_table(
        self, name: str, where: Mapping[str, Any], columns: Sequence[str] = ()
    ) -> pa.Table:
        """The same as Arrow."""

    def slice(self, name: str, value: str) -> pa.Table | None:
        """Its rows with one value of the column it is sorted by, or None: see `Sight.slice`."""

    def has(self, name: str) -> bool:
        """Whether anything is stored under `name`."""


def rows(table: Any) -> list[dict[str, Any]]:
    """The rows of a small Ibis table as dicts."""
    found: list[dict[str, Any]] = table.to_pyarrow().to_pylist()
    return found


def account_id_of(lake: Readable, said: str) -> str:
    """The id of the one account meant by `said`: `platform:native`, `@handle` or an address.

    Raises:
        NotFound: when no loaded account fits, or several do; the message lists the nearest.
    """
    if lake.seek("accounts", {"account_id": said}, ["account_id"]):
        return said
    found = meant(lake, [Told(said)])[0]
    if len(found) == 1:
        return found[0]
    raise NotFound(_not_one(lake, said, found))


def account_ids_of(
    lake: Readable, said: Sequence[str], *, skip_unknown: bool = False
) -> tuple[list[str], list[str]]:
    """The ids of the accounts meant, in order and each once, and what is not known.

    They are looked up together, since a list may have thousands. What could mean several
    accounts is not known either.

    Raises:
        NotFound: when something is not known and shall not be skipped.
    """
    wanted = list(dict.fromkeys(one.strip() for one in said if one.strip()))
    if len(wanted) == 1 and not skip_unknown:
        return [account_id_of(lake, wanted[0])], []
    fits = meant(lake, [Told(one) for one in wanted])
    found = [ids[0] for ids in fits if len(ids) == 1]
    unknown = [one for one, ids in zip(wanted, fits, strict=True) if len(ids) != 1]
    if unknown and not skip_unknown:
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        raise NotFound(
            f"{len(unknown)} of {len(wanted)} are no loaded account: "
            f"{', '.join(unknown[:5])}{more}; --skip-unknown leaves them out"
        )
    return list(dict.fromkeys(found)), unknown


def _not_one(lake: Readable, said: str, found: Sequence[str]) -> str:
    if found:
        several = ", ".join(found[:9])
        return f"{said!r} fits several accounts: {several}; give the whole id"
    handle = Told(said).handle or said
    accounts = lake.read("accounts")
    near = accounts.filter(accounts.handle.contains(handle[:5])).select("account_id").limit(5)
    nearest = ", ".join(str(r["account_id"]) for r in rows(near))
    hint = f"; near it: {nearest}" if nearest else "; `mawj load` brings accounts in"
    return f"no loaded account is called {said!r}{hint}"

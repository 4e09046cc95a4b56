"""The error tree.

    MawjError
      SourceError
        SourceRefused       stop: the source cannot be used
        SourceLimited       wait `retry_after_s`, then go on
        SourceUnreachable   no answer, or a broken one: try again later
        SourceGone          what was asked for is not there, or no more
        SourceChanged       an expected field is gone or of another kind
        RecordRejected      this record is set aside, the rest goes on
        MappingNeeded       the headings are not certain enough to go on alone
      TableError
        MissingColumn       a table lacks a column that is read
        DuplicateKey        two rows with one key
        OutOfRange          a value outside what its column allows
        UnknownTable        no table of that name
      LakeError
        LakeBusy            another writer held the table for too long
        RunNotFound         no run of that name, or none yet
      SettingsError         a settings or data file of the user does not hold
        BrandSlip           one field of what a brand wrote down does not hold
      NotEnoughData         fewer rows than the method needs
      NotPortable           an operation that an engine does not have
      NotFound              nothing of that name: an account, a topic, a scheme
      ActionRefused         not allowed, or makes no sense now

Each message says what is wrong, where, and what to do.
"""

from __future__ import annotations


class MawjError(Exception):
    """Anything that Mawj itself says no to; doors turn it into an exit code or an answer."""

    exit_code = 2
    is_worth_retrying = False


class SourceError(MawjError):
    """Something about a source of rows."""


class SourceRefused(SourceError):
    """The source cannot be used: unreadable file, refused key, unknown format.

    `scope`: what else it holds for: everything of the "source", all of this "kind".
    """

    def __init__(self, message: str, *, scope: str = "source") -> None:
        super().__init__(message)
        self.scope = scope


class SourceLimited(SourceError):
    """The source asks us to wait; `retry_after_s` is 0 where it does not say how long.

    `scope`: what else would have to wait: everything of the "source", all of this "kind", or
    this "subject" alone.
    """

    is_worth_retrying = True

    def __init__(self, message: str, *, retry_after_s: float, scope: str = "source") -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.scope = scope


class SourceUnreachable(SourceError):
    """The source gave no answer in time, or one that breaks off."""

    is_worth_retrying = True


class SourceGone(SourceError):
    """The account, post or list asked for is not there, or no more; others may be."""


class SourceChanged(SourceError):
    """The source no longer has a field that we read, or has it in another form."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class RecordRejected(SourceError):
    """One record cannot be used; it is kept in `rejected` with the reason."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class MappingNeeded(SourceError):
    """The guess of what each heading means is not certain enough to go on without a person."""

    exit_code = 3


class TableError(MawjError):
    """A table is not what its declaration says."""


class MissingColumn(TableError):
    """A table lacks a column that is read from it."""

    def __init__(self, table: str, column: str) -> None:
        super().__init__(f"table {table!r} has no column {column!r}; see docs/tables.md")
        self.table = table
        self.column = column


class DuplicateKey(TableError):
    """Two rows share one key."""


class OutOfRange(TableError):
    """A value lies outside what its column allows."""


class UnknownTable(TableError):
    """No table of that name is declared or stored."""


class LakeError(MawjError):
    """Something about where the tables live."""


class LakeBusy(LakeError):
    """Another writer held the table for longer than we wait."""

    is_worth_retrying = True


class RunNotFound(LakeError):
    """No run of that name, or none has finished yet."""


class SettingsError(MawjError):
    """A settings file, a mapping or another file of the user does not hold."""


class BrandSlip(SettingsError):
    """One field of what a brand wrote down does not hold.

    Attributes:
        part: red_line, competitor, claim or fact; empty for what stands once.
        place: which of the parts of that name, from 0.
        field: the field that does not hold.
        kind: what is wrong, in one word that forms have a sentence for.
    """

    def __init__(self, message: str, *, at: tuple[str, int, str], kind: str) -> None:
        super().__init__(message)
        self.part, self.place, self.field = at
        self.kind = kind


class NotEnoughData(MawjError):
    """A method has fewer rows than it needs."""

    def __init__(self, message: str, *, has: int, needs: int) -> None:
        super().__init__(message)
        self.has = has
        self.needs = needs


class NotPortable(MawjError):
    """An operation that one of the engines does not have."""

    def __init__(self, operation: str, engine: str) -> None:
        super().__init__(f"{operation} does not exist on {engine}; see tables/portable.py")
        self.operation = operation
        self.engine = engine


class NotFound(MawjError):
    """Nothing of that name is stored: an account, a topic, a tier scheme."""


class ActionRefused(MawjError):
    """The action is not allowed, or makes no sense now; the message says why."""

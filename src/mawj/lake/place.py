"""Where a lake lies: a folder of this machine, or one of an object store."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pyarrow.fs as pafs
from deltalake._internal import DeltaFileSystemHandler
from deltalake.fs import DeltaStorageHandler

from mawj.tables.errors import LakeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# DuckDB reads these as patterns even in a list of files.
PATTERN_LETTERS = frozenset("*?[]{}")
PIECE = 8 << 20


@dataclass(frozen=True)
class StoredFile:
    """One file under a place: its path from there, bytes, and time of writing (epoch s)."""

    path: str
    size: int
    written_s: float


@dataclass(frozen=True)
class Place:
    """A folder, named by an absolute path or by a URL that `deltalake` reaches.

    Attributes:
        uri: absolute path, or URL such as `s3://bucket/lake`.
        options: credentials and endpoint of the object store, as `deltalake` names them.
        below: the folder's path inside the store that `uri` without it names; "" for the root.
    """

    uri: str
    options: Mapping[str, str] = field(default_factory=dict, repr=False)
    below: str = ""

    @classmethod
    def named(cls, path: str | os.PathLike[str], options: Mapping[str, str] | None) -> Place:
        """The place that a person means by `path`.

        Raises:
            LakeError: when the path holds a letter that engines read as a pattern.
        """
        text = os.fspath(path)
        if text.startswith("file://") and not options:
            text = unquote(urlsplit(text).path)
        if PATTERN_LETTERS & set(text):
            raise LakeError(
                f"the lake path {text!r} holds one of * ? [ ] {{ }}, which engines read as a "
                "pattern; give the folder another name"
            )
        if "://" in text:
            return cls(text.rstrip("/"), dict(options or {}))
        return cls(str(Path(text).expanduser().resolve()))

    def __truediv__(self, name: str) -> Place:
        """The place called `name` below this one."""
        return Place(f"{self.uri}/{name}", self.options, f"{self.below}/{name}".lstrip("/"))

    @property
    def _store(self) -> str:
        return self.uri.removesuffix(self.below).rstrip("/")

    @property
    def is_local(self) -> bool:
        """True for a folder of this machine."""
        return "://" not in self.uri

    @property
    def path(self) -> Path:
        """The folder; only where `is_local`."""
        return Path(self.uri)

    @property
    def filesystem(self) -> pafs.FileSystem:
        """Arrow's way to the files, paths counted from here."""
        if self.is_local:
            return pafs.SubTreeFileSystem(self.uri, pafs.LocalFileSystem())
        store = pafs.PyFileSystem(DeltaStorageHandler(self._store, dict(self.options)))
        return pafs.SubTreeFileSystem(self.below, store) if self.below else store

    def files(self) -> Iterator[StoredFile]:
        """Every file at any depth."""
        if self.is_local and not self.path.is_dir():
            return
        everything = pafs.FileSelector("", allow_not_found=True, recursive=True)
        for found in self.filesystem.get_file_info(everything):
            if found.type == pafs.FileType.File:
                written_s = found.mtime.timestamp() if found.mtime else 0.0
                yield StoredFile(found.path.lstrip("/"), found.size, written_s)

    def folders(self) -> list[str]:
        """Names of the folders directly below, sorted."""
        if self.is_local:
            if not self.path.is_dir():
                return []
            return sorted(entry.name for entry in self.path.iterdir() if entry.is_dir())
        return sorted({file.path.split("/")[0] for file in self.files() if "/" in file.path})

    def read_bytes(self, path: str) -> bytes:
        """The whole content of one file."""
        with self.filesystem.open_input_file(path) as stream:
            return bytes(stream.read())

    def remove(self, path: str) -> None:
        """Delete one file; one that is gone already is no error."""
        if self.is_local:
            (self.path / path).unlink(missing_ok=True)
            return
        try:
            self.filesystem.delete_file(path)
        except FileNotFoundError:
            return

    def remove_all(self) -> None:
        """Delete every file below, the Delta log first so that no half table can be opened."""
        for file in sorted(self.files(), key=lambda file: "_delta_log" not in file.path):
            self.remove(file.path)
        if self.is_local and self.path.is_dir():
            for folder, _, _ in os.walk(self.uri, topdown=False):
                # A writer may have put a file there meanwhile: then the folder stays.
                if not any(Path(folder).iterdir()):
                    Path(folder).rmdir()

    def take_in(self, file: Path, name: str) -> None:
        """Put a finished local file here, on disk before this returns; `file` stays too."""
        if self.is_local:
            self.path.mkdir(parents=True, exist_ok=True)
            _link(file, self.path / name)
            return
        # Not through Arrow's file system: its buffers are not the bytes that the store takes.
        store = DeltaFileSystemHandler(self._store, dict(self.options))
        target = store.open_output_stream(f"{self.below}/{name}".lstrip("/"))
        with file.open("rb") as source:
            shutil.copyfileobj(source, target, PIECE)
        target.close()  # type: ignore[attr-defined] # the stub leaves it out


def _link(file: Path, target: Path) -> None:
    """A second name for the file, or a copy where scratch lies on another disk."""
    try:
        os.link(file, target)
    except OSError:
        with file.open("rb") as source, target.open("wb") as sink:
            shutil.copyfileobj(source, sink, PIECE)
    flush_to_disk(target)


def flush_to_disk(file: Path) -> None:
    """Force a file to disk, so that a power cut after the commit loses nothing."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""The public sets of fake accounts as faces: what their rows say, in the words of the product.

Families are told by the file or column that names them. Names and handles of the Cresci sets
are masked (letters as `a` and `A`, digits as `9`), which leaves their digits and words to read.
Language and time zone are left out: they give the crawl away.
"""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mawj.vet.follower_signs import Floats

Row = dict[str, str]
GENUINE = "genuine"


@dataclass(frozen=True)
class Labelled:
    """One set: faces, which of them are fake, and of which family."""

    name: str
    faces: dict[str, Floats]
    is_fake: npt.NDArray[np.bool_]
    family: npt.NDArray[np.str_]

    def at(self, rows: npt.NDArray[np.int64]) -> "Labelled":
        """The rows at these places."""
        faces = {name: values[rows] for name, values in self.faces.items()}
        return Labelled(self.name, faces, self.is_fake[rows], self.family[rows])


def number(cell: object) -> float:
    """A cell as a number; NaN where there is none."""
    try:
        return float(str(cell))
    except ValueError:
        return float("nan")


def zero(cell: object) -> float:
    """A flag that the set leaves empty for no."""
    return 0.0 if cell in ("", None) else number(cell)


def column(rows: Sequence[Row], name: str, read: Callable[[object], float] = number) -> Floats:
    """One column of the rows as floats; NaN where the set does not have it."""
    return np.array([read(row[name]) if name in row else np.nan for row in rows])


def csv_rows(paths: Sequence[Path]) -> list[Row]:
    """The rows of several files."""
    rows: list[Row] = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    return rows


def kaggle(folder: Path) -> Labelled | None:
    """Kaggle's Instagram accounts: the public train and test files together."""
    rows = csv_rows(sorted(folder.glob("*.csv")))
    rows = [row for row in rows if "#follows" in row and "fake" in row]
    if not rows:
        return None
    fake = column(rows, "fake") == 1
    return Labelled(
        "kaggle",
        {
            "followers": column(rows, "#followers"),
            "following": column(rows, "#follows"),
            "posts": column(rows, "#posts"),
            "bio_length": column(rows, "description length"),
            "has_picture": column(rows, "profile pic"),
            "is_private": column(rows, "private"),
            "has_link": column(rows, "external URL"),
            "handle_digit_share": column(rows, "nums/length username"),
            "name_words": column(rows, "fullname words"),
            "is_name_handle": column(rows, "name==username"),
        },
        fake,
        np.where(fake, "kaggle_fake", GENUINE),
    )


def instafake(folder: Path) -> Labelled | None:
    """InstaFake's fake and real accounts of Instagram."""
    rows: list[Row] = []
    for path in sorted(folder.glob("*AccountData.json")):
        rows += [row for row in json.loads(path.read_text("utf-8")) if "isFake" in row]
    if not rows:
        return None
    fake = column(rows, "isFake") == 1
    length = np.maximum(column(rows, "usernameLength"), 1.0)
    return Labelled(
        "instafake",
        {
            "followers": column(rows, "userFollowerCount"),
            "following": column(rows, "userFollowingCount"),
            "posts": column(rows, "userMediaCount"),
            "bio_length": column(rows, "userBiographyLength"),
            "has_picture": column(rows, "userHasProfilPic"),
            "is_private": column(rows, "userIsPrivate"),
            "handle_digit_share": column(rows, "usernameDigitCount") / length,
        },
        fake,
        np.where(fake, "instafake_fake", GENUINE),
    )


def cresci(name: str) -> Callable[[Path], Labelled | None]:
    """A reader of one of the two Cresci sets of X."""

    def read(folder: Path) -> Labelled | None:
        rows = [row for row in csv_rows(sorted(folder.glob("*.csv"))) if "is_fake" in row]
        if not rows:
            return None
        fake = column(rows, "is_fake") == 1
        family = np.array([row.get("group") or "fake" for row in rows])
        return Labelled(name, _cresci_faces(rows), fake, np.where(fake, family, GENUINE))

    return read


def _cresci_faces(rows: list[Row]) -> dict[str, Floats]:
    handles = [row.get("screen_name_pattern") or "" for row in rows]
    names = [row.get("name_pattern") or "" for row in rows]
    return {
        "followers": column(rows, "followers_count"),
        "following": column(rows, "friends_count"),
        "posts": column(rows, "statuses_count"),
        "likes_given": column(rows, "favourites_count"),
        "lists": column(rows, "listed_count"),
        "bio_length": column(rows, "description_length"),
        "has_picture": 1.0 - column(rows, "default_profile_image", zero),
        "is_private": column(rows, "protected", zero),
        "has_link": column(rows, "has_url"),
        "has_banner": column(rows, "has_profile_banner"),
        "has_place": column(rows, "has_location"),
        "handle_digit_share": np.array([h.count("9") / max(len(h), 1) for h in handles]),
        "name_words": np.array([float(len(name.split())) for name in names]),
        "is_name_handle": np.array(
            [
                float(handle.lower() == name.lower().replace(" ", ""))
                for handle, name in zip(handles, names, strict=True)
            ]
        ),
        "age_days": np.array([_age(row) for row in rows]),
    }


def _age(row: Row) -> float:
    """Days from opening to the crawl, else to when the authors stored the row."""
    looked = row.get("crawled_at") or row.get("updated") or ""
    try:
        opened = datetime.strptime(row["created_at"], "%a %b %d %H:%M:%S %z %Y")
        until = datetime.fromisoformat(looked).replace(tzinfo=UTC)
    except (ValueError, KeyError):
        return float("nan")
    return max((until - opened).total_seconds() / 86_400.0, 1.0)


READERS: dict[str, tuple[str, Callable[[Path], Labelled | None]]] = {
    "kaggle": ("kaggle-instagram-fake-spammer-genuine", kaggle),
    "instafake": ("instafake-v1", instafake),
    "cresci2015": ("cresci-2015-part", cresci("cresci2015")),
    "cresci2017": ("cresci-2017-part", cresci("cresci2017")),
}
PLATFORM = {
    "kaggle": "instagram",
    "instafake": "instagram",
    "cresci2015": "x",
    "cresci2017": "x",
}


def sets_of(data: Path) -> dict[str, Labelled]:
    """Every set that stands in the folder, by its short name.

    A folder named like the set, in full or by its beginning, or the files of one set directly.
    """
    found: dict[str, Labelled] = {}
    for name, (home, read) in READERS.items():
        stem = home.removesuffix("-part").removesuffix("-v1")
        folders = [path for path in sorted(data.glob(f"{stem}*")) if path.is_dir()]
        for folder in folders or [data]:
            made = read(folder)
            if made is not None and made.is_fake.any() and not made.is_fake.all():
                found[name] = made
                break
    # Files given directly are read by both Cresci readers: one set, not two.
    if "cresci2015" in found and "cresci2017" in found and not any(data.glob("cresci*")):
        found.pop("cresci2015")
    return found

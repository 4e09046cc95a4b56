"""The folder in which one installation keeps what is its own: database, secret, lakes.

```
home/
  mawj.sqlite3      what people decide (unless MAWJ_DATABASE_URL names PostgreSQL)
  jobs.sqlite3      the queue of long work
  secret            what signs cookies; made once, readable by its owner only
  source-key        what keys of live sources are sealed with; never in a backup
  lakes/<slug>/     the lake of a workspace
  uploads/          files while they wait to be loaded
  mail/             messages, where no mail server is set
```
"""

from __future__ import annotations

import os
from pathlib import Path

from mawj.crm.members.secrets import secret_in

DEFAULT = "mawj-home"


def home_folder() -> Path:
    """The folder named by MAWJ_HOME, made if absent."""
    home = Path(os.environ.get("MAWJ_HOME", DEFAULT)).resolve()
    home.mkdir(parents=True, exist_ok=True)
    return home


def secret_key(home: Path) -> str:
    """MAWJ_SECRET_KEY, or the secret kept in the home folder, made at the first start."""
    told = os.environ.get("MAWJ_SECRET_KEY")
    if told:
        return told
    return secret_in(home / "secret")


def source_key_file(home: Path) -> Path:
    """MAWJ_SOURCE_KEY_FILE, or the file in the home that is made with the first key."""
    return Path(os.environ.get("MAWJ_SOURCE_KEY_FILE") or home / "source-key")

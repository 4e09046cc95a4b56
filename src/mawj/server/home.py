"""The folder in which one installation keeps what is its own: database, secret, lakes.

```
home/
  mawj.sqlite3      what people decide (unless MAWJ_DATABASE_URL names PostgreSQL)
  jobs.sqlite3      the queue of long work
  secret            what signs cookies; made once, readable by its owner only
  lakes/<slug>/     the lake of a workspace
  uploads/          files while they wait to be loaded
  mail/             messages, where no mail server is set
```
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

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
    file = home / "secret"
    if not file.exists():
        unfinished = home / f".secret-{os.getpid()}"
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT, 0o600), "w") as opened:
            opened.write(secrets.token_urlsafe(50))
        try:
            os.link(unfinished, file)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return file.read_text("utf-8").strip()

"""The processes of the product: `python -m mawj.server COMMAND`; `mawj serve` starts it.

serve [--host --port --demo LAKE]   migrate, then web server and worker until stopped
work                                the worker alone
migrate, …                          any command of Django
"""

from __future__ import annotations

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mawj.server.settings")


def main(told: list[str]) -> None:
    """Do the command; without one, serve."""
    import django  # noqa: PLC0415  (the settings are named first)

    django.setup()
    from mawj.server import keeping, serving  # noqa: PLC0415  (they need Django set up)

    command, rest = (told[0], told[1:]) if told else ("serve", [])
    ours = {"serve": serving.serve, "work": serving.work, "backup": keeping.backup,
            "restore": keeping.restore, "doctor": keeping.doctor,
            "renew-key": keeping.renew_key}  # fmt: skip
    if command in ours:
        sys.exit(keeping.said_clearly(ours[command], rest))
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["mawj.server", command, *rest])


if __name__ == "__main__":
    main(sys.argv[1:])

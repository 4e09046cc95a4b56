"""Parts of pages that are the same for all who read alike, made once until the lake changes.

Such a part is made of a template that knows neither the request nor the person: what is for
somebody alone cannot get into it. Who reads (language, digits, calendar) is part of its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from mawj.flow.remembered import remembered
from mawj.web.reader import reader

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from mawj.crm.members.here import Here
    from mawj.lake.sight import Sight


def kept(
    here: Here, template: str, asked: Hashable, told: Callable[[Sight], dict[str, Any]]
) -> SafeString:
    """The part that `template` makes of `told`, as it was made before where nothing changed.

    Args:
        here: where the reader stands: the lake, and the workspace that addresses name.
        template: what makes the part; besides `told` it knows `slug` and `reader`.
        asked: everything that what is told depends on besides the lake.
        told: what the template shows, from the lake as it is.
    """
    who, slug = reader(), here.workspace.slug

    def made(sight: Sight) -> SafeString:
        # The template engine has escaped what is shown.
        text = render_to_string(template, {"slug": slug, "reader": who, **told(sight)})
        return mark_safe(text)

    return remembered(here.lake, ("part", template, slug, who, asked), made)

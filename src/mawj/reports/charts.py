"""Charts as SVG text, drawn without a browser and readable offline.

A chart is always laid out left to right, also on a right-to-left page: turned axes would make
the same number stand on the other side (see the research on charts inside `dir="rtl"`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mawj.flow.sentences import say

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 620, 320
FONT = "Vazirmatn, 'Segoe UI', Tahoma, 'Noto Sans Arabic', 'DejaVu Sans', sans-serif"
COLOURS = {
    "specialist": "#0b7a75", "celebrity": "#b5533c", "both": "#7a4fa3", "neither": "#9aa5b1",
    "not_assessed": "#cbd2d9",
}  # fmt: skip


def influence_by_size(
    dots: Sequence[dict[str, Any]], chosen: Sequence[str], language: str
) -> str:
    """Influence against followers, a dot an account, the shortlist ringed; "" without dots."""
    if not dots:
        return ""
    import altair as alt  # noqa: PLC0415  (optional: the reports extra, slow to import)

    marked = set(chosen)
    values = [
        {**dot, "kind": say(language, "kinds", dot["kind"] or "not_assessed"),
         "chosen": dot["account_id"] in marked}
        for dot in dots
    ]  # fmt: skip
    names = [say(language, "kinds", kind) for kind in COLOURS]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("followers:Q", title=say(language, "shortlist", "followers"),
                scale=alt.Scale(type="log"),
                axis=alt.Axis(format="~s", tickCount=6, grid=False)),
        y=alt.Y("influence:Q", title=say(language, "shortlist", "influence"),
                axis=alt.Axis(gridColor="#e4e7eb", tickCount=5)),
        color=alt.Color("kind:N", title=None, legend=alt.Legend(orient="bottom"),
                        scale=alt.Scale(domain=names, range=list(COLOURS.values()))),
    )  # fmt: skip
    every = base.mark_circle(size=16, opacity=0.45)
    ringed = base.transform_filter("datum.chosen").mark_point(
        size=90, strokeWidth=2, filled=False
    )
    chart = alt.layer(every, ringed).properties(width=WIDTH, height=HEIGHT)
    return _svg(chart.configure(font=FONT).configure_view(stroke=None).to_dict())


def _svg(spec: dict[str, Any]) -> str:
    import vl_convert as vlc  # noqa: PLC0415  (optional: the reports extra)

    drawn = str(vlc.vegalite_to_svg(spec, allowed_base_urls=[]))
    # The picture grows and shrinks with the page instead of having a size of its own.
    return re.sub(r'<svg ([^>]*?)width="[\d.]+" height="[\d.]+"', r"<svg \1", drawn, count=1)

"""The parts of a portfolio: what is wished, what offers cover, the search, proofs and reasons.

`asked` holds what is wished and by what it is judged; `limits` turns wishes into limits;
`instance` turns candidates and their audiences into arrays; `search` finds picks, `exact` and
`bound` say how good the best could be, `risk` brings in what forecasts do not know, `conflicts`
says which wishes exclude each other. `mawj.plan.portfolio` puts them together.
"""

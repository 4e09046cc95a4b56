"""How prices are judged: how old evidence may be, and how far apart fees lie."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PriceScale:
    """How prices are judged.

    Attributes:
        oldest_card_days: a card older than this prices only what no newer one does; our
            judgement, since fees of four years ago are of another market.
        quote_days: how long a quote holds; older ones are evidence of the past. Our judgement.
        past_days: how far back fees count as evidence; our judgement.
        card_spread: standard deviation, in natural logarithms, of what an account is really
            paid round a card's figure; our judgement: published cards differ by factors of two.
        fee_spread: the same of one account's own fees round their middle; our judgement: half.
        exclusivity_named: share of a category's price for named competitors only; our
            judgement.
        exclusivity_all: times a category's price for keeping away from all brands; our
            judgement.
        cause_discount, cause_discount_low, cause_discount_high: what a charitable cause is let
            off, and the ends of it; our judgement, no published figure was found.
    """

    oldest_card_days: float = 1461.0
    quote_days: float = 180.0
    past_days: float = 730.0
    card_spread: float = 0.7
    fee_spread: float = 0.35
    exclusivity_named: float = 0.5
    exclusivity_all: float = 2.0
    cause_discount: float = 0.2
    cause_discount_low: float = 0.1
    cause_discount_high: float = 0.3

    def __post_init__(self) -> None:
        """Refuse what would turn a range round."""
        low, mid, high = self.cause_discount_low, self.cause_discount, self.cause_discount_high
        if not 0.0 <= low <= mid <= high < 1.0:
            raise ValueError("0 <= cause_discount_low <= cause_discount <= …_high < 1")
        if min(self.card_spread, self.fee_spread) <= 0.0:
            raise ValueError("card_spread and fee_spread must be above 0")

"""How followers move over the year: steady growth, and jumps of bought or invited ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mawj.worlds.cast import BOUGHT, CELEBRITY, CREATOR, GIVEAWAY, Cast
from mawj.worlds.dice import Dice, Floats, Ints, lognormal
from mawj.worlds.size import N_DAYS

JUMP_DAYS = 2.5
"""Days in which bought followers arrive, and those of a giveaway."""


@dataclass(frozen=True)
class Jumps:
    """Sudden gains, one entry a jump.

    Attributes:
        account: whose.
        day: day of the year on which it begins.
        gain: followers that come, as a share of the real ones.
        stays: share of them that stays.
        half_life: days in which half of the others are gone.
    """

    account: Ints
    day: Floats
    gain: Floats
    stays: Floats
    half_life: Floats

    def of(self, accounts: Ints) -> Jumps:
        """The jumps of `accounts` only."""
        keep = np.isin(self.account, accounts)
        return Jumps(*(values[keep] for values in vars(self).values()))


@dataclass(frozen=True)
class Growth:
    """The followers of each account on any day."""

    end: Floats
    yearly: Floats
    jumps: Jumps

    def real(self, account: Ints, day: Floats) -> Floats:
        """Followers without what jumps brought."""
        values: Floats = self.end[account] * np.exp(
            -self.yearly[account] * (1.0 - day / N_DAYS)
        )
        return values

    def gained(self, account: Ints, day: Floats) -> Floats:
        """Followers that a jump brought and that are still there; at most one an account."""
        row = np.full(len(self.end), -1)
        row[self.jumps.account] = np.arange(len(self.jumps.account))
        jump = row[account]
        extra = np.zeros(len(account))
        has = jump >= 0
        at = jump[has]
        since = day[has] - self.jumps.day[at]
        rise = np.clip(since / JUMP_DAYS, 0.0, 1.0)
        stays = self.jumps.stays[at]
        left = stays + (1.0 - stays) * 0.5 ** (
            np.maximum(since - JUMP_DAYS, 0) / self.jumps.half_life[at]
        )
        extra[has] = (
            self.jumps.gain[at] * self.real(account[has], self.jumps.day[at]) * rise * left
        )
        return extra

    def followers(self, account: Ints, day: Floats) -> Floats:
        """All followers on `day`."""
        values: Floats = np.round(self.real(account, day) + self.gained(account, day))
        return values


def make_growth(dice: Dice, cast: Cast) -> Growth:
    """The year of every account; only planted accounts jump."""
    stream = dice.stream("growth")
    n = len(cast)
    yearly = np.where(
        cast.role == CREATOR, lognormal(stream, 0.25, 0.7, n), lognormal(stream, 0.06, 0.8, n)
    )
    yearly = np.where(
        cast.group == CELEBRITY, 0.08, yearly * cast.quality.clip(0.3, 3.0) ** 0.4
    )
    bought, giveaway = cast.planted(BOUGHT), cast.planted(GIVEAWAY)
    account = np.concatenate([bought, giveaway])
    # Own growth must not hide what leaks away after a jump.
    yearly[account] = yearly[account].clip(0.0, 0.3)
    is_bought = np.arange(len(account)) < len(bought)
    n_jumps = len(account)
    jumps = Jumps(
        account=account,
        day=125.0 + np.floor(190.0 * stream.random(n_jumps)),
        gain=np.where(is_bought, 0.5, 0.25) + 0.35 * stream.random(n_jumps),
        stays=np.where(is_bought, 0.45, 0.55) + 0.15 * stream.random(n_jumps),
        half_life=25.0 + 30.0 * stream.random(n_jumps),
    )
    return Growth(cast.followers, yearly.clip(0.0, 2.5), jumps)

"""Lists of words put together from parts."""

import numpy as np
import pyarrow as pa

from mawj.worlds.pool import Lists

LISTS = Lists(np.array([0, 2, 3, 3]), np.array([0, 1, 1]), pa.array(["قهوة", "shop"]))


def test_words_stand_once_in_the_order_of_the_parts() -> None:
    joined = LISTS.joined([np.array([0, 1]), np.array([1, 0])])
    assert joined.to_pylist() == [["قهوة", "shop"], ["shop", "قهوة"]]


def test_a_missing_part_and_an_empty_one_add_nothing() -> None:
    joined = LISTS.joined([np.array([-1, 1, 2]), np.array([2, -1, -1])])
    assert joined.to_pylist() == [[], ["shop"], []]

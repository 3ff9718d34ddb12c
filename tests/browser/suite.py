# SPDX-License-Identifier: MIT
"""The list of tests: in the order in which they are written down."""

TESTS = []


def test(function):
    TESTS.append(function)
    return function


def equal(got, wanted, what=""):
    assert got == wanted, f"{what}{': ' if what else ''}got {got!r}, " \
        f"want {wanted!r}"


def near(got, wanted, slack, what=""):
    assert abs(got - wanted) <= slack, f"{what}{': ' if what else ''}" \
        f"got {got!r}, want {wanted!r} within {slack}"

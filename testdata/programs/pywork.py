# SPDX-License-Identifier: MIT
"""Work for Python profilers; runs under 2.7 and 3."""


def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


def squares(n):
    for i in range(n):
        yield i * i


def checksum(data):
    total = 0
    for c in data:
        total = (total * 31 + c) % 65521
    return total


def cheap():
    return checksum(range(50))


def dear():
    return checksum(range(2000)) + cheap()


def compiled():
    """Three functions that a profiler cannot tell apart."""
    made = []
    for n in (2000, 4000, 6000):
        space = {"n": n}
        exec("def made():\n    return sum(range(n * 4))\n", space)
        made.append(space["made"])
    return [f() for f in made]


def on_one_line():
    a, b = (lambda: checksum(range(3000))), (lambda: checksum(range(9)))
    return a() + b()


def main():
    for _ in range(20):
        fact(12)
        is_even(31)
        sum(squares(40))
        dear()
        cheap()
    compiled()
    on_one_line()
    return sorted("profile", key=lambda c: -ord(c))


if __name__ == "__main__":
    main()

# pwork: a small job for cProfile and profile, from Python 2.7 on.
# With a second argument it does one part twice, and has one part more.
from __future__ import print_function
import functools
import sys


def mix(seed, rounds):
    for _ in range(rounds):
        seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return seed


class Row(object):
    def __init__(self, number):
        self.number = number
        self.key = mix(number, 30)

    def __lt__(self, other):
        return self.key < other.key

    @property
    def weight(self):
        return self.key % 97


def load(count):
    return [Row(number) for number in range(count)]


def digest(rows):
    return functools.reduce(lambda sum, row: mix(sum ^ row.key, 12), rows, 7)


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def weights(rows):
    for row in rows:
        yield row.weight


def audit(rows):
    return sum(mix(row.number, 25) for row in rows)


def once(count, more):
    rows = sorted(load(count))
    result = digest(rows) + sum(weights(rows)) + len(str(factorial(40)))
    if more:
        result += digest(rows) + audit(rows)
    return result + even(30) + odd(21)


ODD = compile("def spread(n):\n    return [n] * 3\n",
              "dir (x) 1:2/odd name.py", "exec")


def main(rounds, more):
    names = {}
    exec(ODD, names)
    total = sum(once(400, more) for _ in range(rounds))
    return total + len(names["spread"](total))


if __name__ == "__main__":
    print("total", main(int(sys.argv[1]) if len(sys.argv) > 1 else 3,
                        len(sys.argv) > 2))

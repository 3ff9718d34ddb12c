# pyshop: a small batch job for cProfile.
#
#   python3 pyshop.py v1 OUT.prof
#   python3 pyshop.py v2 OUT.prof
#
# Planted truth: in v2 checksum_all does all its work twice, and audit is
# new. Everything else is the same code on the same data.
import cProfile
import sys


def parse(line):
    number, name, cents = line.split(",")
    return {"id": int(number), "name": name, "cents": int(cents)}


def load(count):
    return [parse("%d,customer %d,%d" % (i, i * 7919 % 613, i * 104729 % 9973))
            for i in range(count)]


def key(order):
    return (order["name"], -order["cents"])


def sort_orders(orders):
    orders.sort(key=key)


def checksum_all(orders, times):
    total = 0
    for _ in range(times):
        for order in orders:
            value = order["cents"]
            for bit in range(12):
                value = (value * 31 + bit) % 65521
            total ^= value
    return total


def group(orders):
    groups = {}
    for order in orders:
        groups.setdefault(order["name"], []).append(order["cents"])
    return groups


def summarise(groups):
    return sorted((sum(cents), name) for name, cents in groups.items())


def audit(orders):
    total = 0
    for order in orders:
        for bit in range(6):
            total = (total + (order["id"] >> bit)) % 8191
    return total


def batch(version, count):
    orders = load(count)
    sort_orders(orders)
    total = checksum_all(orders, 2 if version == "v2" else 1)
    total += len(summarise(group(orders)))
    if version == "v2":
        total += audit(orders)
    return total


def main(version, batches):
    return sum(batch(version, 3000) for _ in range(batches))


if __name__ == "__main__":
    profile = cProfile.Profile()
    result = profile.runcall(main, sys.argv[1], 12)
    profile.dump_stats(sys.argv[2])
    print(sys.argv[1], result)

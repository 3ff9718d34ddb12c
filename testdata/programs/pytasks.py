# SPDX-License-Identifier: MIT
"""Coroutines and threads, and names that are not ASCII; Python 3."""
import asyncio
import cProfile
import sys
import threading


def größe(data):
    return sum(len(x) for x in data)


class Überblick:
    def 測る(self, n):
        return größe(["é" * i for i in range(n)])


async def fetch(n):
    total = 0
    for i in range(n):
        total += i
        await asyncio.sleep(0)
    return total


async def chunks(n):
    for i in range(n):
        yield await fetch(i)


async def gather():
    both = asyncio.gather(fetch(30), fetch(20))
    async for _ in chunks(8):
        pass
    return await both


def count(n):
    total = 0
    for i in range(n):
        total += i & 3
    return total


def worker(n):
    for _ in range(5):
        count(n)


def threads():
    all_of_them = [threading.Thread(target=worker, args=(n,))
                   for n in (20000, 40000)]
    for t in all_of_them:
        t.start()
    worker(10000)
    for t in all_of_them:
        t.join()


def tasks():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(gather())
    loop.close()


def names():
    Überblick().測る(60)


def record(work, path):
    """Profile without the imports, which are much more than the work."""
    if work == "yappi":
        import yappi
        yappi.set_clock_type("wall")
        yappi.start()
        threads()
        yappi.stop()
        yappi.get_func_stats().save(path, type="pstat")
        return
    profile = cProfile.Profile(subcalls=work != "flat")
    if work != "empty":
        profile.runcall({"tasks": tasks, "threads": threads,
                         "names": names, "flat": names}[work])
    profile.dump_stats(path)


if __name__ == "__main__":
    record(sys.argv[1], sys.argv[2])

# SPDX-License-Identifier: MIT
# What perf itself says of a recording, without the text that perf prints:
#     FILE=X.want.tsv perf script -i X.data -s want.py
# With COUNT set a sample weighs 1, as where -F leaves the period out.
import os

seen = {}


def account(event, sample, chain):
    value = 1 if os.environ.get("COUNT") else sample["period"]
    rows = seen.setdefault(event, {})
    names = [f.get("sym", {}).get("name", "[unknown]") for f in chain]
    for name in set(names):
        row = rows.setdefault(name, [0, 0])
        row[1] += value
    if names:
        rows[names[0]][0] += value
    total = rows.setdefault(None, [0, 0])
    total[0] += value
    total[1] += value


def process_event(param):
    chain = param["callchain"] or [
        {"sym": {"name": param["symbol"]}} if "symbol" in param else {}]
    account(param["ev_name"], param["sample"], chain)


def trace_unhandled(name, context, fields, param):
    account(name.replace("__", ":", 1), param["sample"],
            param["callchain"] or [])


def trace_end():
    lines = []
    for event, rows in seen.items():
        for name, (flat, cum) in rows.items():
            key = (event.encode(), (name or "TOTAL").encode())
            lines.append((key, flat, cum, event, name or "TOTAL"))
    lines.sort()
    with open(os.environ["FILE"], "w") as out:
        out.write("type\tflat\tcum\tname\n")
        for key, flat, cum, event, name in lines:
            out.write(f"{event}\t{flat}\t{cum}\t{name}\n")

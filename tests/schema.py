#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Check JSON against a schema: schema.py SCHEMA FILE...

Knows what our schemas use, and refuses a schema that uses more, so that no
rule is passed over.  With --strict a key that the schema lacks is an error.
"""
import json
import re
import sys

TYPES = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, (int, float)) and
    not isinstance(v, bool),
}
KNOWN = {"$schema", "$defs", "$ref", "title", "description", "type",
         "required", "properties", "items", "minItems", "enum", "const",
         "pattern", "minimum", "maximum"}


class Checker:
    def __init__(self, schema, strict):
        self.schema = schema
        self.strict = strict
        self.errors = []

    def resolve(self, rule):
        if "$ref" not in rule:
            return rule
        at = self.schema
        for part in rule["$ref"].lstrip("#/").split("/"):
            at = at[part]
        return self.resolve(at)

    def bad(self, path, what):
        self.errors.append("%s: %s" % (path or "/", what))

    def check(self, value, rule, path=""):
        rule = self.resolve(rule)
        if set(rule) - KNOWN:
            sys.exit("schema.py: rules that are not known: %s" %
                     sorted(set(rule) - KNOWN))
        types = rule.get("type", [])
        types = [types] if isinstance(types, str) else types
        if types and not any(TYPES[t](value) for t in types):
            self.bad(path, "%r is no %s" % (value, " or ".join(types)))
            return
        if "const" in rule and value != rule["const"]:
            self.bad(path, "%r is not %r" % (value, rule["const"]))
        if "enum" in rule and value not in rule["enum"]:
            self.bad(path, "%r is not one of %r" % (value, rule["enum"]))
        if isinstance(value, str) and "pattern" in rule and \
                not re.search(rule["pattern"], value):
            self.bad(path, "%r does not match" % value)
        if TYPES["number"](value):
            if value < rule.get("minimum", value):
                self.bad(path, "%r is too small" % value)
            if value > rule.get("maximum", value):
                self.bad(path, "%r is too large" % value)
        if isinstance(value, list):
            self.check_list(value, rule, path)
        if isinstance(value, dict):
            self.check_object(value, rule, path)

    def check_list(self, value, rule, path):
        if len(value) < rule.get("minItems", 0):
            self.bad(path, "too few items")
        for i, item in enumerate(value):
            if "items" in rule:
                self.check(item, rule["items"], "%s/%d" % (path, i))

    def check_object(self, value, rule, path):
        known = rule.get("properties", {})
        for key in rule.get("required", []):
            if key not in value:
                self.bad(path, "no key %r" % key)
        for key, item in value.items():
            if key in known:
                self.check(item, known[key], "%s/%s" % (path, key))
            elif self.strict and known:
                self.bad(path, "key %r is not in the schema" % key)


def no_constant(name):
    raise ValueError("%s is no JSON" % name)


def main():
    args = sys.argv[1:]
    strict = args[:1] == ["--strict"]
    args = args[strict:]
    with open(args[0], encoding="utf-8") as f:
        schema = json.load(f)
    failed = False
    for path in args[1:]:
        checker = Checker(schema, strict)
        try:
            with open(path, encoding="utf-8") as f:
                document = json.load(f, parse_constant=no_constant)
        except ValueError as e:
            print("%s: %s" % (path, e))
            failed = True
            continue
        checker.check(document, schema)
        for line in checker.errors[:10]:
            print("%s: %s" % (path, line))
        failed = failed or bool(checker.errors)
    sys.exit(1 if failed else 0)


main()

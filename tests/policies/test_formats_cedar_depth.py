"""Cedar text that would crash Cedar's parser is refused. In a process of its own: a crash could not be caught."""

from __future__ import annotations

import json
import subprocess
import sys

READ = """
import json, sys
from harmonyguard.policies.formats.cedar_reader import read_cedar
from harmonyguard.policies.formats.policy_file import PolicyFile
from harmonyguard.steps import InputError
for name, text in json.load(sys.stdin).items():
    print(name, end=": ", flush=True)
    try:
        print(len(read_cedar(PolicyFile.of("bomb.cedar", text.encode()))))
    except InputError as error:
        print("refused:", error)
"""
HEAD = "forbid (principal, action, resource) "
DEEP = 50_000
LIST = ", ".join(['"object:a"'] * 4500)
QUESTION = 'context.holds.contains("object:a")'

BOMBS = {
    "brackets": f"{HEAD}when {{ {'(' * DEEP}true{')' * DEEP} }};",
    "few but deep brackets": f"{HEAD}when {{ {'(' * 4000}true{')' * 4000} }};",
    "brackets that stay open": f"{HEAD}when {{ {'(' * DEEP}",
    "sets": f"{HEAD}when {{ {'[' * DEEP}{']' * DEEP} == [] }};",
    "records": f"{HEAD}when {{ {'{a:' * DEEP}1{'}' * DEEP} == 1 }};",
    "conditions": f"{HEAD}when {{ {'if true then ' * DEEP}true{' else true' * DEEP} }};",
    "a chain": f"{HEAD}when {{ {' && '.join(['true'] * DEEP)} }};",
    "a sum": f"{HEAD}when {{ {'+'.join(['1'] * DEEP)} == 1 }};",
    "attributes": f"{HEAD}when {{ context{'.a' * DEEP} }};",
    "denials": f"{HEAD}when {{ {'!' * DEEP}true }};",
    "annotations": f"{'@id(' * DEEP}",
    "behind a string": f'@description("(\\"(") {HEAD}when {{ {"(" * DEEP}true{")" * DEEP} }};',
    "behind a comment": f'// "\n{HEAD}when {{ {"(" * DEEP}true{")" * DEEP} }};',
    "in an annotation's JSON": f'@definitions("{"[" * DEEP}") {HEAD};',
}
HARMLESS = {
    "brackets in a question": f'{HEAD}when {{ context.holds.contains("field:{"[" * DEEP}") }};',
    "brackets in a comment": f"{HEAD}when {{ {QUESTION} }}; // {'(' * DEEP}\n",
    "the longest list": f"{HEAD}when {{ context.holds.containsAny([{LIST}]) }};",
    "the deepest brackets": f"{HEAD}when {{ {'(' * 15}{QUESTION}{')' * 15} }};",
    "the longest chain": f"{HEAD}when {{ {' || '.join([QUESTION] * 1100)} }};",
}


def read(texts: dict[str, str]) -> dict[str, str]:
    """What became of each text, in a process that reads them one after the other."""
    done = subprocess.run(
        [sys.executable, "-c", READ], input=json.dumps(texts), capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, (
        f"the process died: {done.returncode}, last at {done.stdout[-200:]} {done.stderr[-500:]}"
    )
    return dict(line.split(": ", 1) for line in done.stdout.splitlines())


def test_bombs_are_refused_and_do_not_crash() -> None:
    ends = read(BOMBS)
    assert ends.keys() == BOMBS.keys()
    assert {name for name, end in ends.items() if not end.startswith("refused: bomb.cedar: ")} == set()


def test_what_the_limits_let_through_does_not_crash() -> None:
    assert read(HARMLESS) == dict.fromkeys(HARMLESS, "1")

"""The tools for assistants, asked by the protocol's own client over standard input and output."""

import asyncio
import json
import sys

import pytest

pytest.importorskip("mcp")

from mcp import Client, StdioServerParameters

SERVER = StdioServerParameters(command=sys.executable, args=["-m", "derivtex", "mcp"])


def talk(script):
    """Run a conversation with a server of its own."""

    async def run():
        async with Client(SERVER) as client:
            return await script(client)

    return asyncio.run(run())


async def data(client, tool, **arguments):
    """What a tool returns, as data."""
    told = await client.call_tool(tool, arguments)
    return json.loads(told.content[0].text)


def test_four_tools_with_schemas():
    """Each says what it takes; the source is the one thing that must be given."""

    async def script(client):
        return {tool.name: tool.input_schema for tool in (await client.list_tools()).tools}

    schemas = talk(script)
    assert sorted(schemas) == ["answer", "check", "derive", "solve"]
    assert all(schema["required"] == ["source"] for schema in schemas.values())
    assert schemas["derive"]["properties"]["layout"]["enum"] == ["denominator", "numerator"]


def test_an_assistant_mends_its_own_declarations():
    """A wrong declaration is an error with a place and a way out; what was read shows what to declare; the last answer is confirmed."""

    async def script(client):
        wrong = await data(client, "derive", source=r"\|Xw-y\|^2", wrt="w", declare=["X: matrix n x m", "w: vector k", "y: vector n"])
        assert not wrong["ok"] and wrong["error"]["code"] == "dimensions"
        assert wrong["error"]["help"] or wrong["error"]["line"]
        right = await data(client, "derive", source=r"\|Xw-y\|^2", wrt="w", declare=["X: matrix n x m", "w: vector m", "y: vector n"])
        assert right["ok"] and right["confirmed"]
        assert {each["name"]: each["kind"] for each in right["readings"]} == {"X": "matrix", "w": "vector", "y": "vector"}
        claim = rf"\nabla_w \|Xw-y\|^2 = {right['result']['latex']}"
        checked = await data(client, "check", source=f"{claim}\n\\nabla_w \\|Xw-y\\|^2 = X^T(Xw-y)", declare=["X: matrix n x m", "w: vector m"])
        return [line["verdict"] for line in checked["lines"]], checked["first_wrong"]

    verdicts, first = talk(script)
    assert verdicts == ["holds", "fails"] and first == 1


def test_it_solves_and_answers():
    async def script(client):
        solved = await data(client, "solve", source=r"\|x-c\|^2", wrt="x", subject_to=["Ax=b"])
        replied = await data(client, "answer", source="Which $w$ minimises $f = \\|Xw-y\\|^2$?")
        return solved, replied

    solved, replied = talk(script)
    assert solved["ok"] and solved["solution"]["confirmed"] and "A^{T}" in solved["solution"]["latex"]
    assert replied["wish"] == "solve" and r"\hat{w}" in replied["text"]

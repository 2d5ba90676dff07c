"""The tools for assistants, asked by the protocol's own client over standard input and output."""

import asyncio
import json
import sys

import pytest

pytest.importorskip("mcp")

from mcp import Client, StdioServerParameters

SERVER = StdioServerParameters(command=sys.executable, args=["-m", "derivtex", "mcp"])


async def data(client, tool, **arguments):
    """What a tool returns, as data."""
    told = await client.call_tool(tool, arguments)
    return json.loads(told.content[0].text)


async def schemas(client):
    return {tool.name: tool.input_schema for tool in (await client.list_tools()).tools}


async def declared_wrongly(client):
    return await data(client, "derive", source=r"\|Xw-y\|^2", wrt="w", declare=["X: matrix n x m", "w: vector k", "y: vector n"])


async def mended(client):
    right = await data(client, "derive", source=r"\|Xw-y\|^2", wrt="w", declare=["X: matrix n x m", "w: vector m", "y: vector n"])
    claim = rf"\nabla_w \|Xw-y\|^2 = {right['result']['latex']}"
    lines = f"{claim}\n\\nabla_w \\|Xw-y\\|^2 = X^T(Xw-y)"
    return right, await data(client, "check", source=lines, declare=["X: matrix n x m", "w: vector m"])


async def solved(client):
    return await data(client, "solve", source=r"\|x-c\|^2", wrt="x", subject_to=["Ax=b"])


async def replied(client):
    return await data(client, "answer", source="Which $w$ minimises $f = \\|Xw-y\\|^2$?")


@pytest.fixture(scope="module")
def told():
    """What came of one conversation with a server, by what was asked."""

    async def run():
        async with Client(SERVER) as client:
            return {asked.__name__: await asked(client) for asked in (schemas, declared_wrongly, mended, solved, replied)}

    return asyncio.run(run())


def test_four_tools_with_schemas(told):
    """Each says what it takes; the source is the one thing that must be given."""
    schemas = told["schemas"]
    assert sorted(schemas) == ["answer", "check", "derive", "solve"]
    assert all(schema["required"] == ["source"] for schema in schemas.values())
    assert schemas["derive"]["properties"]["layout"]["enum"] == ["denominator", "numerator"]


def test_an_assistant_mends_its_own_declarations(told):
    """A wrong declaration is an error with a place and a way out; what was read shows what to declare; the last answer is confirmed."""
    wrong, (right, checked) = told["declared_wrongly"], told["mended"]
    assert not wrong["ok"] and wrong["error"]["code"] == "dimensions"
    assert wrong["error"]["help"] or wrong["error"]["line"]
    assert right["ok"] and right["confirmed"]
    assert {each["name"]: each["kind"] for each in right["readings"]} == {"X": "matrix", "w": "vector", "y": "vector"}
    assert [line["verdict"] for line in checked["lines"]] == ["holds", "fails"] and checked["first_wrong"] == 1


def test_it_solves_and_answers(told):
    solved, replied = told["solved"], told["replied"]
    assert solved["ok"] and solved["solution"]["confirmed"] and "A^{T}" in solved["solution"]["latex"]
    assert replied["wish"] == "solve" and r"\hat{w}" in replied["text"]

"""Small mistakes made on purpose in the arithmetic of a module, one at a time."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import NamedTuple

OTHER_OPERATOR: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Div(),
    ast.Div: ast.Mult(),
}
OTHER_COMPARISON: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.LtE(),
    ast.LtE: ast.Lt(),
    ast.Gt: ast.GtE(),
    ast.GtE: ast.Gt(),
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
}
OTHER_VERB = {"smaller_of": "larger_of", "larger_of": "smaller_of"}
WITHOUT_FLOOR = ("excess", "not_below_zero", "loss_of")
A_DOLLAR = ast.Constant(value=1.0)


class Mutant(NamedTuple):
    """A module with one mistake in it."""

    line: int
    what: str
    tree: ast.Module


def mutants_of(source: str) -> Iterator[Mutant]:
    """Every mistake that can be made in a module."""
    tree = ast.parse(source)
    for place, node in enumerate(ast.walk(tree)):
        for number, (what, _) in enumerate(_mistakes(node)):
            changed = copy.deepcopy(tree)
            target = list(ast.walk(changed))[place]
            replacement = list(_mistakes(target))[number][1]
            _replace(changed, target, replacement)
            yield Mutant(node.lineno, what, ast.fix_missing_locations(changed))  # type: ignore[attr-defined]


def _mistakes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OTHER_OPERATOR:
            other = OTHER_OPERATOR[type(op)]
            yield f"{ast.unparse(node)}: another operator", ast.BinOp(left, other, right)
        case ast.Compare(left=left, ops=[op], comparators=comparators) if (
            type(op) in OTHER_COMPARISON
        ):
            other_op = OTHER_COMPARISON[type(op)]
            yield f"{ast.unparse(node)}: the edge", ast.Compare(left, [other_op], comparators)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield f"{ast.unparse(node)}: the sign", operand
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield f"{ast.unparse(node)}: the other way", ast.IfExp(test, orelse, body)
        case ast.Call(func=ast.Name(id=name)):
            yield from _mistakes_of_calls(node, name)
        case ast.Constant(value=float(value)):
            yield f"{value}: another number", ast.Constant(value=value + 1.0)


def _mistakes_of_calls(node: ast.Call, name: str) -> Iterator[tuple[str, ast.AST]]:
    said = ast.unparse(node)
    if name in OTHER_VERB:
        verb = ast.Name(OTHER_VERB[name], ast.Load())
        yield f"{said}: {OTHER_VERB[name]}", ast.Call(verb, node.args, node.keywords)
    elif name == "excess":
        over = node.keywords[0].value
        yield f"{said}: without a floor", ast.BinOp(node.args[0], ast.Sub(), over)
    elif name == "not_below_zero":
        yield f"{said}: without a floor", node.args[0]
    elif name == "choose":
        condition, then, otherwise = node.args
        swapped = ast.Call(node.func, [condition, otherwise, then], [])
        yield f"{said}: the other way", swapped
    elif name[0].isupper() and node.keywords:
        # A form: each of its lines a dollar too high.
        for place, keyword in enumerate(node.keywords):
            keywords = list(node.keywords)
            value = ast.BinOp(keyword.value, ast.Add(), A_DOLLAR)
            keywords[place] = ast.keyword(keyword.arg, value)
            yield f"{name}.{keyword.arg}: a dollar more", ast.Call(node.func, node.args, keywords)


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    ast.copy_location(new, old)
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
                return
            if isinstance(value, list) and any(item is old for item in value):
                setattr(parent, name, [new if item is old else item for item in value])
                return

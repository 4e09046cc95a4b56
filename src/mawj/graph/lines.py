"""Arithmetic on lines of sixteen numbers, as vector instructions.

The compiler unrolls a loop over sixteen columns into sixteen single additions before it could
see vectors in them; written as vectors here, a sweep takes a quarter of the time (our
measurements). Each docstring names the loop over k = 0..15 that its function stands for.

All lines are C-ordered rows of sixteen; a row is given by its unsigned 64-bit number.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic

WIDTH = 16
DOUBLES = ir.VectorType(ir.DoubleType(), WIDTH)

Emit = Callable[[Any, Any, Any, Any], Any]


class Lines:
    """A two-dimensional array (or one line) of a kernel, in code that is being emitted."""

    def __init__(self, context: Any, builder: Any, array_type: Any, value: Any) -> None:
        self.builder = builder
        self.element = context.get_data_type(array_type.dtype)
        self.align = context.get_abi_sizeof(self.element)
        self.vector = ir.VectorType(self.element, WIDTH)
        self.first = context.make_array(array_type)(context, builder, value).data

    def at(self, row: Any = None) -> Any:
        """Where a row begins; the only one where none is given."""
        if row is None:
            return self.first
        return self.builder.gep(
            self.first, [self.builder.mul(row, ir.Constant(row.type, WIDTH))]
        )

    def load(self, row: Any = None) -> Any:
        """The sixteen numbers of a row."""
        place = self.builder.bitcast(self.at(row), self.vector.as_pointer())
        return self.builder.load(place, align=self.align)

    def store(self, values: Any, row: Any = None) -> None:
        """Write the sixteen numbers of a row."""
        place = self.builder.bitcast(self.at(row), self.vector.as_pointer())
        self.builder.store(values, place, align=self.align)

    def of(self, number: Any) -> Any:
        """Sixteen times the same number, in the type of the lines."""
        builder = self.builder
        if number.type != self.element:
            wider = self.element == ir.DoubleType()
            number = (builder.fpext if wider else builder.fptrunc)(number, self.element)
        return spread(builder, number, self.vector)


def spread(builder: Any, number: Any, vector: Any) -> Any:
    """A vector of the same number."""
    one = builder.insert_element(ir.Constant(vector, ir.Undefined), number, i32(0))
    everywhere = ir.Constant(ir.VectorType(ir.IntType(32), WIDTH), [0] * WIDTH)
    return builder.shuffle_vector(one, ir.Constant(vector, ir.Undefined), everywhere)


def doubles(builder: Any, values: Any) -> Any:
    """A vector as float64."""
    return values if values.type == DOUBLES else builder.fpext(values, DOUBLES)


def size_of(builder: Any, values: Any) -> Any:
    """A vector without its signs."""
    below = builder.fcmp_ordered("<", values, ir.Constant(values.type, [0.0] * WIDTH))
    return builder.select(below, builder.fneg(values), values)


def i32(value: int) -> Any:
    """A 32-bit constant."""
    return ir.Constant(ir.IntType(32), value)


@intrinsic  # type: ignore[untyped-decorator, unused-ignore]
def add_line(_: Any, line: Any, flow: Any, row: Any, weight: Any) -> tuple[Any, Emit]:
    """`line[k] += flow[row, k] * weight`."""

    def emit(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        to = Lines(context, builder, signature.args[0], values[0])
        source = Lines(context, builder, signature.args[1], values[1])
        more = builder.fmul(source.load(values[2]), source.of(values[3]))
        to.store(builder.fadd(to.load(), more))
        return context.get_dummy_value()

    return types.void(line, flow, row, weight), emit


@intrinsic  # type: ignore[untyped-decorator, unused-ignore]
def add_four_lines(_: Any, line: Any, flow: Any, rows: Any) -> tuple[Any, Emit]:
    """`line[k] += (flow[a, k] + flow[b, k]) + (flow[c, k] + flow[d, k])` for four rows."""

    def emit(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        to = Lines(context, builder, signature.args[0], values[0])
        source = Lines(context, builder, signature.args[1], values[1])
        a, b, c, d = (source.load(builder.extract_value(values[2], i)) for i in range(4))
        more = builder.fadd(builder.fadd(a, b), builder.fadd(c, d))
        to.store(builder.fadd(to.load(), more))
        return context.get_dummy_value()

    return types.void(line, flow, rows), emit


@intrinsic  # type: ignore[untyped-decorator, unused-ignore]
def copy_line(
    _: Any, to: Any, place: Any, flow: Any, row: Any, weight: Any
) -> tuple[Any, Emit]:
    """`to[place, k] = flow[row, k] * weight`."""

    def emit(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        copied = Lines(context, builder, signature.args[0], values[0])
        source = Lines(context, builder, signature.args[2], values[2])
        line = builder.fmul(source.load(values[3]), source.of(values[4]))
        copied.store(line, values[1])
        return context.get_dummy_value()

    return types.void(to, place, flow, row, weight), emit


@intrinsic  # type: ignore[untyped-decorator, unused-ignore]
def prefetch_line(_: Any, flow: Any, row: Any) -> tuple[Any, Emit]:
    """Ask for `flow[row]` ahead of its use; changes nothing."""

    def emit(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        pointer = ir.IntType(8).as_pointer()
        kind = ir.FunctionType(ir.VoidType(), [pointer] + [ir.IntType(32)] * 3)
        ask = builder.module.declare_intrinsic("llvm.prefetch", [pointer], kind)
        place = Lines(context, builder, signature.args[0], values[0]).at(values[1])
        # To be read, to be kept near, data.
        builder.call(ask, [builder.bitcast(place, pointer), i32(0), i32(3), i32(1)])
        return context.get_dummy_value()

    return types.void(flow, row), emit


@intrinsic  # type: ignore[untyped-decorator, unused-ignore]
def flow_line(
    _: Any, lines: Any, row: Any, factors: Any, now: Any, totals: Any
) -> tuple[Any, Emit]:
    """Finish a row of (flow, next_flow, teleport, pulled), with factors (damping, lend, out).

    `next = (now[k] * teleport[row, k] + damping * pulled[row, k]) * lend`;
    `totals[0, k] += abs(next - flow[row, k]) * out`; `totals[1, k] += next * out`;
    `next_flow[row, k] = next`.
    """

    def emit(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        kinds, at = signature.args[0], values[1]
        flow, next_flow, teleport, pulled = (
            Lines(context, builder, kinds[i], builder.extract_value(values[0], i))
            for i in range(4)
        )
        damping, lend, out = (builder.extract_value(values[2], i) for i in range(3))
        restart = Lines(context, builder, signature.args[3], values[3]).load()
        if flow.vector != DOUBLES:
            restart = builder.fptrunc(restart, flow.vector)
        score = builder.fadd(
            builder.fmul(restart, teleport.load(at)),
            builder.fmul(flow.of(damping), pulled.load(at)),
        )
        made = builder.fmul(score, flow.of(lend))
        changes = Lines(context, builder, signature.args[4], values[4])
        change = size_of(builder, builder.fsub(made, flow.load(at)))
        times = spread(builder, out, DOUBLES)
        for i, one in enumerate((change, made)):
            line = ir.Constant(ir.IntType(64), i)
            more = builder.fmul(doubles(builder, one), times)
            changes.store(builder.fadd(changes.load(line), more), line)
        next_flow.store(made, at)
        return context.get_dummy_value()

    return types.void(lines, row, factors, now, totals), emit

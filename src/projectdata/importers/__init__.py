"""Registers' exports: one module a register, which reads files into the staging tables.

A new register is one module with `ABOUT`, `recognises` and `read`, and one line here.
"""

from types import ModuleType

from projectdata.importers import erasmus, eura, keep, kohesio

REGISTERS: dict[str, ModuleType] = {
    "kohesio": kohesio,
    "keep": keep,
    "erasmus": erasmus,
    "eura": eura,
}
"""Each register by its name, in the order in which `auto` asks them whose file it is."""

"""What can be asked from the shell, in the order of the help: one module a command, which declares it.

A new command is one module with a `Command` (command.py) and its place in this list.
"""

from tracking.commands.assess import ASSESS
from tracking.commands.backtest import BACKTEST
from tracking.commands.command import Command, Group
from tracking.commands.difference import DIFFERENCE
from tracking.commands.draft import DRAFT
from tracking.commands.explain import EXPLAIN
from tracking.commands.export import EXPORT
from tracking.commands.init import INIT
from tracking.commands.publish import PUBLISH
from tracking.commands.schema import SCHEMA
from tracking.commands.status import STATUS
from tracking.commands.told import FRAGILITY, HISTORY
from tracking.commands.validate import VALIDATE

COMMANDS: tuple[Command | Group, ...] = (
    INIT, VALIDATE, DIFFERENCE, STATUS, ASSESS, EXPLAIN, HISTORY, FRAGILITY, EXPORT, PUBLISH, SCHEMA, DRAFT, BACKTEST,
)  # fmt: skip

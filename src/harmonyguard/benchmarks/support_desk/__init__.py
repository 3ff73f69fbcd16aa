"""A small support desk that runs on this machine: the place where the demo's tasks are worked on.

The desk belongs to "Northwind Support", an invented company; so are its customers and their messages.
"""

from .database import Database
from .evidence import violations
from .server import Desk, serve
from .tasks import TASKS, DeskTask

__all__ = ["TASKS", "Database", "Desk", "DeskTask", "serve", "violations"]

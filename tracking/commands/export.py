"""export: what leaves the tracker as files."""

from tracking.commands.command import Group
from tracking.commands.export_charts import CHARTS

EXPORT = Group("export", "files for elsewhere", (CHARTS,))

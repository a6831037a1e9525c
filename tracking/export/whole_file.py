"""A file is in its place whole, or what was there before stays as it was."""

import os
import tempfile
from pathlib import Path

from tracking.export.refused import Refused


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the place, then move there. Raises Refused, and leaves nothing half-written."""
    if path.is_dir():
        raise Refused("folder", file=str(path))
    draft = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}-", delete=False) as file:
            draft = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    except OSError as error:
        raise Refused("unwritable", file=str(path), what=error.strerror or str(error)) from None
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def _umask() -> int:
    """What new files are not allowed to be; a temporary file is for its owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return mask

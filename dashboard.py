"""The door: `streamlit run dashboard.py`, and after `--` what views/command.py knows.

Streamlit runs this file twice: as a module, for the app that it serves, and as a script at each click of a reader.
"""

import streamlit as st
from starlette.middleware import Middleware

from views.back import brought_back
from views.command import told
from views.editor import served
from views.sign_in import checked_settings
from views.start import failed, warmed
from views.ways import broken, guided

if __name__ == "__main__":
    from views.door import main

    main()
else:
    told()
    checked_settings()
    app = st.App(
        __file__, lifespan=warmed, routes=served(), middleware=[Middleware(brought_back), Middleware(guided)],
        on_script_error=failed, exception_handlers={Exception: broken},
    )  # fmt: skip

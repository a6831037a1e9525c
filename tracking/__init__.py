"""What was promised, what happened, and what became of it: no network, no streamlit."""

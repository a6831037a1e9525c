"""One file a page, thin: asks tracking, caches, places. Only here and in dashboard.py is streamlit imported."""

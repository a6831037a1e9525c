"""A bare Streamlit page with one plotly chart: what a page costs at the least."""

import plotly.graph_objects as go
import streamlit as st

st.title("A bare page")
st.plotly_chart(go.Figure(go.Scatter(x=list(range(2015, 2026)), y=[3, 4, 6, 5, 7, 8, 8, 9, 11, 10, 12])))

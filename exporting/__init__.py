"""Files for elsewhere: the wires of what leaves the tracker. tracking/ says what is in them; here they are made.

Streamlit is not imported here, nor is anything asked over a network.
"""

"""What is merely alleged in a case: it is shown, and makes nobody accountable.

Imports `facts` and what stands beside it, but `accountability`; any other floor may import it.
"""

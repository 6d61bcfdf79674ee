"""Say what an answer says in the language that it is asked for in.

English stands in the code, and costs nothing. Any other language is a catalogue, a file in
`catalogues/`, loaded when an answer is first asked for in it. Imports nothing but Babel, and that
for another language than English alone; whatever makes words may import it.
"""

"""From what a person types to a scenario document and back, and the inputs that show it.

What is typed is kept as a tree of text in the shape of the document, so that nothing is lost when
some of it cannot be read.  No tax rule and no database here.
"""

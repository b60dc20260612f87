"""What the sources of functions import. It works in a notebook as in a runner, and imports no array library before that is needed."""

#: What the decorators promise and how a runner calls a function; `decoratorApi` of the registry's contract. A source keeps the version that
#: it was published under.
DECORATOR_API = 1

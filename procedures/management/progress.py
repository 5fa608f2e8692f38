"""A line on the terminal that tells how far a long piece of work is."""


class Progress:
    """Call with (done, total). Draws over one line on a terminal, stays silent in a pipe."""

    def __init__(self, stream, doing):
        self._stream, self._doing = stream, doing
        self._shown = getattr(stream, "isatty", lambda: False)()

    def __call__(self, done, total):
        if self._shown and (done == total or done % 10 == 0):
            self._stream.write(f"\r{self._doing}: {done} of {total}", ending="\n" if done == total else "")
            self._stream.flush()

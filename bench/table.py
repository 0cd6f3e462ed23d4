"""What was measured, beside what was promised."""


class Table:
    def __init__(self):
        self.rows = []
        self.broken = 0

    def show(self, what, ours, theirs="", ratio=None, bar=None):
        """A line; with a bar, ratio (or else ours, a number) must not exceed it."""
        held = ""
        if bar is not None:
            value = ours if ratio is None else ratio
            held = "holds" if value <= bar else "BROKEN"
            self.broken += held == "BROKEN"
        row = [what, text(ours), text(theirs), "" if ratio is None else text(ratio),
               "" if bar is None else "<= " + text(bar), held]
        self.rows.append(row)
        print("| " + " | ".join(row) + " |", flush=True)

    def head(self, *columns):
        print("| " + " | ".join(columns) + " |\n|" + "---|" * len(columns), flush=True)


def text(value):
    """Three digits that matter."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"

"""Markdown as plain text that reads well: what a mail says to those who see no HTML."""

from collections.abc import Iterable

from markdown_it.token import Token

QUOTE = "> "


class Plain:
    """One text, token after token, as the parser gives them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        # What each line begins with: a list's sign for its first line, then as many spaces.
        self.marks: list[str] = []
        self.numbers: list[int | None] = []
        self.cells: list[str] | None = None

    def text(self, tokens: Iterable[Token]) -> str:
        """All of it."""
        for token in tokens:
            self.say(token)
            self.enter(token)
            self.leave(token)
        return "\n".join(self.lines).strip()

    def say(self, token: Token) -> None:
        """What has words."""
        match token.type:
            case "inline" if self.cells is not None:
                self.cells.append(words(token))
            case "inline":
                self.write(words(token))
            case "fence" | "code_block":
                self.write(token.content.rstrip("\n"))
                self.gap()
            case "hr":
                self.write("* * *")
                self.gap()

    def enter(self, token: Token) -> None:
        """Where something begins."""
        match token.type:
            case "blockquote_open":
                self.marks.append(QUOTE)
            case "bullet_list_open":
                self.numbers.append(None)
            case "ordered_list_open":
                self.numbers.append(int(token.attrs.get("start", 1)))
            case "list_item_open":
                self.marks.append(self.sign())
            case "tr_open":
                self.cells = []

    def leave(self, token: Token) -> None:
        """Where it ends."""
        match token.type:
            case "tr_close":
                self.write(" | ".join(self.cells or []))
                self.cells = None
            case "blockquote_close" | "list_item_close":
                self.marks.pop()
            case "bullet_list_close" | "ordered_list_close":
                self.numbers.pop()
                self.gap()
            case "paragraph_close" | "heading_close" | "table_close" if not token.hidden:
                self.gap()

    def sign(self) -> str:
        """Of the next item of the innermost list."""
        number = self.numbers[-1]
        if number is None:
            return "- "
        self.numbers[-1] = number + 1
        return f"{number}. "

    def write(self, text: str) -> None:
        """Lines behind their marks."""
        for line in text.split("\n"):
            self.lines.append(("".join(self.marks) + line).rstrip())
            self.marks = [mark if mark == QUOTE else " " * len(mark) for mark in self.marks]

    def gap(self) -> None:
        """An empty line, once."""
        if self.lines and self.lines[-1]:
            self.lines.append("")


def words(token: Token) -> str:
    """A line's words; the address of a link stands behind its own, unless it is the same."""
    said: list[str] = []
    opened: list[tuple[int, str]] = []
    for child in token.children or ():
        match child.type:
            case "text" | "code_inline" | "image":
                said.append(child.content)
            case "softbreak":
                said.append(" ")
            case "hardbreak":
                said.append("\n")
            case "link_open":
                opened.append((len(said), str(child.attrs.get("href", ""))))
            case "link_close":
                begin, address = opened.pop()
                if address and address != "".join(said[begin:]):
                    said.append(f" ({address})")
    return "".join(said)

"""The week's figures by mail, to colleagues who want them."""

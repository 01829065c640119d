"""What the stand-ins of providers share: a clock, pages, a server and a bad-mannered courier."""

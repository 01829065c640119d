"""One mailing about a topic, to everybody who asked for it, once."""

"""A plausible newsroom's history, for trials, measurements and pictures. Nobody in it is real."""

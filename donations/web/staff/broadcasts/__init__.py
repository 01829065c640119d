"""The room where mailings about topics are written, looked at, sent and watched."""

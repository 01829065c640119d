"""What the desk's long lists share: their page, and the views that colleagues keep."""

"""What colleagues changed, who, when and why."""

"""What happens at PayPal, each with the messages that it causes."""

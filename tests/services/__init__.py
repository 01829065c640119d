"""The suite on real servers: PostgreSQL, Redis, RabbitMQ, and processes that are killed."""

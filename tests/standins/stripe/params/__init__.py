"""Reading request parameters: form decoding, the SDK's own types, and what they cannot say."""

"""The pages a person sees: paying, stopping and the control page."""

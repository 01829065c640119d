"""The pages a person sees: paying, the portal and the control page."""

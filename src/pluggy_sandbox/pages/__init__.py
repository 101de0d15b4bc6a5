"""What a person sees of the simulator: the Connect page, the mock bank, the control page."""

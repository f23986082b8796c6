"""What trains the weights that the package ships. Not part of the wheel; needs ../shared."""

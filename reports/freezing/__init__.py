"""What an edition freezes: each printed number, the records it counted, and a code that leads to them."""

"""Pages of villages: the list and one village, its place in the programme, its officers, published
figures."""

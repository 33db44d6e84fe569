"""What the product is compared with: settings and views that exist for the bench alone."""

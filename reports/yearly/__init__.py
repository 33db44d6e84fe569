"""The yearly rollout report: counted once, frozen, checked, composed, printed, published."""

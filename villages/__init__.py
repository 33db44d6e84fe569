"""Areas, designations, officers and postings: who serves where, and the door to a place."""

"""Records of pillars 1 to 3 for programs: lists, one of them, and what the village's officers write down."""

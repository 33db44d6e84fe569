"""People, journeys, visits, cases, referrals: what the officers log."""

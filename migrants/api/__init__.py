"""People, journeys, visits, cases and referrals for programs: the same forms and actions, JSON in and out."""

"""The Compare page: networks beside each other."""

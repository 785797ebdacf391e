"""Every page that there is, for every kind of person: found in the URL conf, looked at in a real browser."""

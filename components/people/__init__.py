"""People: the page to sign in, cookies, who a request and a view belong to, rights given."""

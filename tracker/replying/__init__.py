"""The right of reply: candidates' own words beside what we say of them, at equal size, touched by nobody."""

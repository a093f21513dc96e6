"""The guide on paper: what it says (`content`), how it is laid out on pages (`layout`), and the PDF of it (`paper`)."""
